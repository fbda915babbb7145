/// What keeps a deleted Canary until its target has pods and the traffic again.
package enum Handover {
    /// The finalizer: put on every Canary at admission, taken off by the loop when it has handed everything over.
    package static let finalizer = "canarygate.dev/handover"
    /// The annotation on an HTTPProxy that a hand-over has left: the name of the Canary that is gone.
    ///
    /// By it another Canary of the same Services knows that it may take the object over.
    package static let leftBy = "canarygate.dev/left-by"
}
