/// A condition on labels as `labelSelector` carries it: `a=b,c!=d,e in (x,y),f notin (z),g,!h`, all of which must hold.
package struct LabelSelector: Hashable, Sendable {
    /// One part of the condition.
    package enum Requirement: Hashable, Sendable {
        /// The label is there with one of these values.
        case isOneOf(String, Set<String>)
        /// The label is missing or has none of these values.
        case isNoneOf(String, Set<String>)
        /// The label is there.
        case exists(String)
        /// The label is missing.
        case isMissing(String)
    }

    /// The parts, in the order in which they were written.
    package let requirements: [Requirement]

    /// Parses a selector; the empty text selects everything, and the answer is nil for what is none.
    package init?(_ text: String) {
        var requirements: [Requirement] = []
        var depth = 0
        let parts = text.split(omittingEmptySubsequences: false) { character in
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            return character == "," && depth == 0
        }
        guard depth == 0 else { return nil }
        if !(parts.count == 1 && Self.trimmed(parts[0]).isEmpty) {
            for part in parts {
                guard let requirement = Self.requirement(Self.trimmed(part)) else { return nil }
                requirements.append(requirement)
            }
        }
        self.requirements = requirements
    }

    /// Whether all parts hold for `labels`.
    package func matches(_ labels: [String: String]) -> Bool {
        requirements.allSatisfy { requirement in
            switch requirement {
            case .isOneOf(let key, let values): labels[key].map(values.contains) ?? false
            case .isNoneOf(let key, let values): !(labels[key].map(values.contains) ?? false)
            case .exists(let key): labels[key] != nil
            case .isMissing(let key): labels[key] == nil
            }
        }
    }

    private static func requirement(_ part: Substring) -> Requirement? {
        if part.first == "!", let key = key(part.dropFirst()) { return .isMissing(key) }
        for mark in ["!=", "==", "="] {
            guard let range = part.firstRange(of: mark) else { continue }
            let value = trimmed(part[range.upperBound...])
            guard let key = key(part[..<range.lowerBound]), isValue(value) else { return nil }
            return mark == "!=" ? .isNoneOf(key, [String(value)]) : .isOneOf(key, [String(value)])
        }
        guard part.last == ")" else { return key(part).map(Requirement.exists) }
        guard let open = part.firstIndex(of: "(") else { return nil }
        let words = part[..<open].split { $0 == " " || $0 == "\t" }
        let values = part[part.index(after: open)...].dropLast()
            .split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
        guard words.count == 2, let key = key(words[0]), values.allSatisfy(isValue) else { return nil }
        switch words[1] {
        case "in": return .isOneOf(key, Set(values.map(String.init)))
        case "notin": return .isNoneOf(key, Set(values.map(String.init)))
        default: return nil
        }
    }

    private static func key(_ text: Substring) -> String? {
        let key = trimmed(text)
        guard !key.isEmpty, key.allSatisfy({ isNamePart($0) || $0 == "/" }) else { return nil }
        return String(key)
    }

    private static func isValue(_ text: Substring) -> Bool { text.count <= 63 && text.allSatisfy(isNamePart) }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while text.first == " " || text.first == "\t" { text.removeFirst() }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }
}
