import Platform

/// How a simulated image behaves.
package struct ImageBehaviour: Hashable, Sendable {
    /// The share of requests that it answers with 500, 0...1.
    package var errorRate: Double
    /// The 99th percentile of its answer times.
    package var p99: Duration
    /// Whether it can be pulled.
    package var starts: Bool
    /// Whether its containers end with an error again and again.
    package var crashes: Bool

    /// An image; without faults and at 80 ms unless told otherwise.
    package init(
        errorRate: Double = 0,
        p99: Duration = .milliseconds(80),
        starts: Bool = true,
        crashes: Bool = false
    ) {
        self.errorRate = errorRate
        self.p99 = p99
        self.starts = starts
        self.crashes = crashes
    }

    /// Reads what follows the image in a setting: `5%,120ms`, `0.05,120ms`, `never`, `crash`.
    ///
    /// - Throws: `ImageBehaviourError` that names the part that is wrong.
    package init(parsing text: some StringProtocol) throws(ImageBehaviourError) {
        if text == "never" {
            self.init(starts: false)
            return
        }
        if text == "crash" {
            self.init(crashes: true)
            return
        }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw ImageBehaviourError(
                String(text),
                "expected an error rate and a p99, such as 5%,120ms, or never or crash"
            )
        }
        guard let rate = Self.rate(String(parts[0])) else {
            throw ImageBehaviourError(String(parts[0]), "no error rate, expected 0% to 100% or a fraction of 0 to 1")
        }
        guard let p99 = GoDuration(String(parts[1]))?.duration, p99 > .zero, p99 <= .seconds(300) else {
            throw ImageBehaviourError(
                String(parts[1]),
                "no p99, expected a duration above 0 and up to 5m, such as 120ms"
            )
        }
        self.init(errorRate: rate, p99: p99)
    }

    private static func rate(_ text: String) -> Double? {
        let isPercent = text.last == "%"
        let digits = isPercent ? String(text.dropLast()) : text
        guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let number = Double(digits) else {
            return nil
        }
        let rate = isPercent ? number / 100 : number
        return (0...1).contains(rate) ? rate : nil
    }
}
