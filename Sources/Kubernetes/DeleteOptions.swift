package import JSON

/// How an object is deleted.
package struct DeleteOptions: Hashable, Sendable {
    /// What becomes of the objects that it owns.
    package enum Propagation: String, Hashable, Sendable {
        /// They go after it.
        case background = "Background"
        /// They go before it.
        case foreground = "Foreground"
        /// They stay.
        case orphan = "Orphan"
    }

    /// What becomes of the objects that it owns.
    package var propagation: Propagation
    /// The uid that the object must have; nil for any.
    package var uid: String?
    /// The resource version that it must have; nil for any.
    package var resourceVersion: String?
    /// How long it may take to end, in seconds; nil for its own choice.
    package var gracePeriodSeconds: Int?
    /// Whether the server only says what would become of it.
    package var isDryRun: Bool

    /// Options; by default of a deletion in any state, with what it owns after it.
    package init(
        propagation: Propagation = .background,
        uid: String? = nil,
        resourceVersion: String? = nil,
        gracePeriodSeconds: Int? = nil,
        isDryRun: Bool = false
    ) {
        self.propagation = propagation
        self.uid = uid
        self.resourceVersion = resourceVersion
        self.gracePeriodSeconds = gracePeriodSeconds
        self.isDryRun = isDryRun
    }

    /// The DeleteOptions object.
    package var value: JSONValue {
        var value: JSONValue = [
            "kind": "DeleteOptions", "apiVersion": "v1", "propagationPolicy": .string(propagation.rawValue),
        ]
        if let uid { value[path: "preconditions", "uid"] = .string(uid) }
        if let resourceVersion { value[path: "preconditions", "resourceVersion"] = .string(resourceVersion) }
        if let gracePeriodSeconds { value["gracePeriodSeconds"] = .number(JSONNumber(gracePeriodSeconds)) }
        if isDryRun { value["dryRun"] = ["All"] }
        return value
    }
}
