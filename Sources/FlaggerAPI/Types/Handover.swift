/// What keeps a deleted Canary until its target has pods and the traffic again.
package enum Handover {
    /// The finalizer: put on every Canary at admission, taken off by the loop when it has handed everything over.
    package static let finalizer = "canarygate.dev/handover"
}
