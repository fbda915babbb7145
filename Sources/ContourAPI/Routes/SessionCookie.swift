import FlaggerAPI
import JSON

/// A cookie by which a caller stays with a revision, as a condition of a route has it.
struct SessionCookie: Hashable {
    private static let opening = "^(.*; *)?"
    private static let closing = "(;.*)?$"

    /// Its name.
    let name: String
    /// Its value.
    let value: String

    init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// The cookie that a route with `conditions` asks for; nil where it asks for none in this form.
    init?(askedForBy conditions: RouteConditions) {
        let expressions = conditions.others.compactMap { condition -> String? in
            let header = condition["header"]
            return header?["name"]?.string?.lowercased() == "cookie" ? header?["regex"]?.string : nil
        }
        guard
            let expression = expressions.sorted().first(where: {
                $0.hasPrefix(Self.opening) && $0.hasSuffix(Self.closing)
            })
        else { return nil }
        let pair = RE2Text.unescaped(expression.dropFirst(Self.opening.count).dropLast(Self.closing.count))
        guard let mark = pair.firstIndex(of: "=") else { return nil }
        name = String(pair[..<mark])
        value = String(pair[mark...].dropFirst())
    }

    /// The condition on a request that brings the cookie, among others or alone.
    var condition: JSONValue {
        let expression = Self.opening + RE2Text.escaped("\(name)=\(value)") + Self.closing
        return ["header": ["name": "Cookie", "regex": .string(expression)]]
    }
}

/// The two cookies of a run.
struct SessionPlan {
    /// That of callers whom the canary has answered.
    let canary: SessionCookie
    /// That of callers whom the primary has answered; nil where they are not kept.
    let primary: SessionCookie?
    private let affinity: SessionAffinity

    /// The cookies with the values of `values`.
    init(_ affinity: SessionAffinity, _ values: SessionCookies) {
        self.affinity = affinity
        canary = SessionCookie(name: affinity.cookieName, value: values.canary)
        if let name = affinity.primaryCookieName, let value = values.primary {
            primary = SessionCookie(name: name, value: value)
        } else {
            primary = nil
        }
    }

    /// All of them.
    var cookies: [SessionCookie] { [canary] + (primary.map { [$0] } ?? []) }

    /// The field that gives `cookie` to a caller.
    func field(_ cookie: SessionCookie) -> String { affinity.field(name: cookie.name, value: cookie.value) }
}
