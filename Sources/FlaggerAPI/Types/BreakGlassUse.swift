package import JSON
package import Platform

/// A change by hand that somebody has asked for on an object of the loop's, as `status.breakGlass` shows it.
package struct BreakGlassUse: Hashable, Sendable {
    /// The object as kubectl names it: `deployment/podinfo-primary`.
    package var object: String
    /// The reason that was given.
    package var reason: String
    /// Who gave it, as far as the object tells: the name of the field's manager; empty when it does not.
    package var by: String
    /// When; nil when the object does not tell.
    package var at: Timestamp?

    package init(object: String, reason: String, by: String, at: Timestamp?) {
        self.object = object
        self.reason = reason
        self.by = by
        self.at = at
    }

    init(_ field: CanaryField) throws(CanaryParseError) {
        object = try field["object"].text() ?? ""
        reason = try field["reason"].text() ?? ""
        by = try field["by"].text() ?? ""
        at = try field["at"].timestamp()
    }

    /// The element of `status.breakGlass`.
    package var json: JSONValue {
        var use: JSONValue = ["object": .string(object), "reason": .string(reason)]
        if !by.isEmpty { use["by"] = .string(by) }
        if let at { use["at"] = .string(at.rfc3339) }
        return use
    }
}
