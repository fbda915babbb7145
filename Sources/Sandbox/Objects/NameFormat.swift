/// The forms that names in Kubernetes have, and the API server's words for what has none of them.
///
/// Source: k8s.io/apimachinery, `pkg/util/validation`.
enum NameFormat {
    /// RFC 1123, with dots: the names of most objects.
    case subdomain
    /// RFC 1123, without: the names of namespaces and containers.
    case label
    /// The part of a key behind its prefix.
    case keyName
    /// A whole key of labels and annotations.
    case key
    /// The value of a label.
    case labelValue
    /// A key of a ConfigMap or Secret.
    case dataKey

    /// What the API server says of a name that does not have the form.
    var problem: String {
        let label = "'[a-z0-9]([-a-z0-9]*[a-z0-9])?"
        let name = "'([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'"
        let names =
            "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an "
            + "alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is \(name))"
        switch self {
        case .subdomain:
            return
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must "
                + "start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is "
                + "\(label)(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"
        case .label:
            return
                "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and "
                + "end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is \(label)')"
        case .keyName: return "name part \(names)"
        case .key:
            return
                "a valid label key \(names) with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"
        case .labelValue:
            return
                "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must "
                + "start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used "
                + "for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
        case .dataKey:
            return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or "
                + "'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')"
        }
    }

    /// Whether `text` has the form.
    func fits(_ name: some StringProtocol) -> Bool {
        let text = Substring(name)
        return switch self {
        case .subdomain:
            text.utf8.count <= 253
                && text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { Self.isLabel($0) }
        case .label: text.utf8.count <= 63 && Self.isLabel(text)
        case .keyName: !text.isEmpty && text.utf8.count <= 63 && Self.isName(text)
        case .labelValue: text.isEmpty || text.utf8.count <= 63 && Self.isName(text)
        case .dataKey:
            !text.isEmpty && text.utf8.count <= 253 && text != "." && !text.hasPrefix("..")
                && text.allSatisfy { Self.isPlain($0) || "-._".contains($0) }
        case .key: Self.keyFault(text) == nil
        }
    }

    /// Which form the key `text` has not: that of its parts, or of the whole; nil where it is right.
    static func keyFault(_ key: some StringProtocol) -> NameFormat? {
        let text = Substring(key)
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, parts.count <= 2 else { return .key }
        if parts.count == 2, !NameFormat.subdomain.fits(parts[0]) { return .key }
        return NameFormat.keyName.fits(name) ? nil : .keyName
    }

    private static func isLabel(_ text: Substring) -> Bool {
        !text.isEmpty && text.first != "-" && text.last != "-"
            && text.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.first, let last = text.last, isPlain(first), isPlain(last) else { return false }
        return text.allSatisfy { isPlain($0) || "-_.".contains($0) }
    }

    private static func isPlain(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber)
    }
}
