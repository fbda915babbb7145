import HTTP
import JSON
import Kubernetes
import Platform

/// Which state of a kind a list is about, and which part of it.
///
/// Source: the validation of ListOptions and the continue tokens of k8s.io/apiserver.
struct ListOptions {
    /// The state to list.
    enum Moment: Equatable {
        /// The present one.
        case present
        /// The present one, as long as it is not before this version.
        case notBefore(Int)
        /// That of this version.
        case exact(Int)
        /// That of this version, from a page on; the present one where that is forgotten and the client agreed to it.
        case following(version: Int, last: ObjectKey)
    }

    let moment: Moment
    /// How many objects at most; nil for all.
    let limit: Int?

    /// What `call` wants.
    ///
    /// - Throws: the 400 or 422 of a query that contradicts itself.
    init(_ call: APICall) throws(KubernetesError) {
        let version = call.query["resourceVersion"] ?? ""
        let match = call.query["resourceVersionMatch"] ?? ""
        let token = call.query["continue"] ?? ""
        let limit = call.query["limit"].flatMap { Int($0) } ?? 0
        try Self.check(match, version: version, token: token)
        guard token.isEmpty else {
            guard version.isEmpty || version == "0" else {
                throw .badRequest("specifying resource version is not allowed when using continue")
            }
            moment = try Self.moment(in: token)
            self.limit = limit > 0 ? limit : nil
            return
        }
        guard let number = Int(version.isEmpty ? "0" : version), number >= 0 else {
            throw .badRequest(
                "Invalid value: \"\(version)\": strconv.ParseUint: parsing \"\(version)\": invalid syntax"
            )
        }
        switch match {
        case "Exact": moment = .exact(number)
        default: moment = number == 0 ? .present : .notBefore(number)
        }
        // From a cache nothing is gained by pages.
        self.limit = limit > 0 && version != "0" ? limit : nil
    }

    private static func check(_ match: String, version: String, token: String) throws(KubernetesError) {
        guard !match.isEmpty else { return }
        let problem: String
        if !["Exact", "NotOlderThan"].contains(match) {
            problem = "Unsupported value: \"\(match)\": supported values: \"Exact\", \"NotOlderThan\""
        } else if !token.isEmpty {
            problem = "Forbidden: resourceVersionMatch is forbidden when continue is provided"
        } else if version.isEmpty {
            problem = "Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided"
        } else if match == "Exact", version == "0" {
            problem = "Forbidden: resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""
        } else {
            return
        }
        throw .refusal(422, "Invalid", "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: \(problem)")
    }

    // MARK: Continue tokens

    /// The token for what follows `key` in the state of `version`; version -1 for the present one.
    static func token(after key: ObjectKey, version: Int) -> String {
        let value: JSONValue = [
            "v": "meta.k8s.io/v1", "rv": .number(JSONNumber(version)), "namespace": .string(key.namespace ?? ""),
            "name": .string(key.name),
        ]
        return Base64.encode(value.serialized).replacing("+", with: "-").replacing("/", with: "_")
    }

    private static func moment(in token: String) throws(KubernetesError) -> Moment {
        let text = token.replacing("-", with: "+").replacing("_", with: "/")
        guard let value = Base64.decode(text).flatMap({ JSONValue(text: String(decoding: $0, as: UTF8.self)) }),
            let version = value["rv"]?.int, let name = value["name"]?.string, let namespace = value["namespace"]?.string
        else { throw .badRequest("continue key is not valid: illegal base64 data at input byte 0") }
        let key = ObjectKey(namespace: namespace.isEmpty ? nil : namespace, name: name)
        return .following(version: version, last: key)
    }
}
