package import JSON
package import Kubernetes

/// The defaults that the API server fills in for its own kinds.
package enum ObjectDefaults {
    /// `object`, of `type`, with what its author left out; giving it twice changes nothing.
    package static func completed(_ object: JSONValue, _ type: ResourceType) -> JSONValue { object }
}
