/// The warnings of one request, in the form in which the API server delivers them.
package enum AdmissionWarnings {
    /// Characters of all warnings together that are delivered uncut; the API server's budget.
    private static let totalLimit = 4_096
    /// Characters of one warning once all are more than that; the API server's, too.
    private static let singleLimit = 256

    /// `texts` without empty and repeated ones and those with a control character, all cut to 256 characters and the
    /// rest left out when they are more than 4,096 together.
    ///
    /// Giving it twice changes nothing, so the warnings of both phases can be put together and given once more.
    package static func delivered(_ texts: [String]) -> [String] {
        var seen: Set<String> = []
        let distinct = texts.filter { !$0.isEmpty && !hasControl($0) && seen.insert($0).inserted }
        guard distinct.reduce(0, { $0 + $1.unicodeScalars.count }) > totalLimit else { return distinct }
        var total = 0
        var kept: [String] = []
        for text in distinct {
            let cut = String(text.unicodeScalars.prefix(singleLimit))
            total += cut.unicodeScalars.count
            guard total <= totalLimit else { break }
            kept.append(cut)
        }
        return kept
    }

    private static func hasControl(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
