/// Callers that keep cookies, by the cookies that they have.
///
/// Their number stays: who leaves is followed by somebody who has none.
struct SessionPool: Sendable {
    private let count: Double
    /// How many have which cookies.
    private(set) var jars: [CookieJar: Double]

    /// So many callers, all without cookies.
    init(count: Double) {
        self.count = count
        jars = [CookieJar(): count]
    }

    /// The callers by their cookies, always in the same order, each with their part of all.
    var parts: [(jar: CookieJar, share: Double)] {
        jars.sorted { ($0.key.field ?? "") < ($1.key.field ?? "") }.map { ($0.key, $0.value / count) }
    }

    /// Lets `part` of them leave, 0...1; groups that have become smaller than one caller leave too.
    mutating func renew(_ part: Double) {
        for (jar, size) in jars where jar != CookieJar() {
            let left = size * (1 - min(1, part))
            jars[jar] = left < 1 ? nil : left
        }
        let kept = jars.reduce(0) { $1.key == CookieJar() ? $0 : $0 + $1.value }
        jars[CookieJar()] = max(0, count - kept)
    }

    /// Gives some of those who have the cookies of `jar` one more.
    ///
    /// - Parameters:
    ///   - texts: how many answers set which cookie.
    ///   - jar: what they have.
    mutating func give(_ texts: [(text: String, answers: Int)], to jar: CookieJar) {
        let size = jars[jar] ?? 0
        let total = Double(texts.reduce(0) { $0 + $1.answers })
        guard size > 0, total > 0 else { return }
        for (text, answers) in texts {
            // Somebody who asks twice is still one caller.
            let moved = Double(answers) * min(1, size / total)
            let new = jar.adding(text)
            guard new != jar, moved > 0 else { continue }
            jars[jar, default: 0] -= moved
            jars[new, default: 0] += moved
        }
    }
}
