/// How far the hand-over of a Canary that is being deleted is.
package struct HandOverState: Hashable, Sendable {
    /// Whether a finalizer holds the Canary for it.
    package var isAwaited = false
    /// Why it is to be let go at once: the reason of a broken glass.
    package var breakGlass: String?
    /// Whether the namespace is on its way out, and all that is in it.
    package var isNamespaceGoing = false
    /// Whether what the target holds may serve: it is what was promoted, or the user wants it to.
    package var isProven = true
    /// Whether the promoted template is known, so that the target can be given it.
    package var isKnown = true
    /// Whether the target was brought back and may have pods.
    package var isRestored = false
    /// Whether the Service that users call and the route lead to the target, and belong to the Canary no longer.
    package var isHandedOver = false
    /// Contour's word on the route; nil when there is none.
    package var verdict: RouteVerdict?

    package init() {}
}
