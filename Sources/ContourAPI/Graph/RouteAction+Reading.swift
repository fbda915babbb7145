import JSON

extension RouteAction {
    /// What `route` does with its `backends`; nil where it says nothing, or several things.
    init?(_ route: JSONValue, _ backends: [RouteBackend]) {
        let redirect = route["requestRedirectPolicy"].flatMap { $0.object == nil ? nil : $0 }
        let response = route["directResponsePolicy"].flatMap { $0.object == nil ? nil : $0 }
        switch (backends.isEmpty, redirect, response) {
        case (false, nil, nil): self = .services(backends)
        case (true, .some(let policy), nil):
            self = .redirect(status: policy["statusCode"]?.int ?? 302, to: Self.place(policy))
        case (true, nil, .some(let policy)): self = .response(status: policy["statusCode"]?.int ?? 0)
        default: return nil
        }
    }

    private static func place(_ policy: JSONValue) -> String {
        let scheme = policy["scheme"]?.string.map { "\($0)://" } ?? ""
        let port = policy["port"]?.int.map { ":\($0)" } ?? ""
        return scheme + (policy["hostname"]?.string ?? "") + port
            + (policy["path"]?.string ?? policy["prefix"]?.string ?? "")
    }

    /// The same as it is in force: lost backends left out, 503 where none is left to answer.
    var inForce: RouteAction {
        guard case .services(let backends) = self else { return self }
        let left = backends.filter { !$0.isLost }
        return left.allSatisfy(\.isMirror) ? .response(status: 503) : .services(left)
    }
}
