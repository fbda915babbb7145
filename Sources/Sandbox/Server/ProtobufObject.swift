import JSON
import Kubernetes
import Platform

/// Objects in Kubernetes' protobuf form, which kubectl sends from 1.32 on when it makes an object by itself
/// (`create namespace`, `create configmap`, `auth can-i`).
///
/// Source: apimachinery `runtime.Unknown` behind the bytes `k8s\0`; the fields are those of `BuiltInTypes`.
enum ProtobufObject {
    static let mediaType = "application/vnd.kubernetes.protobuf"

    private struct Malformed: Error {}

    /// Whether objects of `type` can be read.
    static func isKnown(_ type: ResourceType) -> Bool { BuiltInTypes.shape(of: type) != nil }

    /// The object in `body`, of `type`.
    ///
    /// - Throws: the 400 of what cannot be read.
    static func object(in body: [UInt8], of type: ResourceType) throws(KubernetesError) -> JSONValue {
        let magic: [UInt8] = [0x6b, 0x38, 0x73, 0]
        do {
            guard body.starts(with: magic), let shape = BuiltInTypes.shape(of: type) else { throw Malformed() }
            var (version, kind, raw) = ("", "", ArraySlice<UInt8>())
            try eachField(of: body.dropFirst(4)) { number, content throws(Malformed) in
                if number == 1 { (version, kind) = try typeMeta(try bytes(content)) }
                if number == 2 { raw = try bytes(content) }
            }
            guard version == type.apiVersion, kind == type.kind else { throw Malformed() }
            var object = JSONObject()
            try decode(raw, shape, into: &object)
            object["apiVersion"] = .string(version)
            object["kind"] = .string(kind)
            return .object(object)
        } catch {
            throw .badRequest("the protobuf object cannot be read")
        }
    }

    private static func typeMeta(_ message: ArraySlice<UInt8>) throws(Malformed) -> (String, String) {
        var (version, kind) = ("", "")
        try eachField(of: message) { number, content throws(Malformed) in
            if number == 1 { version = try text(content) }
            if number == 2 { kind = try text(content) }
        }
        return (version, kind)
    }

    // MARK: Messages

    private static func eachField(
        of message: ArraySlice<UInt8>,
        _ body: (Int, ProtobufReader.Content) throws(Malformed) -> Void
    ) throws(Malformed) {
        var reader = ProtobufReader(message)
        while !reader.isAtEnd {
            guard let (number, content) = reader.next() else { throw Malformed() }
            try body(number, content)
        }
    }

    private static func decode(
        _ message: ArraySlice<UInt8>,
        _ shape: ObjectShape,
        into object: inout JSONObject
    ) throws(Malformed) {
        try eachField(of: message) { number, content throws(Malformed) in
            guard let field = shape.fields.first(where: { $0.number == number }) else { return }
            if field.isInlined, case .object(let name) = field.shape, let inner = BuiltInTypes.shapes[name] {
                try decode(try bytes(content), inner, into: &object)
                return
            }
            let value = try value(content, field.shape, after: object[field.name])
            // Go writes every field that is no pointer, also when it says nothing.
            let isVoid = value == nil || value == "" || value == 0 || value == false
            if !isVoid || field.isPointer || field.isRequired && value != nil { object[field.name] = value }
        }
    }

    private static func value(
        _ content: ProtobufReader.Content,
        _ shape: FieldShape,
        after previous: JSONValue?
    ) throws(Malformed) -> JSONValue? {
        switch shape {
        case .text: return .string(try text(content))
        case .integer: return .number(JSONNumber(Int64(bitPattern: try number(content))))
        case .flag: return .bool(try number(content) != 0)
        case .number:
            let pattern = try bytes(content).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            return .number(JSONNumber(Double(bitPattern: pattern)))
        case .bytes: return .string(Base64.encode(Array(try bytes(content))))
        case .quantity: return try scalars(in: content).texts[1].map(JSONValue.string)
        case .integerOrText:
            let parts = try scalars(in: content)
            return parts.numbers[1] == 1
                ? .string(parts.texts[3] ?? "") : .number(JSONNumber(Int64(bitPattern: parts.numbers[2] ?? 0)))
        case .time, .microTime:
            guard let seconds = try scalars(in: content).numbers[1], seconds > 0 else { return nil }
            let time = Timestamp(seconds: Int64(bitPattern: seconds))
            return .string(shape == .time ? time.rfc3339 : time.rfc3339Micro)
        case .any: return try scalars(in: content).texts[1].flatMap { JSONValue(text: $0) }
        case .object(let name):
            guard let inner = BuiltInTypes.shapes[name] else { return nil }
            var object = JSONObject()
            try decode(try bytes(content), inner, into: &object)
            return .object(object)
        case .list(let element):
            guard let next = try value(content, element, after: nil) else { return previous }
            return .array((previous?.array ?? []) + [next])
        case .map(let element):
            var map = previous?.object ?? JSONObject()
            var (key, entry): (String, JSONValue?) = ("", nil)
            try eachField(of: try bytes(content)) { number, content throws(Malformed) in
                if number == 1 { key = try text(content) }
                if number == 2 { entry = try value(content, element, after: nil) }
            }
            map[key] = entry ?? ""
            return .object(map)
        }
    }

    // MARK: Scalars

    /// The numbers and texts of a message that has no others, by field.
    private static func scalars(
        in content: ProtobufReader.Content
    ) throws(Malformed) -> (numbers: [Int: UInt64], texts: [Int: String]) {
        var numbers: [Int: UInt64] = [:]
        var texts: [Int: String] = [:]
        try eachField(of: try bytes(content)) { field, content throws(Malformed) in
            switch content {
            case .number(let value): numbers[field] = value
            case .bytes: texts[field] = try text(content)
            }
        }
        return (numbers, texts)
    }

    private static func bytes(_ content: ProtobufReader.Content) throws(Malformed) -> ArraySlice<UInt8> {
        guard case .bytes(let bytes) = content else { throw Malformed() }
        return bytes
    }

    private static func number(_ content: ProtobufReader.Content) throws(Malformed) -> UInt64 {
        guard case .number(let number) = content else { throw Malformed() }
        return number
    }

    private static func text(_ content: ProtobufReader.Content) throws(Malformed) -> String {
        guard let text = String(validating: try bytes(content), as: UTF8.self) else { throw Malformed() }
        return text
    }
}
