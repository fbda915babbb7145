package import JSON

/// A condition on fields as `fieldSelector` carries it: `metadata.name=a,status.phase!=Running`, all of which must hold.
///
/// Values with a backslash, which escapes `,` and `=`, are not understood. Source: `k8s.io/apimachinery/pkg/fields`.
package struct FieldSelector: Hashable, Sendable {
    private struct Term: Hashable {
        let path: [String]
        let value: String
        let isEqual: Bool
    }

    private let terms: [Term]

    /// Parses a selector; the empty text selects everything, and the answer is nil for what is none.
    package init?(_ text: String) {
        var terms: [Term] = []
        for part in text.split(separator: ",") {
            guard let term = Self.term(part) else { return nil }
            terms.append(term)
        }
        self.terms = terms
    }

    /// Whether all parts hold for `object`; a field that is missing counts as empty.
    package func matches(_ object: JSONValue) -> Bool {
        terms.allSatisfy { term in
            let found = term.path.reduce(Optional(object)) { value, key in value?[key] }
            return ((found?.string ?? found?.number?.text ?? "") == term.value) == term.isEqual
        }
    }

    private static func term(_ part: Substring) -> Term? {
        for (mark, isEqual) in [("!=", false), ("==", true), ("=", true)] {
            guard let range = part.firstRange(of: mark) else { continue }
            let path = part[..<range.lowerBound].split(separator: ".", omittingEmptySubsequences: false)
            guard !path.contains(where: \.isEmpty), !part.contains("\\") else { return nil }
            return Term(path: path.map(String.init), value: String(part[range.upperBound...]), isEqual: isEqual)
        }
        return nil
    }
}
