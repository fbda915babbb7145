import Schema

/// The warnings of one answer, in the form in which the API server hands them on whole.
///
/// It drops a warning with a control character, drops repetitions, and cuts all of them once they are more than 4,096
/// characters together; webhooks are asked to stay within 120 each.
enum WarningList {
    /// Characters in one warning.
    static let lengthLimit = 120
    /// Warnings in one answer: 32 of 120 characters stay within the 4,096, with room for another webhook's.
    static let countLimit = 32

    /// The warnings of `verdict`: its findings that only warn, then its sentences.
    static func texts(of verdict: Verdict) -> [String] {
        let findings = verdict.findings.filter { $0.severity == .warn }
        let all = findings.map { cut("\($0.path): \($0.problem); \($0.remedy)", keeping: " [\($0.rule)]") }
        var seen: Set<String> = []
        let distinct = (all + verdict.warnings.map { cut($0, keeping: "") }).filter {
            !$0.isEmpty && seen.insert($0).inserted
        }
        guard distinct.count > countLimit else { return distinct }
        return distinct.prefix(countLimit - 1) + ["\(distinct.count - countLimit + 1) more warnings are not shown"]
    }

    /// `text` and `ending` in at most 120 characters, control characters made spaces, cut at a word where it is longer.
    private static func cut(_ text: String, keeping ending: String) -> String {
        let clean = printable(text)
        let room = lengthLimit - ending.unicodeScalars.count
        guard clean.unicodeScalars.count > room else { return clean + ending }
        guard room > 3 else { return String((clean + ending).unicodeScalars.prefix(lengthLimit)) }
        let head = String(clean.unicodeScalars.prefix(room - 3))
        let words = head.split(separator: " ", omittingEmptySubsequences: false).dropLast()
        let kept = words.joined(separator: " ")
        return (kept.count * 2 > head.count ? kept : head) + "..." + ending
    }

    private static func printable(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control || scalar.value == 0x2028
            scalars.append(isControl || scalar.value == 0x2029 ? " " : scalar)
        }
        return String(scalars)
    }
}
