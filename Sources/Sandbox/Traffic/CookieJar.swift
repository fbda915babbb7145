/// The cookies that a caller keeps.
struct CookieJar: Hashable, Sendable {
    private var values: [String: String] = [:]

    /// No cookies.
    init() {}

    /// The field in which they are sent; nil without any.
    var field: String? {
        guard !values.isEmpty else { return nil }
        return values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
    }

    /// These and the one of a Set-Cookie field, `name=value; Path=/`; its attributes count for nothing.
    func adding(_ text: String) -> CookieJar {
        let pair = text.prefix { $0 != ";" }
        guard let mark = pair.firstIndex(of: "=") else { return self }
        var jar = self
        jar.values[String(pair[..<mark])] = String(pair[mark...].dropFirst())
        return jar
    }
}
