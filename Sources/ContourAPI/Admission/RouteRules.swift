import JSON
import Platform

/// What can be wrong with one route.
enum RouteRules {
    private static let retryReasons = [
        "5xx", "gateway-error", "reset", "reset-before-request", "connect-failure", "envoy-ratelimited",
        "retriable-4xx", "refused-stream", "retriable-status-codes", "retriable-headers",
        "http3-post-connect-failure", "cancelled", "deadline-exceeded", "internal", "resource-exhausted",
        "unavailable",
    ]

    static func check(_ route: JSONValue, at path: String, into findings: inout ProxyFindings) {
        let conditions = route.list("conditions")
        ConditionRules.check(conditions, at: "\(path).conditions", error: "RouteError", into: &findings)
        checkAction(route, at: path, into: &findings)
        checkTimeouts(route, at: path, into: &findings)
        checkRetries(route, at: path, into: &findings)
        checkRewrite(route, conditions, at: "\(path).pathRewritePolicy.replacePrefix", into: &findings)
        let jwt = route["jwtVerificationPolicy"] ?? .null
        if let provider = jwt.filled("require"), jwt.flag("disabled") {
            findings.deny(
                "jwt-require-and-disabled",
                "\(path).jwtVerificationPolicy.require",
                value: .string(provider),
                contour: "JWTVerificationError/InvalidJWTVerificationPolicy",
                "both require and disabled",
                write: "keep one of the two"
            )
        }
        let services = route.list("services")
        for (index, service) in services.enumerated() {
            ServiceRules.check(service, at: "\(path).services[\(index)]", into: &findings)
        }
        ServiceRules.checkMirrors(services, at: "\(path).services", into: &findings)
        WeightRules.check(services.filter { !$0.flag("mirror") }, at: "\(path).services", into: &findings)
    }

    private static func checkAction(_ route: JSONValue, at path: String, into findings: inout ProxyFindings) {
        let actions = ["services", "requestRedirectPolicy", "directResponsePolicy"].filter {
            $0 == "services" ? !route.list($0).isEmpty : route.has($0)
        }
        if actions.count != 1 {
            findings.deny(
                "route-action-count",
                path,
                value: actions.isEmpty ? nil : route,
                contour: "RouteError/RouteActionCountNotValid",
                actions.isEmpty ? "the route does nothing" : "several actions: \(actions.joined(separator: ", "))",
                write: "write exactly one of services, requestRedirectPolicy and directResponsePolicy"
            )
        }
        let redirect = route["requestRedirectPolicy"] ?? .null
        if redirect.has("path"), redirect.has("prefix") {
            findings.deny(
                "redirect-path-and-prefix",
                "\(path).requestRedirectPolicy",
                value: redirect,
                contour: "RouteError/RequestRedirectPolicy",
                "both path and prefix",
                write: "keep one of the two"
            )
        }
    }

    private static func checkTimeouts(_ route: JSONValue, at path: String, into findings: inout ProxyFindings) {
        for field in ["response", "idle", "idleConnection"] {
            guard let text = route["timeoutPolicy"]?.filled(field), !isTimeout(text) else { continue }
            findings.deny(
                "timeout-invalid",
                "\(path).timeoutPolicy.\(field)",
                value: .string(text),
                contour: "RouteError/TimeoutPolicyNotValid",
                "\(text) is no duration",
                write: "write for example 15s, 1m30s or infinity"
            )
        }
    }

    /// Whether `text` is a number with a unit, or several, or `infinity`; a sign and a number without a unit are none.
    private static func isTimeout(_ text: String) -> Bool {
        if text == "infinity" || text == "infinite" { return true }
        guard let first = text.first, first != "+", first != "-", text != "0" else { return false }
        return GoDuration(text) != nil
    }

    private static func checkRetries(_ route: JSONValue, at path: String, into findings: inout ProxyFindings) {
        guard let policy = route["retryPolicy"], !policy.isNull else { return }
        if let count = policy["count"]?.int, count < -1 {
            findings.deny(
                "retry-count",
                "\(path).retryPolicy.count",
                value: .number(JSONNumber(count)),
                "\(count) is below -1",
                write: "write how many times to try again, or -1 for never"
            )
        }
        if let text = policy.filled("perTryTimeout"), !isTimeout(text) {
            findings.warn(
                "per-try-timeout-ignored",
                "\(path).retryPolicy.perTryTimeout",
                value: .string(text),
                "not a duration, so unused",
                write: "write 2s"
            )
        }
        for (index, reason) in policy.list("retryOn").enumerated() {
            guard let text = reason.string, !retryReasons.contains(text) else { continue }
            findings.deny(
                "retry-on-unknown",
                "\(path).retryPolicy.retryOn[\(index)]",
                value: .string(text),
                text.isEmpty ? "an empty reason" : "\(text) is no reason to retry",
                write: "write any of \(retryReasons.joined(separator: ", "))"
            )
        }
    }

    private static func checkRewrite(
        _ route: JSONValue,
        _ conditions: [JSONValue],
        at path: String,
        into findings: inout ProxyFindings
    ) {
        let entries = route["pathRewritePolicy"]?.list("replacePrefix") ?? []
        guard !entries.isEmpty else { return }
        if conditions.contains(where: { $0.filled("regex") != nil }) || conditions.last?.filled("exact") != nil {
            findings.deny(
                "replace-prefix-without-prefix",
                path,
                value: .array(entries),
                contour: "PrefixReplaceError/MustHavePrefix",
                "the route matches no prefix",
                write: "match by prefix, or take replacePrefix out"
            )
        }
        var seen: Set<String> = []
        for (index, entry) in entries.enumerated() {
            let prefix = entry.filled("prefix")
            let isNew = seen.insert(prefix ?? "").inserted
            guard !isNew else { continue }
            let reason = prefix == nil ? "AmbiguousReplacement" : "DuplicateReplacement"
            findings.deny(
                prefix == nil ? "replace-prefix-ambiguous" : "replace-prefix-duplicate",
                "\(path)[\(index)]",
                value: entry,
                contour: "PrefixReplaceError/\(reason)",
                prefix.map { "a second replacement for \($0)" } ?? "a second replacement without a prefix",
                write: "keep one of the two"
            )
        }
    }
}
