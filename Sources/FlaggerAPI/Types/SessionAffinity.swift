import JSON

/// The cookies by which callers stay with the revision that answered them.
///
/// Source: Flagger's `spec.analysis.sessionAffinity`.
package struct SessionAffinity: Hashable, Sendable {
    /// The cookie of the revision under analysis.
    package let cookieName: String
    /// The cookie of the promoted revision; nil where callers are not kept with it.
    package let primaryCookieName: String?
    /// For how many seconds a cookie holds; Flagger's default is a day.
    package let maxAge: Int
    /// The other attributes, as they stand in a Set-Cookie field: `Domain=example.com`, `HttpOnly`.
    ///
    /// There is always a path: without one a browser would send the cookie to paths like that of the first request alone.
    package let attributes: [String]

    init(_ field: CanaryField) throws(CanaryParseError) {
        cookieName = try field["cookieName"].requiredText()
        let primary = try field["primaryCookieName"].text() ?? ""
        primaryCookieName = primary.isEmpty ? nil : primary
        let age = try field["maxAge"].int(in: 0...Int(Int32.max)) ?? 0
        maxAge = age == 0 ? 86_400 : age
        var attributes: [String] = []
        let path = try field["path"].text() ?? ""
        attributes.append("Path=\(path.isEmpty ? "/" : path)")
        for (name, attribute) in [("domain", "Domain"), ("sameSite", "SameSite")] {
            if let text = try field[name].text(), !text.isEmpty { attributes.append("\(attribute)=\(text)") }
        }
        for (name, attribute) in [("httpOnly", "HttpOnly"), ("partitioned", "Partitioned"), ("secure", "Secure")] {
            if try field[name].flag() { attributes.append(attribute) }
        }
        self.attributes = attributes
    }

    /// The value of the Set-Cookie field that gives a caller the cookie `name`.
    package func field(name: String, value: String) -> String {
        (["\(name)=\(value)", "Max-Age=\(maxAge)"] + attributes).joined(separator: "; ")
    }
}
