import JSON

/// One alternative of an A/B test: a request is taken when all of it matches.
///
/// Source: Flagger's `spec.analysis.match[]`.
package struct CanaryMatch: Hashable, Sendable {
    /// Header fields, in order; a cookie is the field `cookie`.
    package let headers: [CanaryTextMatch]
    /// Query parameters, in order.
    package let queryParameters: [CanaryTextMatch]

    init(_ field: CanaryField) throws(CanaryParseError) {
        guard field.value?.object != nil else { throw field.mismatch("an object") }
        headers = try Self.texts(field["headers"])
        queryParameters = try Self.texts(field["queryParams"])
    }

    private static func texts(_ field: CanaryField) throws(CanaryParseError) -> [CanaryTextMatch] {
        guard let value = field.value else { return [] }
        guard let object = value.object else { throw field.mismatch("an object") }
        var matches: [CanaryTextMatch] = []
        for name in object.keys where field[name].value != nil {
            matches.append(try CanaryTextMatch(name: name, field[name]))
        }
        return matches
    }
}

/// What a named text of a request must be like.
package struct CanaryTextMatch: Hashable, Sendable {
    /// How it is compared.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It is this.
        case exact
        /// It begins with this.
        case prefix
        /// It ends with this.
        case suffix
        /// The whole of it matches this regular expression.
        case regex
    }

    /// The header field's or parameter's name.
    package let name: String
    /// How it is compared.
    package let kind: Kind
    /// With what.
    package let value: String

    init(name: String, _ field: CanaryField) throws(CanaryParseError) {
        let kinds = Kind.allCases.filter { field[$0.rawValue].value != nil }
        guard let kind = kinds.first, kinds.count == 1 else {
            throw field.mismatch("one of \(Kind.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self.name = name
        self.kind = kind
        value = try field[kind.rawValue].text() ?? ""
    }
}
