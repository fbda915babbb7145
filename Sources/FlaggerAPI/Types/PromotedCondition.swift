package import JSON
package import Platform

/// The condition `Promoted` of a Canary: True after an initialisation or a success, False after a failure, else Unknown.
package struct PromotedCondition: Hashable, Sendable {
    /// The condition's type.
    package static let type = "Promoted"

    /// `True`, `False` or `Unknown`.
    package var status: String
    /// The phase.
    package var reason: String
    /// A sentence on it.
    package var message: String
    /// When the reason last changed.
    package var lastUpdateTime: Timestamp?
    /// When the status last changed.
    package var lastTransitionTime: Timestamp?

    /// The condition in `phase`; when only the reason differs from `previous`, the transition's time is kept.
    package init(following previous: PromotedCondition?, phase: CanaryPhase, kind: String, time: Timestamp) {
        status = phase.promoted
        reason = phase.rawValue
        message = phase.message(kind: kind)
        let isSame = previous?.status == status && previous?.reason == reason
        lastUpdateTime = isSame ? previous?.lastUpdateTime ?? time : time
        lastTransitionTime = previous?.status == status ? previous?.lastTransitionTime ?? time : time
    }

    init(_ field: CanaryField) throws(CanaryParseError) {
        status = try field["status"].text() ?? "Unknown"
        reason = try field["reason"].text() ?? ""
        message = try field["message"].text() ?? ""
        lastUpdateTime = try field["lastUpdateTime"].timestamp()
        lastTransitionTime = try field["lastTransitionTime"].timestamp()
    }

    /// The element of `status.conditions`.
    package var json: JSONValue {
        var object: JSONValue = [
            "type": .string(Self.type), "status": .string(status), "reason": .string(reason),
            "message": .string(message),
        ]
        if let lastUpdateTime { object["lastUpdateTime"] = .string(lastUpdateTime.rfc3339) }
        if let lastTransitionTime { object["lastTransitionTime"] = .string(lastTransitionTime.rfc3339) }
        return object
    }
}
