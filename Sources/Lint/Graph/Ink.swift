import ContourAPI

/// The colours of a text on a terminal, or none.
struct Ink {
    let isColored: Bool

    /// A heading.
    func strong(_ text: String) -> String { styled(text, "1") }

    /// What does not work.
    func bad(_ text: String) -> String { styled(text, "1;31") }

    /// What may not be meant so.
    func doubtful(_ text: String) -> String { styled(text, "1;33") }

    /// A verdict of Contour's.
    func verdict(_ verdict: ProxyStatus.Verdict) -> String {
        switch verdict {
        case .valid: styled(verdict.rawValue, "1;32")
        case .invalid: bad(verdict.rawValue)
        case .orphaned: doubtful(verdict.rawValue)
        }
    }

    /// `text` in the style with the number `code` of ECMA-48's SGR.
    private func styled(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
