/// A duration's text taken apart: numbers, each with what follows it.
struct DurationText {
    /// The numbers and their units, in order.
    private(set) var parts: [(number: Substring, unit: Substring)] = []
    private let text: String

    /// Takes `text` apart; nil when it does not begin with a digit.
    init?(_ text: String) {
        self.text = text
        var rest = Substring(text)
        while !rest.isEmpty {
            let number = rest.prefix { ("0"..."9").contains($0) || $0 == "." }
            guard number.contains(where: { $0 != "." }), number.count(where: { $0 == "." }) <= 1 else { return nil }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { !("0"..."9").contains($0) && $0 != "." }
            rest = rest.dropFirst(unit.count)
            parts.append((number, unit))
        }
        guard !parts.isEmpty else { return nil }
    }

    private static let windowUnits: [Substring] = ["h", "m", "s", "ms"]

    /// Whether Go's `time.ParseDuration` reads it, it is a nanosecond at least, and 290 years at most.
    var isGo: Bool { (1..<Self.tooLong).contains(GoDuration(text)?.nanoseconds ?? 0) }

    /// Nanoseconds that who reads the text later may not take; Go's limit is 23 days further on.
    private static let tooLong: Int64 = 9_200_000_000_000_000_000

    /// Whether it can stand in brackets in a Prometheus query, and Go reads it as well.
    var isWindow: Bool {
        let places = parts.map { Self.windowUnits.firstIndex(of: $0.unit) }
        let isFalling = zip(places, places.dropFirst()).allSatisfy { pair in
            guard let first = pair.0, let second = pair.1 else { return false }
            return first < second
        }
        return isGo && isFalling && !places.contains(nil) && parts.allSatisfy { !$0.number.contains(".") }
    }

    /// The text with words made units (`30sec` is `30s`) and a lone number taken for seconds; nil when `isRight` does
    /// not hold for it.
    static func suggestion(for text: String, where isRight: (DurationText) -> Bool) -> String? {
        let trimmed = text.filter { !$0.isWhitespace }.lowercased()
        guard let parsed = DurationText(trimmed) else { return nil }
        var result = ""
        for part in parsed.parts {
            guard let unit = words.first(where: { $0.names.contains(String(part.unit)) })?.unit else { return nil }
            result += part.number + unit
        }
        guard let suggested = DurationText(result), isRight(suggested) else { return nil }
        return result
    }

    private static let words: [(unit: String, names: Set<String>)] = [
        ("s", ["", "s", "sec", "secs", "second", "seconds"]),
        ("m", ["m", "min", "mins", "minute", "minutes"]),
        ("h", ["h", "hr", "hrs", "hour", "hours"]),
        ("ms", ["ms", "msec", "milli", "millis", "millisecond", "milliseconds"]),
    ]
}
