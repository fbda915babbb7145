import JSON

extension RequestMatch {
    /// Whether `request` is taken.
    package func takes(_ request: RouteRequest) -> Bool {
        let isTaken =
            switch path.kind {
            case .exact: request.path == path.text
            case .prefix: request.path.hasPrefix(path.text)
            case .regex: Self.matches(path.text, request.path)
            }
        return isTaken && headers.allSatisfy { $0.takes(request.headers[$0.name.lowercased()]) }
            && queries.allSatisfy { $0.takes(request.parameters[$0.name]) }
    }

    /// Whether `pattern` takes the whole of `text`; a pattern of Envoy's that Swift does not know takes nothing here.
    static func matches(_ pattern: String, _ text: String) -> Bool {
        do {
            return try Regex(pattern).wholeMatch(in: text) != nil
        } catch {
            return false
        }
    }

    /// What is asked first: exact before regex before prefix, longer before shorter, then the method, then more
    /// conditions.
    package var precedence: [Int] {
        let kind =
            switch path.kind {
            case .prefix: 0
            case .regex: 1
            case .exact: 2
            }
        let hasMethod = headers.contains { $0.name == ":method" }
        return [kind, path.text.utf8.count, hasMethod ? 1 : 0, headers.count, queries.count]
    }

    /// `/api`, `exactly /api`, `/api where x-canary is v1 and parameter debug is present`.
    package var words: String {
        let place =
            switch path.kind {
            case .prefix: path.text
            case .exact: "exactly \(path.text)"
            case .regex: "paths matching \(path.text)"
            }
        let conditions = headers.map(\.words) + queries.map(\.words)
        return conditions.isEmpty ? place : "\(place) where \(conditions.joined(separator: " and "))"
    }
}

extension HeaderMatch {
    /// Whether a request with `value` in this header, nil for none, is taken.
    func takes(_ value: String?) -> Bool {
        guard let value = value ?? (treatsMissingAsEmpty ? "" : nil) else { return kind == "present" && isInverted }
        return TextMatch(kind, self.value, ignoresCase: ignoresCase).holds(value) != isInverted
    }

    /// `x-canary is v1`, `x-canary is missing`.
    package var words: String {
        TextMatch(kind, value, ignoresCase: ignoresCase).words(of: name, isInverted: isInverted)
    }
}

extension QueryMatch {
    /// Whether a request with `value` in this parameter, nil for none, is taken.
    func takes(_ value: String?) -> Bool {
        value.map { TextMatch(kind, self.value, ignoresCase: ignoresCase).holds($0) } ?? false
    }

    /// `parameter debug is present`.
    package var words: String {
        TextMatch(kind, value, ignoresCase: ignoresCase).words(of: "parameter \(name)", isInverted: false)
    }
}
