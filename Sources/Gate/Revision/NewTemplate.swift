import JSON

/// A pod template that is to take another's place.
struct NewTemplate {
    /// The new one's revision.
    let revision: String
    /// What is new about it.
    let change: TemplateChange

    /// The template of `object` when it means something else than the one of `stored`, else nil.
    ///
    /// Where the texts are the same, which is what nearly every update is like, nothing more is looked at. `known` are
    /// revisions of which it may be one, perhaps of earlier versions.
    init?(in object: JSONCursor, insteadOf stored: JSONCursor, known: [String]) {
        guard let sent = object["spec", "template"], let kept = stored["spec", "template"],
            !sent.isWritten(like: kept)
        else { return nil }
        // Another image counts in any template, so that nothing more has to be held against each other.
        let images = TemplateChange.images(from: kept, to: sent)
        if images.isEmpty, sent.meansTheSame(as: kept) { return nil }
        let hash = CanonicalTemplate.contentHash(of: sent)
        // Values that are the same have the same hash.
        if images.isEmpty, hash == CanonicalTemplate.contentHash(of: kept),
            CanonicalTemplate.of(sent.value) == CanonicalTemplate.of(kept.value)
        {
            return nil
        }
        revision = RevisionDigest.firstVersion(of: sent, among: known) ?? RevisionDigest.of(canonicalHash: hash)
        change = TemplateChange(images: images, from: kept, to: sent)
    }
}
