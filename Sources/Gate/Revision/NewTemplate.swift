import JSON

/// A pod template that is to take another's place.
struct NewTemplate {
    /// The template as it is sent.
    let new: JSONCursor
    /// The template as it is stored.
    let old: JSONCursor
    /// The new one's revision.
    let revision: String

    /// The template of `object` when it means something else than the one of `stored`, else nil.
    ///
    /// Where the texts are the same, which is what nearly every update is like, nothing more is looked at. `known` are
    /// revisions of which it may be one, perhaps of earlier versions.
    init?(in object: JSONCursor, insteadOf stored: JSONCursor, known: [String]) {
        guard let sent = object["spec", "template"], let kept = stored["spec", "template"],
            !sent.meansTheSame(as: kept)
        else { return nil }
        let template = sent.value
        let canonical = CanonicalTemplate.of(template)
        guard canonical != CanonicalTemplate.of(kept.value) else { return nil }
        new = sent
        old = kept
        revision =
            RevisionDigest.firstVersion(of: template, among: known) ?? RevisionDigest.of(canonical: canonical)
    }
}
