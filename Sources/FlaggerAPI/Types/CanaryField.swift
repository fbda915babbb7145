import JSON
import Platform

/// A place in a Canary: its path for messages and what stands there, null counting as nothing.
struct CanaryField {
    /// The path as kubectl writes it.
    let path: String
    /// The value; nil when the field is missing or null.
    let value: JSONValue?

    init(path: String, value: JSONValue?) {
        self.path = path
        self.value = value == .null ? nil : value
    }

    /// The member `key` of the object that stands here.
    subscript(key: String) -> CanaryField {
        CanaryField(path: path.isEmpty ? key : "\(path).\(key)", value: value?[key])
    }

    /// The elements of the array that stands here; none when there is none.
    func elements() throws(CanaryParseError) -> [CanaryField] {
        guard let value else { return [] }
        guard let array = value.array else { throw mismatch("an array") }
        return array.enumerated().map { CanaryField(path: "\(path)[\($0.offset)]", value: $0.element) }
    }

    /// The text that must stand here and must not be empty.
    func requiredText() throws(CanaryParseError) -> String {
        guard let text = try text(), !text.isEmpty else { throw mismatch("a name") }
        return text
    }

    /// The one of `kinds` that must stand here.
    func kind<Kind: RawRepresentable<String> & CaseIterable>(_ kinds: Kind.Type) throws(CanaryParseError) -> Kind {
        guard let kind = Kind(rawValue: try text() ?? "") else {
            throw mismatch(kinds.allCases.map(\.rawValue).joined(separator: " or "))
        }
        return kind
    }

    /// The text that stands here, if any.
    func text() throws(CanaryParseError) -> String? {
        guard let value else { return nil }
        guard let text = value.string else { throw mismatch("a string") }
        return text
    }

    /// The flag that stands here, false when there is none.
    func flag() throws(CanaryParseError) -> Bool {
        guard let value else { return false }
        guard let flag = value.bool else { throw mismatch("true or false") }
        return flag
    }

    /// The whole number that stands here, if any, which must lie in `range`.
    func int(in range: ClosedRange<Int>) throws(CanaryParseError) -> Int? {
        guard let value else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw mismatch("\(range.lowerBound)...\(range.upperBound)")
        }
        return number
    }

    /// The number that stands here, if any.
    func double() throws(CanaryParseError) -> Double? {
        guard let value else { return nil }
        guard let number = value.double else { throw mismatch("a number") }
        return number
    }

    /// The duration in Go's form that stands here, if any; it must be above zero.
    func duration() throws(CanaryParseError) -> Duration? {
        guard let text = try text(), !text.isEmpty else { return nil }
        guard let parsed = GoDuration(text), parsed.duration > .zero else {
            throw mismatch("a duration such as 30s or 1m")
        }
        return parsed.duration
    }

    /// The timeout of a route that stands here, if any, as Contour reads it: of `0s` its default, and `infinity` for none.
    func routeTimeout() throws(CanaryParseError) -> String? {
        guard let text = try text(), !text.isEmpty else { return nil }
        if ["infinity", "infinite"].contains(text) { return text }
        guard let parsed = GoDuration(text), parsed.duration >= .zero else {
            throw mismatch("a duration such as 30s, or infinity")
        }
        return text
    }

    /// The instant that stands here, if any.
    func timestamp() throws(CanaryParseError) -> Timestamp? {
        guard let text = try text(), !text.isEmpty else { return nil }
        guard let instant = Timestamp(rfc3339: text) else { throw mismatch("an RFC 3339 time") }
        return instant
    }

    /// The map from name to text that stands here, in its order.
    func textMap() throws(CanaryParseError) -> [(name: String, text: String)] {
        guard let value else { return [] }
        guard let object = value.object else { throw mismatch("an object") }
        var entries: [(name: String, text: String)] = []
        for member in object where member.value != .null {
            guard let text = member.value.string else { throw self[member.key].mismatch("a string") }
            entries.append((member.key, text))
        }
        return entries
    }

    /// The error that this field is not `expected`.
    func mismatch(_ expected: String) -> CanaryParseError {
        let found: String =
            switch value {
            case nil: "missing"
            case .string(let text)?: "\"\(text)\""
            case .number(let number)?: number.text
            case .bool(let flag)?: "\(flag)"
            case let other?: other.typeName
            }
        return CanaryParseError(path: path, found: found, expected: expected)
    }
}
