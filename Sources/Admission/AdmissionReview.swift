import JSON

/// What the API server sends to a webhook and gets back.
///
/// Source: admission.k8s.io/v1 AdmissionReview; v1beta1 has the same members.
package struct AdmissionReview: Sendable {
    /// `admission.k8s.io/v1` or `admission.k8s.io/v1beta1`; the answer has to name the same.
    package let apiVersion: String
    /// The question.
    package let request: AdmissionRequest

    /// Reads a review from JSON without making a tree of the objects in it.
    ///
    /// - Throws: `AdmissionError` that names the member which is missing or wrong.
    package init(decoding bytes: [UInt8]) throws(AdmissionError) {
        let root = try Self.parse(bytes)
        guard let kind = root["kind"]?.string, kind == "AdmissionReview" else {
            throw AdmissionError(subject: "kind", reason: "\(Self.shown(root["kind"])), expected AdmissionReview")
        }
        guard let version = root["apiVersion"]?.string, Self.versions.contains(version) else {
            throw AdmissionError(
                subject: "apiVersion",
                reason: "\(Self.shown(root["apiVersion"])), expected \(Self.versions.joined(separator: " or "))"
            )
        }
        guard let request = Self.present(root["request"]) else {
            throw AdmissionError(subject: "request", reason: "missing, expected an object")
        }
        self.apiVersion = version
        self.request = try AdmissionRequest(decoding: request)
    }

    private static let versions = ["admission.k8s.io/v1", "admission.k8s.io/v1beta1"]

    static func parse(_ bytes: [UInt8]) throws(AdmissionError) -> JSONCursor {
        do {
            return try JSONDocument(parsing: bytes).root
        } catch {
            // The summary alone: the excerpt would send parts of the body back and into logs.
            throw AdmissionError(subject: "", reason: error.summary)
        }
    }

    static func shown(_ cursor: JSONCursor?) -> String {
        guard let cursor = present(cursor) else { return "missing" }
        guard let text = cursor.string else { return "not a string" }
        return "\"\(String(text.prefix(64)).filter { $0.isASCII && !$0.isNewline })\""
    }

    /// The value at `cursor`, or nil when it is missing or `null`.
    static func present(_ cursor: JSONCursor?) -> JSONCursor? {
        guard let cursor, !cursor.isNull else { return nil }
        return cursor
    }
}

extension AdmissionRequest {
    /// Reads the `request` member of a review; members that it does not know are passed over.
    ///
    /// - Throws: `AdmissionError` that names the member which is missing or wrong.
    convenience init(decoding request: JSONCursor) throws(AdmissionError) {
        let uid = try Self.uid(request)
        let name = try Self.text(request, "operation", "request.operation")
        guard let operation = Operation(rawValue: name) else {
            throw AdmissionError(
                subject: "request.operation",
                reason: "\"\(name.prefix(32))\", expected CREATE, UPDATE, DELETE or CONNECT"
            )
        }
        guard let kind = AdmissionReview.present(request["kind"]) else {
            throw AdmissionError(subject: "request.kind", reason: "missing, expected an object")
        }
        guard let resource = AdmissionReview.present(request["resource"]) else {
            throw AdmissionError(subject: "request.resource", reason: "missing, expected an object")
        }
        self.init(
            uid: uid,
            group: kind.string(at: "group") ?? "",
            version: try Self.text(kind, "version", "request.kind.version"),
            resource: try Self.text(resource, "resource", "request.resource.resource"),
            kind: try Self.text(kind, "kind", "request.kind.kind"),
            requestVersion: Self.filled(request["requestKind"]?.string(at: "version")),
            subresource: Self.filled(request.string(at: "subResource")),
            name: Self.filled(request.string(at: "name")),
            namespace: Self.filled(request.string(at: "namespace")),
            operation: operation,
            username: request["userInfo"]?.string(at: "username") ?? "",
            object: AdmissionReview.present(request["object"]),
            oldObject: AdmissionReview.present(request["oldObject"]),
            isDryRun: request["dryRun"]?.bool ?? false,
            userInfo: request["userInfo"]
        )
    }

    /// Bytes of a call's id, which Kubernetes makes of 36 (a UUID): the answer has to repeat it, and records do.
    private static let uidLimit = 256

    /// The id of the call.
    static func uid(_ request: JSONCursor) throws(AdmissionError) -> String {
        let uid = try text(request, "uid", "request.uid")
        guard uid.utf8.count <= uidLimit else {
            let reason = "\(uid.utf8.count) bytes long, expected at most \(uidLimit)"
            throw AdmissionError(subject: "request.uid", reason: reason)
        }
        return uid
    }

    private static func text(
        _ parent: JSONCursor,
        _ key: StaticString,
        _ subject: String
    ) throws(AdmissionError) -> String {
        if let text = parent.string(at: key), !text.isEmpty { return text }
        return try text(parent[key], subject)
    }

    static func text(_ cursor: JSONCursor?, _ subject: String) throws(AdmissionError) -> String {
        guard let cursor = AdmissionReview.present(cursor) else {
            throw AdmissionError(subject: subject, reason: "missing, expected a string")
        }
        guard let text = cursor.string, !text.isEmpty else {
            throw AdmissionError(subject: subject, reason: "empty or not a string, expected a string")
        }
        return text
    }

    private static func filled(_ text: String?) -> String? { text?.isEmpty == true ? nil : text }

    /// What a message calls the object: its name, its `generateName`, or nothing.
    package var displayName: String {
        if let name { return name }
        let metadata = (object ?? oldObject)?["metadata"]
        return metadata?["name"]?.string ?? metadata?["generateName"]?.string ?? ""
    }

    /// Whether the object is on its way out, so that nothing may stand in the way of an update of it.
    package var isBeingDeleted: Bool {
        AdmissionReview.present(object?["metadata", "deletionTimestamp"]) != nil
    }

    /// Whether there is an object to judge: it is made or changed, not a subresource and not on its way out.
    package var isJudged: Bool {
        (operation == .create || operation == .update) && subresource == nil && object != nil && !isBeingDeleted
    }
}
