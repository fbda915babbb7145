import ContourAPI
import Platform

/// Callers of the sandbox that send the same request.
package struct CallerGroup: Hashable, Sendable {
    /// What they are called.
    package var name: String
    /// Their part of the requests, 0...1.
    package var share: Double
    /// The path that they ask for.
    package var path: String
    /// The header fields that they send, by name.
    package var headers: [String: String]
    /// The query parameters that they send, by name.
    package var parameters: [String: String]
    /// Whether they keep the cookies that they are given, and send them from then on.
    package var keepsCookies: Bool

    /// Callers without anything particular, unless told otherwise.
    package init(
        _ name: String = "callers",
        share: Double = 1,
        path: String = "/",
        headers: [String: String] = [:],
        parameters: [String: String] = [:],
        keepsCookies: Bool = false
    ) {
        self.name = name
        self.share = share
        self.path = path
        self.headers = headers
        self.parameters = parameters
        self.keepsCookies = keepsCookies
    }

    /// Reads `insiders=10%,header:x-canary=insider` with any number of `header:`, `parameter:`, `path:` and `cookies`.
    ///
    /// - Throws: `CallerGroupError` that names the part that is wrong.
    package init(parsing text: String) throws(CallerGroupError) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        let (name, rate) = Self.pair(parts[0], at: "=")
        guard !name.isEmpty, let rate, rate.last == "%", let percent = Double(rate.dropLast()),
            (0...100).contains(percent)
        else { throw CallerGroupError(part: parts[0], reason: "expected name=share, such as insiders=10%") }
        self.init(name, share: percent / 100)
        for part in parts.dropFirst() {
            let (kind, rest) = Self.pair(part, at: ":")
            let (key, value) = Self.pair(rest ?? "", at: "=")
            switch (kind, value) {
            case ("header", .some(let value)) where !key.isEmpty: headers[key] = value
            case ("parameter", .some(let value)) where !key.isEmpty: parameters[key] = value
            case ("path", _) where rest?.first == "/": path = rest ?? "/"
            case ("cookies", nil) where rest == nil: keepsCookies = true
            default:
                throw CallerGroupError(
                    part: part,
                    reason: "expected header:NAME=VALUE, parameter:NAME=VALUE, path:/PATH or cookies"
                )
            }
        }
    }

    /// The groups that `settings` describe, and one of all other callers.
    ///
    /// - Throws: `CallerGroupError` for the first that cannot be read, or where they are more than all callers.
    package static func all(parsing settings: [String]) throws(CallerGroupError) -> [CallerGroup] {
        var groups: [CallerGroup] = []
        for setting in settings { groups.append(try CallerGroup(parsing: setting)) }
        let rest = 1 - groups.reduce(0) { $0 + $1.share }
        guard rest > -1e-9 else {
            throw CallerGroupError(part: settings.joined(separator: " "), reason: "expected shares of 100% at most")
        }
        return rest > 1e-9 ? groups + [CallerGroup("others", share: rest)] : groups
    }

    /// The request of one who has `cookies`.
    func request(cookies: CookieJar) -> RouteRequest {
        var fields = headers
        if let cookie = cookies.field {
            let name = headers.keys.first { $0.lowercased() == "cookie" } ?? "cookie"
            fields[name] = [headers[name], cookie].compactMap { $0 }.joined(separator: "; ")
        }
        return RouteRequest(path: path, headers: fields, parameters: parameters)
    }

    private static func pair(_ text: String, at mark: Character) -> (String, String?) {
        guard let index = text.firstIndex(of: mark) else { return (text, nil) }
        return (String(text[..<index]), String(text[index...].dropFirst()))
    }
}

/// A setting that describes no callers.
package struct CallerGroupError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The part that is wrong.
    package let part: String
    /// What is wrong with it.
    package let reason: String

    /// `parse callers "insiders": expected name=share, such as insiders=10%`.
    package var description: String { "parse callers \"\(part)\": \(reason)" }
}
