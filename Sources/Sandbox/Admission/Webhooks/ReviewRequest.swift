import Admission
import JSON
import Kubernetes

/// The AdmissionReview that asks a webhook.
///
/// Source: admission.k8s.io/v1 AdmissionReview; v1beta1 has the same members.
struct ReviewRequest: Sendable {
    /// The review.
    let value: JSONValue

    /// Asks about `attempt` under `uid`, in the review's `version` (`v1`, `v1beta1`).
    init(_ attempt: AdmissionAttempt, uid: String, version: String) {
        let kind = Self.kind(of: attempt)
        let resource: JSONValue = [
            "group": .string(attempt.type.group), "version": .string(attempt.type.version),
            "resource": .string(attempt.type.plural),
        ]
        let subresource = attempt.subresource.map { JSONValue.string($0) }
        var request: JSONValue = ["uid": .string(uid), "kind": kind, "resource": resource]
        request["subResource"] = subresource
        request["requestKind"] = Self.sent(kind, attempt)
        request["requestResource"] = Self.sent(resource, attempt)
        request["requestSubResource"] = subresource
        request["name"] = attempt.key.name.isEmpty ? nil : .string(attempt.key.name)
        request["namespace"] = Self.namespace(of: attempt).map { .string($0) }
        request["operation"] = .string(attempt.operation.rawValue)
        request["userInfo"] = Self.userInfo(attempt.user)
        request["object"] = attempt.object ?? .null
        request["oldObject"] = attempt.oldObject ?? .null
        request["dryRun"] = .bool(attempt.isDryRun)
        request["options"] = attempt.operation == .connect ? .null : attempt.options
        value = ["kind": "AdmissionReview", "apiVersion": .string("admission.k8s.io/\(version)"), "request": request]
    }

    /// The review as Go's encoder writes it: with escapes that are safe in HTML, and a newline at the end.
    var body: [UInt8] { Self.encoded(value) }

    /// `value` in that form.
    static func encoded(_ value: JSONValue) -> [UInt8] {
        var body: [UInt8] = []
        for byte in value.serialized {
            switch byte {
            case UInt8(ascii: "<"): body += #"\u003c"#.utf8
            case UInt8(ascii: ">"): body += #"\u003e"#.utf8
            case UInt8(ascii: "&"): body += #"\u0026"#.utf8
            default: body.append(byte)
            }
        }
        return body + [UInt8(ascii: "\n")]
    }

    /// The kind of the object that is sent, which for a subresource such as `scale` is not that of the resource.
    private static func kind(of attempt: AdmissionAttempt) -> JSONValue {
        var (group, version, kind) = (attempt.type.group, attempt.type.version, attempt.type.kind)
        let object = attempt.object ?? attempt.oldObject
        if attempt.subresource != nil, let name = object?["kind"]?.string,
            let apiVersion = object?["apiVersion"]?.string
        {
            let parts = apiVersion.split(separator: "/", maxSplits: 1)
            group = parts.count == 2 ? String(parts[0]) : ""
            version = parts.last.map { String($0) } ?? ""
            kind = name
        }
        return ["group": .string(group), "version": .string(version), "kind": .string(kind)]
    }

    /// `kind`, or a resource, in the version of the request.
    private static func sent(_ kind: JSONValue, _ attempt: AdmissionAttempt) -> JSONValue {
        guard let type = attempt.requestType, kind["group"]?.string == type.group else { return kind }
        var kind = kind
        kind["version"] = .string(type.version)
        return kind
    }

    /// A Namespace is in itself.
    private static func namespace(of attempt: AdmissionAttempt) -> String? {
        guard attempt.type == .namespaces else { return attempt.key.namespace }
        return attempt.key.name.isEmpty ? nil : attempt.key.name
    }

    private static func userInfo(_ user: APIUser) -> JSONValue {
        var info: JSONValue = ["username": .string(user.name)]
        if !user.groups.isEmpty { info["groups"] = .array(user.groups.map { .string($0) }) }
        return info
    }
}
