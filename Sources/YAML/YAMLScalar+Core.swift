import JSON

/// The tags of the core schema.
///
/// Source: YAML 1.2.2 section 10.3.
enum CoreTag: String {
    case string = "tag:yaml.org,2002:str"
    case integer = "tag:yaml.org,2002:int"
    case float = "tag:yaml.org,2002:float"
    case boolean = "tag:yaml.org,2002:bool"
    case null = "tag:yaml.org,2002:null"
    case sequence = "tag:yaml.org,2002:seq"
    case mapping = "tag:yaml.org,2002:map"
}

extension YAMLScalar {
    /// The scalar `text` with its tag, if it has one; throws the reason why it has no value.
    init(_ text: String, isPlain: Bool, tag: String?) throws(ScalarFault) {
        self.text = text
        isMerge = isPlain && text == "<<" && (tag == nil || tag == "tag:yaml.org,2002:merge")
        switch tag {
        case nil: value = isPlain ? try Self.resolve(text) : .string(text)
        case "!": value = .string(text)
        case "tag:yaml.org,2002:merge" where isMerge: value = .string(text)
        case let name?:
            guard let core = CoreTag(rawValue: name), core != .sequence, core != .mapping else {
                throw ScalarFault(reason: "the tag \(Self.shortTag(name)) on a scalar, expected one of the core schema")
            }
            value = try Self.resolve(text, as: core)
        }
    }

    /// `!!str` for `tag:yaml.org,2002:str`, any other as it is.
    static func shortTag(_ tag: String) -> String {
        let prefix = "tag:yaml.org,2002:"
        return tag.hasPrefix(prefix) ? "!!" + tag.dropFirst(prefix.count) : tag
    }

    /// The value of plain text.
    private static func resolve(_ text: String) throws(ScalarFault) -> JSONValue {
        if let value = null(text) ?? boolean(text) { return value }
        return try number(text) ?? .string(text)
    }

    private static func resolve(_ text: String, as tag: CoreTag) throws(ScalarFault) -> JSONValue {
        let value: JSONValue? =
            switch tag {
            case .integer: try integer(text)
            case .float: try number(text)
            case .boolean: boolean(text)
            case .null: null(text)
            default: .string(text)
            }
        guard let value else { throw ScalarFault(reason: "\"\(text.prefix(80))\" is no \(shortTag(tag.rawValue))") }
        return value
    }

    private static func null(_ text: String) -> JSONValue? {
        ["", "~", "null", "Null", "NULL"].contains(text) ? .null : nil
    }

    private static func boolean(_ text: String) -> JSONValue? {
        if ["true", "True", "TRUE"].contains(text) { return .bool(true) }
        return ["false", "False", "FALSE"].contains(text) ? .bool(false) : nil
    }

    private static func number(_ text: String) throws(ScalarFault) -> JSONValue? {
        if let value = try integer(text) { return value }
        return try float(text)
    }

    private static func integer(_ text: String) throws(ScalarFault) -> JSONValue? {
        for (prefix, radix) in [("0x", 16), ("0o", 8)] where text.hasPrefix(prefix) {
            let digits = text.dropFirst(2)
            guard let first = digits.first, first != "+", first != "-" else { return nil }
            guard digits.utf8.allSatisfy({ Int(String(UnicodeScalar($0)), radix: radix) != nil }) else { return nil }
            guard let number = UInt64(digits, radix: radix) else {
                throw ScalarFault(reason: "\(text) is beyond 64 bits")
            }
            return .number(JSONNumber(number))
        }
        let digits = unsigned(text)
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        return JSONNumber(text: sign(text) + integral(digits)).map(JSONValue.number)
    }

    private static func float(_ text: String) throws(ScalarFault) -> JSONValue? {
        var rest = unsigned(text)
        if [".inf", ".Inf", ".INF"].contains(String(Substring(rest))) || [".nan", ".NaN", ".NAN"].contains(text) {
            throw ScalarFault(reason: "\(text) has no counterpart in JSON")
        }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var written = sign(text) + integral(whole)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            guard !whole.isEmpty || !fraction.isEmpty else { return nil }
            if !fraction.isEmpty { written += "." + String(Substring(fraction)) }
            rest = rest.dropFirst(fraction.count + 1)
        } else if whole.isEmpty {
            return nil
        }
        // The rest is an exponent or nothing: JSON's grammar for it is the same, so it is checked there.
        return JSONNumber(text: written + String(Substring(rest))).map(JSONValue.number)
    }

    private static func unsigned(_ text: String) -> Substring.UTF8View {
        let bytes = text.utf8[...]
        return bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? bytes.dropFirst() : bytes
    }

    private static func sign(_ text: String) -> String { text.utf8.first == UInt8(ascii: "-") ? "-" : "" }

    /// The digits as JSON wants them: no zeros before others, one where there is none.
    private static func integral(_ digits: Substring.UTF8View) -> String {
        let kept = digits.drop { $0 == UInt8(ascii: "0") }
        return kept.isEmpty ? "0" : String(Substring(kept))
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}

/// Why a scalar has no value.
struct ScalarFault: Error {
    let reason: String
}
