import Schema

/// Forms of text that Contour's CRDs ask for.
extension StringFormat {
    /// Labels of lower case letters, digits and inner hyphens, dots between them; at most 253 characters.
    static let hostName = StringFormat(
        name: "host name",
        pattern: #"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"#,
        expected: "a name such as app.example.com",
        accepts: { $0.utf8.count <= 253 && HostName.isName($0) },
        suggestion: { HostName.isName($0.lowercased()) ? $0.lowercased() : nil }
    )

    /// A host name, or one with `*.` in front.
    static let hostPattern = StringFormat(
        name: "host pattern",
        pattern: #"^(\*\.)?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$"#,
        expected: "a name such as app.example.com or *.example.com",
        accepts: HostName.isPattern
    )

    /// A domain that a cookie is for.
    static let cookieDomain = StringFormat(
        name: "host name",
        pattern: hostName.pattern,
        expected: "a name such as app.example.com",
        accepts: { $0.utf8.count <= 4_096 && HostName.isName($0) }
    )

    /// A token of HTTP: a method or a header's name.
    ///
    /// Source: RFC 9110, section 5.6.2.
    static let token = StringFormat(
        name: "token",
        pattern: "^[a-zA-Z0-9!#$%&'*+.^_`|~-]+$",
        expected: "letters, digits and any of !#$%&'*+.^_`|~-",
        accepts: { text in !text.isEmpty && text.utf8.allSatisfy(isTokenByte) }
    )

    /// The name of a cookie: what a token may have but for its separators.
    static let cookieName = StringFormat(
        name: "cookie name",
        pattern: nil,
        expected: "1 to 4096 characters without spaces and any of ()<>@,;:\\\"/[]?={}",
        accepts: { text in
            (1...4_096).contains(text.unicodeScalars.count)
                && text.unicodeScalars.allSatisfy {
                    !isControl($0) && !#"()<>@,;:\"/[]?={} "#.unicodeScalars.contains($0)
                }
        }
    )

    /// The path that a cookie is for.
    static let cookiePath = StringFormat(
        name: "cookie path",
        pattern: nil,
        expected: "1 to 4096 characters without ; and control characters",
        accepts: { text in
            (1...4_096).contains(text.unicodeScalars.count)
                && text.unicodeScalars.allSatisfy { !isControl($0) && $0 != ";" }
        }
    )

    /// A path from the root.
    static let path = StringFormat(
        name: "path",
        pattern: "^/.*$",
        expected: "a path that begins with /",
        accepts: { $0.hasPrefix("/") },
        suggestion: { "/\($0)" }
    )

    /// A number with a unit, or several; no sign.
    static let timeout = timeout(allowingInfinity: false, "a duration such as 30s or 1m30s")

    /// The same, or `infinity`.
    static let endlessTimeout = timeout(allowingInfinity: true, "a duration such as 30s or 1m30s, or infinity")

    /// The time for one try: what Go does not read is told as ignored, not as ill-formed.
    static let tryTimeout = StringFormat(
        name: "timeout",
        pattern: nil,
        expected: "a duration such as 2s",
        accepts: { TimeoutText($0).isInForm(allowingInfinity: true) || !$0.isEmpty && GoDuration($0) == nil }
    )

    /// Text of a length; no other form.
    static func characters(_ range: ClosedRange<Int>) -> StringFormat {
        StringFormat(
            name: "text of \(range.lowerBound) to \(range.upperBound) characters",
            pattern: nil,
            expected: "\(range.lowerBound) to \(range.upperBound) characters",
            accepts: { range.contains($0.unicodeScalars.count) }
        )
    }

    /// A decimal number in quotes.
    static let decimal = StringFormat(
        name: "decimal number",
        pattern: "^([0-9]+([.][0-9]+)?|[.][0-9]+)$",
        expected: "a number such as 1.0",
        accepts: SlowStartChecks.isDecimal
    )

    private static func timeout(allowingInfinity: Bool, _ expected: String) -> StringFormat {
        StringFormat(
            name: "timeout",
            pattern: nil,
            expected: expected,
            accepts: { text in
                let form = TimeoutText(text)
                let isTaken = form.isTaken(allowingInfinity: allowingInfinity)
                return isTaken && form.isInForm(allowingInfinity: allowingInfinity)
            }
        )
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || scalar.value == 0x7f }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+.^_`|~-".utf8.contains(byte)
        }
    }
}

/// Text that may not be empty, and numbers that the checks tell of.
extension Schema {
    /// Text of at least one character.
    static func filled(_ summary: String) -> Schema {
        string(
            summary,
            format: StringFormat(
                name: "text that is not empty",
                pattern: "^.+$",
                expected: "at least one character",
                accepts: { !$0.isEmpty }
            )
        )
        .explained(Explanation("httpproxy/wrong-length", "empty", "write at least one character"))
    }

    /// Text of `range` characters.
    static func string(_ summary: String, _ range: ClosedRange<Int>) -> Schema {
        string(summary, format: .characters(range))
            .explained(
                Explanation(
                    "httpproxy/wrong-length",
                    "empty, or longer than \(range.upperBound) characters",
                    "write \(range.lowerBound) to \(range.upperBound) characters"
                )
            )
    }

    /// A list that has an entry.
    static func filledList(_ summary: String, of element: Schema) -> Schema {
        list("\(summary) At least one.", of: element)
    }
}
