import JSON

/// What can be wrong with rewritten cookies, of a route or of a service.
enum CookieChecks {
    static func check(_ owner: JSONValue, at path: String, into faults: inout FaultList) {
        var names: Set<String> = []
        let attributes = ["pathRewrite", "domainRewrite", "secure", "sameSite"]
        for (index, cookie) in owner.list("cookieRewritePolicies").enumerated() {
            guard let name = cookie.text("name") else { continue }
            let place = "\(path).cookieRewritePolicies[\(index)]"
            if !names.insert(name).inserted {
                faults.add(
                    .cookieDuplicate,
                    at: "\(place).name",
                    cookie["name"],
                    "a second entry for the cookie \(name)",
                    write: "put the attributes into one entry"
                )
            }
            if !attributes.contains(where: cookie.has) {
                faults.add(
                    .cookieEmpty,
                    at: place,
                    cookie,
                    "changes nothing of the cookie \(name)",
                    write: "write one of \(attributes.joined(separator: ", "))"
                )
            }
        }
    }
}
