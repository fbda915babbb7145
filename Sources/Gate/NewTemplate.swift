import JSON

/// A pod template that is to take another's place.
struct NewTemplate {
    /// The template as it is sent.
    let new: JSONValue
    /// The template as it is stored.
    let old: JSONValue
    /// The new one's revision.
    let revision: String

    /// The template of `object` when it means something else than the one of `stored`, else nil.
    ///
    /// Where the texts are the same, which is what nearly every update is like, no tree is made.
    init?(in object: JSONCursor, insteadOf stored: JSONCursor) {
        guard let sent = object["spec"]?["template"], let kept = stored["spec"]?["template"],
            !sent.isEqual(to: kept)
        else { return nil }
        new = sent.value
        old = kept.value
        revision = PodTemplateRevision.hash(of: new)
        guard revision != PodTemplateRevision.hash(of: old) else { return nil }
    }
}
