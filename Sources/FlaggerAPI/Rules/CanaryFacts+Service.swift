import JSON
import Schema

/// The Services and the route.
extension CanaryFacts {
    mutating func checkService() {
        guard usesContour else { return }
        checkRetries()
        for (path, value) in [
            (Self.servicePath.member("timeout"), service["timeout"]),
            (Self.servicePath.member("retries").member("perTryTimeout"), service[path: "retries", "perTryTimeout"]),
        ] {
            guard let value, let text = value.string, text.hasPrefix("0"), StringFormat.routeTimeout.accepts(text),
                !StringFormat.duration.accepts(text)
            else { continue }
            warn("timeout-zero", path, value, "Contour reads 0 as its default", "write a time, or infinity")
        }
        checkRouteMatch()
    }

    private mutating func checkRetries() {
        guard let retries = service["retries"], retries.object != nil else { return }
        let path = Self.servicePath.member("retries")
        if let value = retries["attempts"], value.int == 0 {
            warn(
                "retry-attempts-zero",
                path.member("attempts"),
                value,
                "Contour reads 0 as 1",
                "leave retries out to have none"
            )
        }
        guard let value = retries["retryOn"], let text = value.string, !text.isEmpty else {
            // Beside Flagger it is worse than that, and has a rule of its own.
            guard isDriven else { return }
            return warn(
                "retry-on-missing",
                path.member("retryOn"),
                nil,
                "the default, 5xx, hides faults",
                "write connect-failure"
            )
        }
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let name = String(part)
            guard !Self.retryConditions.contains(name) else { continue }
            let trimmed = name.filter { !$0.isWhitespace }
            if Self.retryConditions.contains(trimmed) {
                deny(
                    "retry-on-unknown",
                    path.member("retryOn"),
                    value,
                    "has a space around \"\(trimmed)\"",
                    "write the conditions with commas alone between them"
                )
                continue
            }
            let nearest = NearestName.find(trimmed, among: Self.retryConditions)
            deny(
                "retry-on-unknown",
                path.member("retryOn"),
                value,
                "\"\(trimmed)\" is no condition that Contour knows",
                nearest.map { "did you mean \"\($0)\"?" } ?? "write one such as connect-failure, reset or 5xx"
            )
        }
    }

    /// Envoy's conditions that Contour's CRD lists.
    static let retryConditions: [String] = [
        "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "envoy-ratelimited",
        "retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers", "http3-post-connect-failure",
        "cancelled", "deadline-exceeded", "internal", "resource-exhausted", "unavailable",
    ]

    /// Of `spec.service.match` the prefix of the first path is read, and nothing else.
    private mutating func checkRouteMatch() {
        guard let matches = service["match"]?.array, let first = matches.first else { return }
        let path = Self.servicePath.member("match")
        let prefixPath = path.element(0).member("uri").member("prefix")
        if let value = first[path: "uri", "prefix"], value.string?.hasPrefix("/") != true {
            deny("route-prefix", prefixPath, value, "a path begins with /", "write /\(value.string ?? "")")
        }
        var unread: [String] = matches.count > 1 ? ["the entries after the first"] : []
        for key in (first.object?.keys ?? []).filter({ $0 != "uri" && $0 != "name" }) { unread.append(key) }
        for key in (first["uri"]?.object?.keys ?? []).filter({ $0 != "prefix" }) { unread.append("uri.\(key)") }
        guard !unread.isEmpty else { return }
        // More names than these would not fit into a warning.
        let rest = unread.count > 2 ? " and \(unread.count - 1) more" : unread.dropFirst().map { ", \($0)" }.joined()
        warn(
            "route-match",
            path,
            .array(matches),
            "\(unread[0])\(rest) would be ignored",
            "write one uri.prefix"
        )
    }
}
