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
    ///
    /// Where they are too many, what follows from the findings is left out before what is wrong.
    static func texts(of verdict: Verdict) -> [String] {
        let findings = verdict.findings.filter { $0.severity == .warn }
        let sentences = verdict.warnings.map { cut($0, keeping: "") }
        let all = distinct(findings.flatMap(lines) + sentences)
        guard all.count > countLimit else { return all }
        let short = distinct(findings.compactMap { lines(of: $0).first } + sentences)
        guard short.count > countLimit else { return short }
        return short.prefix(countLimit - 1) + ["\(short.count - countLimit + 1) more warnings are not shown"]
    }

    /// What is wrong and what to write, with what follows where there is room, else in a line of its own.
    private static func lines(of finding: Finding) -> [String] {
        let ending = " [\(finding.rule)]"
        let condition = finding.reported.map { " (\($0))" } ?? ""
        func line(_ problem: String) -> String { "\(finding.path): \(problem); \(finding.remedy)" }
        let withEffect = finding.problem + (finding.effect.map { ", so \($0)" } ?? "")
        let whole = [withEffect + condition, withEffect].map(line).first { fits($0, ending) }
        if let whole { return [printable(whole) + ending] }
        let head = cut(line(finding.problem), keeping: ending)
        guard let effect = finding.effect else { return [head] }
        let rest = "\(finding.path): until then \(effect)"
        return [head, cut(rest, keeping: fits(rest, condition) ? condition : "")]
    }

    private static func fits(_ text: String, _ ending: String) -> Bool {
        text.unicodeScalars.count + ending.unicodeScalars.count <= lengthLimit
    }

    /// Each once, without empty ones.
    private static func distinct(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        return texts.filter { !$0.isEmpty && seen.insert($0).inserted }
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
