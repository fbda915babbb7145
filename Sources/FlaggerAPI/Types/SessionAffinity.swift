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
    package let attributes: [String]

    init(_ field: CanaryField) throws(CanaryParseError) {
        cookieName = try field["cookieName"].requiredText()
        primaryCookieName = try field["primaryCookieName"].text()
        let age = try field["maxAge"].int(in: 0...Int(Int32.max)) ?? 0
        maxAge = age == 0 ? 86_400 : age
        var attributes: [String] = []
        for (name, attribute) in [("domain", "Domain"), ("path", "Path"), ("sameSite", "SameSite")] {
            if let text = try field[name].text(), !text.isEmpty { attributes.append("\(attribute)=\(text)") }
        }
        for (name, attribute) in [("httpOnly", "HttpOnly"), ("partitioned", "Partitioned"), ("secure", "Secure")] {
            if try field[name].flag() { attributes.append(attribute) }
        }
        self.attributes = attributes
    }
}
