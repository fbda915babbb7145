import JSON
import Schema

/// The requests that an A/B test takes.
extension CanaryFacts {
    /// Flagger writes one header condition into the HTTPProxy for the canary's route.
    mutating func checkMatch() {
        if analysis["sessionAffinity"]?.object != nil { checkCookies() }
        guard usesContour else { return }
        if isDriven { return checkConditions() }
        let matches = matches
        if matches.count > 1 {
            deny(
                "match-many",
                Self.analysisPath.member("match"),
                analysis["match"],
                "several alternatives give an invalid HTTPProxy, and with it no routes at all",
                "write one entry"
            )
        }
        for (value, path) in matches { checkAlternative(value, path) }
    }

    private mutating func checkAlternative(_ value: JSONValue, _ path: FieldPath) {
        for key in ["queryParams", "sourceLabels"] {
            guard let unread = value[key], !unread.isNull else { continue }
            deny("match-unread", path.member(key), unread, "cannot be matched on Contour", "match by headers")
        }
        guard let headers = value["headers"]?.object, !headers.isEmpty else {
            return deny(
                "match-no-headers",
                path.member("headers"),
                nil,
                "without a header every request would match",
                "write a header such as x-canary: {exact: insider}"
            )
        }
        if headers.count > 1 {
            deny(
                "match-many",
                path.member("headers"),
                value["headers"],
                "several headers give an invalid HTTPProxy, and with it no routes at all",
                "write one header"
            )
        }
        for header in headers {
            guard let key = ["prefix", "suffix"].first(where: { header.value[$0]?.string != nil }) else { continue }
            warn(
                "match-contains",
                path.member("headers").member(header.key).member(key),
                header.value[key],
                "taken as \"contains\"",
                "write exact"
            )
        }
        for header in headers {
            guard let pattern = header.value["regex"] else { continue }
            deny(
                "match-regex",
                path.member("headers").member(header.key).member("regex"),
                pattern,
                "never matches on Contour, so the revision would get no traffic",
                "write exact, prefix or suffix"
            )
        }
    }

    /// Whether the cookies of session affinity are the same.
    var hasSameCookies: Bool {
        let affinity = analysis["sessionAffinity"] ?? .null
        return affinity["primaryCookieName"] != nil && affinity["primaryCookieName"] == affinity["cookieName"]
    }

    private mutating func checkCookies() {
        let path = Self.analysisPath.member("sessionAffinity").member("primaryCookieName")
        guard let affinity = analysis["sessionAffinity"], let name = affinity["primaryCookieName"],
            name == affinity["cookieName"]
        else { return }
        deny("same-cookie", path, name, "the same as cookieName", "write another name")
    }
}
