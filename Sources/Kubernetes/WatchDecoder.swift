import JSON

/// Makes watch events of the bytes of a watch's answer, whose pieces end anywhere.
struct WatchDecoder: Sendable {
    let operation: String
    private let type: ResourceType
    private let lineLimit: Int
    private var rest: [UInt8] = []
    private var lines: [[UInt8]] = []
    /// Whether the bookmark has come that ends the state which the watch was asked to begin with.
    private(set) var hasWholeState = false

    /// A decoder for a watch of `type` that refuses a line above `lineLimit` bytes.
    init(operation: String, type: ResourceType, lineLimit: Int) {
        self.operation = operation
        self.type = type
        self.lineLimit = lineLimit
    }

    /// Takes in the next piece.
    ///
    /// - Throws: `KubernetesError` when a line is longer than the limit.
    mutating func feed(_ piece: [UInt8]) throws(KubernetesError) {
        var start = 0
        while let end = piece[start...].firstIndex(of: UInt8(ascii: "\n")) {
            rest += piece[start..<end]
            try checkLength()
            lines.append(rest)
            rest = []
            start = end + 1
        }
        rest += piece[start...]
        try checkLength()
    }

    /// The next event whose line is whole; nil when more bytes are needed.
    ///
    /// - Throws: `KubernetesError` for an ERROR event, with the code and reason of its Status, and for a line that is no
    ///   event.
    mutating func next() throws(KubernetesError) -> WatchEvent? {
        while !lines.isEmpty {
            let line = lines.removeFirst()
            if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
            return try event(line)
        }
        return nil
    }

    /// Checks that the stream did not end within a line.
    ///
    /// - Throws: `KubernetesError` when it did.
    func finish() throws(KubernetesError) {
        guard rest.isEmpty else { throw failure("the stream ended within an event of \(rest.count) bytes") }
    }

    private mutating func event(_ line: [UInt8]) throws(KubernetesError) -> WatchEvent {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: line)
        } catch {
            throw failure("an event cannot be read: \(error.summary)")
        }
        guard let object = value["object"], object.object != nil else { throw failure("an event has no object") }
        switch value["type"]?.string {
        case "ADDED": return .added(type.identified(object))
        case "MODIFIED": return .modified(type.identified(object))
        case "DELETED": return .deleted(type.identified(object))
        case "BOOKMARK":
            if object.annotation("k8s.io/initial-events-end") == "true" { hasWholeState = true }
            return .bookmark(resourceVersion: object.resourceVersion)
        case "ERROR": throw KubernetesError(operation: operation, code: 500, status: object)
        case let other: throw failure("unknown event type \"\(other ?? "")\"")
        }
    }

    private func checkLength() throws(KubernetesError) {
        guard rest.count <= lineLimit else { throw failure("an event is longer than \(lineLimit) bytes") }
    }

    private func failure(_ message: String) -> KubernetesError {
        KubernetesError(operation: operation, code: 0, reason: "", message: message)
    }
}
