// CONTRACT: implemented in the Kubernetes client work; the signatures below are what other modules build on.

package import JSON
package import Platform

/// Writes core/v1 Events about objects.
package struct EventRecorder: Sendable {
    /// How an Event is shown.
    package enum Kind: String, Sendable {
        /// Things go as they should.
        case normal = "Normal"
        /// Somebody should look.
        case warning = "Warning"
    }

    /// A recorder whose Events name `component` as their source.
    package init(api: any KubernetesAPI, clock: any WallClock, component: String) { fatalError("contract") }

    /// Records `message` about `object`. The same message about the same object within ten minutes counts up the Event
    /// that is there. A failure is logged and dropped.
    package func record(_ kind: Kind, reason: String, message: String, about object: JSONValue) async {
        fatalError("contract")
    }
}
