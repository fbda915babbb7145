package import JSON

/// A program that a kubeconfig names to get credentials from.
///
/// Source: client.authentication.k8s.io/v1 and v1beta1.
package struct ExecPlugin: Hashable, Sendable {
    /// Whether the program may ask its user.
    package enum InteractiveMode: String, Hashable, Sendable {
        /// It does not read standard input.
        case never = "Never"
        /// It reads it where somebody sits at it.
        case ifAvailable = "IfAvailable"
        /// It is not run where nobody does.
        case always = "Always"
    }

    /// The version of the ExecCredential that goes in and comes out.
    package var apiVersion: String
    /// A path, or a name to look for in `PATH`.
    package var command: String
    /// Its arguments.
    package var arguments: [String] = []
    /// What is added to our environment for it.
    package var environment: [String: String] = [:]
    /// What to tell whom it is missing.
    package var installHint: String?
    /// Whether it may ask its user.
    package var interactiveMode = InteractiveMode.ifAvailable
    /// What it is told of the cluster; nil where it does not want to know.
    package var cluster: JSONValue?
    /// Where it stands: the kubeconfig, the context, and the field.
    package var place: KubeconfigError

    /// A plugin without arguments; `place` is what its errors name, whatever its reason.
    package init(apiVersion: String, command: String, place: KubeconfigError) {
        self.apiVersion = apiVersion
        self.command = command
        self.place = place
    }

    /// The ExecCredential that it is given in `KUBERNETES_EXEC_INFO`.
    func info(isInteractive: Bool) -> JSONValue {
        var spec: JSONValue = .object(JSONObject())
        spec["cluster"] = cluster
        spec["interactive"] = .bool(isInteractive)
        return ["kind": "ExecCredential", "apiVersion": .string(apiVersion), "spec": spec]
    }

    /// What is wrong with it, for who is told.
    func failure(_ reason: String) -> KubeconfigError {
        KubeconfigError(path: place.path, context: place.context, field: place.field, reason: "\(command): \(reason)")
    }
}
