import JSON

/// What Flagger and CanaryGate send to a hook: `{"name", "namespace", "phase", "checksum", "metadata"}`.
struct LoadTesterCall: Hashable, Sendable {
    /// The Canary's name.
    let name: String
    /// Its namespace.
    let namespace: String
    /// `metadata.type`; nil when there is none, which means a load test.
    let type: String?
    /// `metadata.cmd`.
    let command: String

    /// Reads a payload.
    ///
    /// - Throws: `Fault` that says what is wrong, in one line.
    init(parsing body: [UInt8]) throws(Fault) {
        let payload: JSONValue
        do throws(JSONError) {
            payload = try JSONValue(parsing: body)
        } catch {
            throw Fault(reason: "parse payload: \(error.summary)")
        }
        guard payload.object != nil else {
            throw Fault(reason: "parse payload: \(payload.typeName), expected object")
        }
        name = try Self.text("name", payload)
        namespace = try Self.text("namespace", payload)
        let metadata = payload["metadata"]
        guard metadata == nil || metadata?.object != nil else {
            throw Fault(reason: "parse payload: metadata is \(metadata?.typeName ?? ""), expected object")
        }
        type = metadata?["type"]?.string
        guard let command = metadata?["cmd"]?.string, !command.isEmpty else {
            throw Fault(reason: "parse payload: metadata.cmd is missing")
        }
        self.command = command
    }

    /// What is wrong with a payload.
    struct Fault: Error, Hashable {
        let reason: String
    }

    private static func text(_ field: String, _ payload: JSONValue) throws(Fault) -> String {
        guard let text = payload[field]?.string, !text.isEmpty else {
            throw Fault(reason: "parse payload: \(field) is missing")
        }
        return text
    }

    /// The Service that the command's first `http://<service>.<namespace>` names, and the port.
    ///
    /// A name without a dot is in the Canary's namespace; the port is 80 unless it is written.
    var target: (namespace: String, service: String, port: Int)? {
        guard let mark = command.firstRange(of: "http://") else { return nil }
        let authority = command[mark.upperBound...].prefix {
            $0.isASCII && ($0.isLetter || $0.isNumber || "-.:".contains($0))
        }
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.first else { return nil }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard let service = labels.first, !service.isEmpty,
            let port = parts.count == 2 ? Int(parts[1]) : 80
        else { return nil }
        return (labels.count > 1 ? String(labels[1]) : namespace, String(service), port)
    }
}
