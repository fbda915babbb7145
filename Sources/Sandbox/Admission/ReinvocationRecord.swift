/// Which mutating webhooks are asked a second time.
///
/// A webhook with `reinvocationPolicy: IfNeeded` is, once, when one that came after it has changed the object.
struct ReinvocationRecord {
    /// Those that were asked since the last change and may be asked again.
    private var candidates: Set<Int> = []
    /// Those that are to be asked again.
    private(set) var pending: Set<Int> = []

    /// Takes down that the webhook at `place` was asked, and whether it changed the object.
    mutating func note(_ place: Int, hasChanged: Bool, isReinvocable: Bool) {
        if hasChanged {
            pending.formUnion(candidates)
            candidates = []
        }
        if isReinvocable { candidates.insert(place) }
    }
}
