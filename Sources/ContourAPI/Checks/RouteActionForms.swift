import JSON
import Schema

/// What Contour does not report on what a route does.
struct RouteActionForms {
    /// The longest body of a fixed answer that Envoy takes.
    private static let bodyLimit = 4_096
    private static let statuses = [301, 302, 303, 307, 308]

    let route: JSONValue
    let path: String

    func check(into faults: inout FaultList) {
        checkAnswer(into: &faults)
        checkRedirects(into: &faults)
        checkHealth(into: &faults)
        checkRetries(into: &faults)
        for action in ["requestRedirectPolicy", "directResponsePolicy"] where route.has(action) {
            ServiceForms.checkPolicies(route, at: path, isRoute: true, into: &faults)
            break
        }
    }

    private func checkAnswer(into faults: inout FaultList) {
        guard let body = route["directResponsePolicy"]?.filled("body"), body.utf8.count > Self.bodyLimit else { return }
        faults.add(
            .responseBody,
            at: "\(path).directResponsePolicy.body",
            .string(body),
            "\(body.utf8.count) bytes, of which Envoy takes \(Self.bodyLimit)",
            write: "write a shorter body, or send the requests to a service",
            so: "Envoy refuses the routes of all hosts"
        )
    }

    private func checkRedirects(into faults: inout FaultList) {
        let redirect = route["requestRedirectPolicy"] ?? .null
        var codes = [("\(path).requestRedirectPolicy.statusCode", redirect["statusCode"] ?? .null)]
        let list = route["internalRedirectPolicy"]?.list("redirectResponseCodes") ?? []
        for (index, code) in list.enumerated() {
            codes.append(("\(path).internalRedirectPolicy.redirectResponseCodes[\(index)]", code))
        }
        for (place, code) in codes {
            guard let status = code.int, !Self.statuses.contains(status) else { continue }
            faults.add(
                .redirectStatus,
                at: place,
                code,
                "\(status) is no status of a redirect",
                write: "write 301, 302, 303, 307 or 308"
            )
        }
    }

    /// The range holds its start and not its end.
    private func checkHealth(into faults: inout FaultList) {
        for (index, range) in (route["healthCheckPolicy"]?.list("expectedStatuses") ?? []).enumerated() {
            guard let start = range["start"]?.int, let end = range["end"]?.int, start >= end,
                (100...599).contains(start), (101...600).contains(end)
            else { continue }
            faults.add(
                .healthRange,
                at: "\(path).healthCheckPolicy.expectedStatuses[\(index)]",
                range,
                "no status from \(start) to below \(end)",
                write: "write an end of \(start + 1) or more",
                so: "Envoy refuses the clusters of the route"
            )
        }
    }

    private func checkRetries(into faults: inout FaultList) {
        guard let policy = route["retryPolicy"], policy.object != nil else { return }
        if let text = policy.filled("perTryTimeout"), GoDuration(text) == nil {
            faults.add(
                .perTryTimeout,
                at: "\(path).retryPolicy.perTryTimeout",
                .string(text),
                "not a duration, so unused",
                write: "write 2s"
            )
        }
        let reasons = policy.list("retryOn").compactMap(\.string)
        guard !policy.list("retriableStatusCodes").isEmpty, !reasons.contains("retriable-status-codes") else { return }
        faults.add(
            .statusCodesUnused,
            at: "\(path).retryPolicy.retriableStatusCodes",
            policy["retriableStatusCodes"],
            "unused",
            write: "name them in retryOn"
        )
    }
}
