package import JSON
package import Platform

/// One of the conditions by which tools tell how an object stands: Ready, Reconciling, Stalled.
///
/// Source: kstatus of Kubernetes' cli-utils.
package struct StatusCondition: Hashable, Sendable {
    /// Which of them.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// What is wanted has been reached.
        case ready = "Ready"
        /// It is on its way.
        case reconciling = "Reconciling"
        /// It will not be reached without somebody's help.
        case stalled = "Stalled"
    }

    /// Which of them.
    package var kind: Kind
    /// `True`, `False` or `Unknown`.
    package var status: String
    /// One word for why.
    package var reason: String
    /// A sentence for why.
    package var message: String
    /// The generation that it speaks of; nil where the object has none.
    package var observedGeneration: Int?
    /// When the status last changed.
    package var lastTransitionTime: Timestamp?

    package init(
        _ kind: Kind,
        _ status: String,
        reason: String,
        message: String,
        observedGeneration: Int? = nil,
        lastTransitionTime: Timestamp? = nil
    ) {
        self.kind = kind
        self.status = status
        self.reason = reason
        self.message = message
        self.observedGeneration = observedGeneration
        self.lastTransitionTime = lastTransitionTime
    }

    /// Reads an element of `status.conditions`; nil when it is of another type.
    init?(_ field: CanaryField) throws(CanaryParseError) {
        guard let kind = Kind(rawValue: try field["type"].text() ?? "") else { return nil }
        self.init(
            kind,
            try field["status"].text() ?? "Unknown",
            reason: try field["reason"].text() ?? "",
            message: try field["message"].text() ?? "",
            observedGeneration: try field["observedGeneration"].int(in: 0...Int.max),
            lastTransitionTime: try field["lastTransitionTime"].timestamp()
        )
    }

    /// The element of `status.conditions`.
    package var json: JSONValue {
        var object: JSONValue = [
            "type": .string(kind.rawValue), "status": .string(status), "reason": .string(reason),
            "message": .string(message),
        ]
        if let observedGeneration { object["observedGeneration"] = .number(JSONNumber(observedGeneration)) }
        if let lastTransitionTime { object["lastTransitionTime"] = .string(lastTransitionTime.rfc3339) }
        return object
    }
}
