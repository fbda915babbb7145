import JSON
import Kubernetes
import Platform

/// Objects in Kubernetes' protobuf form, which kubectl sends from 1.32 on when it makes an object by itself
/// (`create namespace`, `create configmap`, `auth can-i`).
///
/// Source: apimachinery `runtime.Unknown` behind the bytes `k8s\0`, and the `generated.proto` of each group. Only the
/// kinds and fields that those commands fill in are known; other kinds are refused.
enum ProtobufObject {
    static let mediaType = "application/vnd.kubernetes.protobuf"

    /// What a field holds.
    indirect enum Field: Sendable {
        case text
        case bytes
        case integer
        case flag
        case texts
        case integerOrText
        case map(Field)
        case message([Int: (String, Field)])
        case messages([Int: (String, Field)])
    }

    /// Whether objects of `type` can be read.
    static func isKnown(_ type: ResourceType) -> Bool { messages["\(type.apiVersion) \(type.kind)"] != nil }

    /// The object in `body`.
    ///
    /// - Throws: the 400 of what cannot be read.
    static func object(in body: [UInt8]) throws(KubernetesError) -> JSONValue {
        let magic: [UInt8] = [0x6b, 0x38, 0x73, 0]
        guard body.starts(with: magic), let unknown = decoded(body.dropFirst(4), envelope),
            let version = unknown[path: "typeMeta", "apiVersion"]?.string,
            let kind = unknown[path: "typeMeta", "kind"]?.string, let message = messages["\(version) \(kind)"],
            let raw = unknown["raw"]?.string.flatMap({ Base64.decode($0) }),
            var object = decoded(raw[...], message)
        else { throw .badRequest("the protobuf object cannot be read") }
        object["apiVersion"] = .string(version)
        object["kind"] = .string(kind)
        return object
    }

    private static let envelope: [Int: (String, Field)] = [
        1: ("typeMeta", .message([1: ("apiVersion", .text), 2: ("kind", .text)])), 2: ("raw", .bytes),
    ]

    private static func decoded(_ bytes: ArraySlice<UInt8>, _ fields: [Int: (String, Field)]) -> JSONValue? {
        var reader = ProtobufReader(bytes)
        var object: JSONValue = .object(JSONObject())
        while !reader.isAtEnd {
            guard let (number, content) = reader.next() else { return nil }
            guard let (name, field) = fields[number] else { continue }
            guard let value = value(content, field, after: object[name]) else { return nil }
            // Go writes every text, also the empty one that means none.
            if value != "" || object[name] != nil { object[name] = value }
        }
        return object
    }

    private static func value(
        _ content: ProtobufReader.Content,
        _ field: Field,
        after previous: JSONValue?
    ) -> JSONValue? {
        switch (field, content) {
        case (.integer, .number(let number)): return .number(JSONNumber(Int64(bitPattern: number)))
        case (.flag, .number(let number)): return .bool(number != 0)
        case (.text, .bytes(let bytes)): return String(validating: bytes, as: UTF8.self).map(JSONValue.string)
        case (.bytes, .bytes(let bytes)): return .string(Base64.encode(Array(bytes)))
        case (.texts, .bytes(let bytes)):
            return String(validating: bytes, as: UTF8.self).map { .array((previous?.array ?? []) + [.string($0)]) }
        case (.message(let fields), .bytes(let bytes)): return decoded(bytes, fields)
        case (.messages(let fields), .bytes(let bytes)):
            return decoded(bytes, fields).map { .array((previous?.array ?? []) + [$0]) }
        case (.map(let element), .bytes(let bytes)):
            guard let entry = decoded(bytes, [1: ("key", .text), 2: ("value", element)]) else { return nil }
            var map = previous ?? .object(JSONObject())
            map[entry["key"]?.string ?? ""] = entry["value"] ?? ""
            return map
        case (.integerOrText, .bytes(let bytes)):
            let parts = decoded(bytes, [1: ("type", .integer), 2: ("number", .integer), 3: ("text", .text)])
            return parts?["type"]?.int == 1 ? parts?["text"] : parts?["number"] ?? 0
        default: return nil
        }
    }
}
