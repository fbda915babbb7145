import ContourAPI
import JSON
import Testing

/// V37, V44 to V51, V60, V61.
@Suite(.timeLimit(.minutes(1))) struct RouteChecksTests {
    private static func route(_ fields: String) -> String {
        "{routes: [{services: [{name: a, port: 80}], \(fields)}]}"
    }

    private static let path = "spec.routes[0]"

    @Test(arguments: [
        CheckCase("{routes: [{}]}", "drop \(path) route-action-count RouteError/RouteActionCountNotValid"),
        CheckCase(
            "{routes: [{services: []}]}",
            "drop \(path) route-action-count RouteError/RouteActionCountNotValid"
        ),
        CheckCase(
            route("requestRedirectPolicy: {hostname: b}"),
            "drop \(path) route-action-count RouteError/RouteActionCountNotValid"
        ),
        CheckCase("{routes: [{requestRedirectPolicy: {}}]}"),
        CheckCase(
            "{routes: [{requestRedirectPolicy: {path: /a, prefix: /b}}]}",
            "drop \(path).requestRedirectPolicy redirect-path-and-prefix RouteError/RequestRedirectPolicy"
        ),
        CheckCase(
            route("timeoutPolicy: {response: s, idle: 1h30, idleConnection: infinite}"),
            "drop \(path).timeoutPolicy.response timeout-invalid RouteError/TimeoutPolicyNotValid",
            "drop \(path).timeoutPolicy.idle timeout-invalid RouteError/TimeoutPolicyNotValid"
        ),
        CheckCase(
            route("timeoutPolicy: {response: '0', idle: '', idleConnection: 1m}"),
            "unreported \(path).timeoutPolicy.response timeout-invalid",
            "unreported \(path).timeoutPolicy.idle timeout-invalid"
        ),
        CheckCase(
            route("jwtVerificationPolicy: {require: x, disabled: true}"),
            "drop \(path).jwtVerificationPolicy.require jwt-require-and-disabled "
                + "JWTVerificationError/InvalidJWTVerificationPolicy"
        ),
    ])
    func looksAtTheAction(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let request = "RouteError/RequestHeadersPolicyInvalid"
    private static let response = "RouteError/ResponseHeaderPolicyInvalid"
    private static let cookies = "RouteError/CookieRewritePoliciesInvalid"

    @Test(arguments: [
        CheckCase(
            route(
                "requestHeadersPolicy: {set: [{name: a_b, value: v}, {name: ':path', value: v}, {name: X, value: v}]}"
            ),
            "drop \(path).requestHeadersPolicy.set[0].name headers-policy-name \(request)",
            "drop \(path).requestHeadersPolicy.set[1].name headers-policy-name \(request)"
        ),
        CheckCase(
            route("requestHeadersPolicy: {set: [{name: x-a, value: v}, {name: X-A, value: w}], remove: [x-a, b, B]}"),
            "drop \(path).requestHeadersPolicy.set[1].name headers-policy-duplicate \(request)",
            "drop \(path).requestHeadersPolicy.remove[2] headers-policy-duplicate \(request)"
        ),
        CheckCase(route("requestHeadersPolicy: {set: [{name: Host, value: a}, {name: host, value: '%REQ(X-A)%'}]}")),
        CheckCase(
            route("responseHeadersPolicy: {set: [{name: host, value: a}], remove: [Host, 'a b']}"),
            "drop \(path).responseHeadersPolicy.set[0].name headers-policy-host \(response)",
            "drop \(path).responseHeadersPolicy.remove[1] headers-policy-name \(response)"
        ),
        CheckCase(
            route("responseHeadersPolicy: {set: [{name: '', value: ''}]}"),
            "unreported \(path).responseHeadersPolicy.set[0].value wrong-length",
            "drop \(path).responseHeadersPolicy.set[0].name headers-policy-name \(response)"
        ),
        CheckCase(
            route("cookieRewritePolicies: [{name: a, secure: false}, {name: a, sameSite: Lax}, {name: b}]"),
            "drop \(path).cookieRewritePolicies[1].name cookie-rewrite-duplicate \(cookies)",
            "drop \(path).cookieRewritePolicies[2] cookie-rewrite-empty \(cookies)"
        ),
    ])
    func looksAtHeadersAndCookies(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let limit = "\(path).rateLimitPolicy"
    private static let rate = "RouteError/RateLimitPolicyNotValid"

    @Test(arguments: [
        CheckCase(
            route("rateLimitPolicy: {local: {requests: 0, unit: day}}"),
            "drop \(limit).local.requests rate-limit-requests \(rate)",
            "drop \(limit).local.unit rate-limit-unit \(rate)"
        ),
        CheckCase(
            route("rateLimitPolicy: {local: {}}"),
            "drop \(limit).local.requests rate-limit-requests \(rate)",
            "drop \(limit).local.unit rate-limit-unit \(rate)"
        ),
        CheckCase(
            route(
                """
                rateLimitPolicy: {local: {requests: 1, unit: hour,
                responseHeadersToAdd: [{name: Host, value: a}, {name: x, value: a}, {name: X, value: a}]}}
                """
            ),
            "drop \(limit).local.responseHeadersToAdd[2].name headers-policy-duplicate \(rate)"
        ),
        CheckCase(
            route(
                "rateLimitPolicy: {global: {descriptors: [{entries: [{}, {remoteAddress: {}, genericKey: {value: a}}]}]}}"
            ),
            "drop \(limit).global.descriptors[0].entries[0] rate-limit-entry \(rate)",
            "drop \(limit).global.descriptors[0].entries[1] rate-limit-entry \(rate)"
        ),
        CheckCase(route("rateLimitPolicy: {global: {disabled: true, descriptors: [{entries: [{}]}]}}")),
        CheckCase(
            route(
                """
                rateLimitPolicy: {global: {descriptors: [{entries:
                [{requestHeaderValueMatch: {value: v, headers: [{name: h, regex: '('}]}}]}]}}
                """
            ),
            "unreported \(limit).global.descriptors[0].entries[0].requestHeaderValueMatch.headers[0].regex "
                + "rate-limit-regex"
        ),
        CheckCase(
            route("rateLimitPolicy: {global: {descriptors: []}}"),
            "unreported \(limit).global.descriptors empty-list"
        ),
    ])
    func looksAtRateLimits(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let hashes = "\(path).loadBalancerPolicy.requestHashPolicies"
    private static let ignored = "~hash-policy-ignored SpecError/IgnoredField"

    @Test(arguments: [
        CheckCase(
            route(
                """
                loadBalancerPolicy: {strategy: RequestHash, requestHashPolicies: [{hashSourceIP: true},
                {hashSourceIP: true}, {terminal: true}, {headerHashOptions: {headerName: x-a}},
                {headerHashOptions: {headerName: X-A}}, {queryParameterHashOptions: {parameterName: a}},
                {queryParameterHashOptions: {parameterName: A}}, {headerHashOptions: {headerName: a_b}}]}
                """
            ),
            "note \(hashes)[1] \(ignored)",
            "note \(hashes)[2] \(ignored)",
            "note \(hashes)[4] \(ignored)",
            "note \(hashes)[6] \(ignored)",
            "note \(hashes)[7] \(ignored)"
        ),
        CheckCase(
            route("loadBalancerPolicy: {strategy: RequestHash}"),
            "note \(hashes) ~hash-policies-missing SpecError/IgnoredField"
        ),
        // Contour tells twice; people are told once.
        CheckCase(
            route("loadBalancerPolicy: {strategy: RequestHash, requestHashPolicies: [{}]}"),
            "note \(hashes)[0] \(ignored)"
        ),
        CheckCase(route("loadBalancerPolicy: {strategy: Cookie, requestHashPolicies: [{}]}")),
        CheckCase(
            route("loadBalancerPolicy: {strategy: LeastRequest}"),
            "unreported \(path).loadBalancerPolicy.strategy ~strategy-unknown"
        ),
    ])
    func looksAtHashes(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test func tellsContoursSecondWarningAsAConsequence() throws {
        let spec = Self.route("loadBalancerPolicy: {strategy: RequestHash, requestHashPolicies: [{}]}")
        let faults = try CheckedProxy.checks(spec).routeFaults(0, inheriting: [])
        #expect(faults.map(\.reach) == [.note, .note])
        #expect(faults.map(\.isConsequence) == [false, true])
    }

    private static let replace = "\(path).pathRewritePolicy.replacePrefix"

    @Test(arguments: [
        CheckCase(
            route("conditions: [{exact: /a}], pathRewritePolicy: {replacePrefix: [{replacement: /b}]}"),
            "drop \(replace) replace-prefix-without-prefix PrefixReplaceError/MustHavePrefix"
        ),
        // An exact path that is not last is a prefix.
        CheckCase(
            route(
                """
                conditions: [{exact: /a}, {header: {name: h, present: true}}],
                pathRewritePolicy: {replacePrefix: [{replacement: /b}]}
                """
            ),
            "unreported \(path).conditions[0].exact ~exact-not-last"
        ),
        CheckCase(
            route(
                """
                pathRewritePolicy: {replacePrefix: [{replacement: b}, {replacement: /c}, {prefix: /a, replacement: /},
                {prefix: /a, replacement: /d}]}
                """
            ),
            "drop \(replace)[1] replace-prefix-ambiguous PrefixReplaceError/AmbiguousReplacement",
            "drop \(replace)[3] replace-prefix-duplicate PrefixReplaceError/DuplicateReplacement"
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a}, routes: [{conditions: [{prefix: /a}], services: [{name: a, port: 80}],
             pathRewritePolicy: {replacePrefix: [{prefix: /a, replacement: /b}, {prefix: /c, replacement: /}]}}]}
            """,
            "unreported \(replace)[1].prefix ~replace-prefix-unused"
        ),
        CheckCase(
            route(
                """
                conditions: [{prefix: /a}],
                pathRewritePolicy: {replacePrefix: [{prefix: /x/a, replacement: /b}, {prefix: /c, replacement: /}]}
                """
            ),
            "unreported \(replace)[1].prefix ~replace-prefix-unused"
        ),
    ])
    func looksAtReplacements(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let range = "ip-range-invalid IPFilterError/InvalidCIDR"

    @Test(arguments: [
        CheckCase(
            route(
                """
                healthCheckPolicy: {path: /, expectedStatuses: [{start: 99, end: 601}, {end: 200},
                {start: 300, end: 300}]}
                """
            ),
            "unreported \(path).healthCheckPolicy.expectedStatuses[2] health-check-status-empty",
            "drop \(path).healthCheckPolicy.expectedStatuses[0].start health-check-statuses "
                + "RouteError/HealthCheckPolicyInvalid",
            "drop \(path).healthCheckPolicy.expectedStatuses[0].end health-check-statuses "
                + "RouteError/HealthCheckPolicyInvalid",
            "drop \(path).healthCheckPolicy.expectedStatuses[1].start health-check-statuses "
                + "RouteError/HealthCheckPolicyInvalid"
        ),
        CheckCase(
            route("ipAllowPolicy: [{source: Peer, cidr: x}, {source: Remote, cidr: '::1'}]"),
            "goOn \(path).ipAllowPolicy[0].cidr \(range)"
        ),
        CheckCase(
            route("ipDenyPolicy: [{source: Peer, cidr: 10.0.0.0/33}, {source: Remote, cidr: 10.0.0.256}]"),
            "goOn \(path).ipDenyPolicy[0].cidr \(range)",
            "drop \(path).ipDenyPolicy[1].cidr \(range)"
        ),
        CheckCase(
            route("ipDenyPolicy: [{source: Peer, cidr: 10.0.0.1}], ipAllowPolicy: [{source: Peer, cidr: 10.0.0.0/8}]"),
            "drop \(path).ipDenyPolicy ip-allow-and-deny IPFilterError/IncompatibleIPAddressFilters"
        ),
    ])
    func looksAtStatusesAndAddresses(example: CheckCase) throws { try CheckedProxy.expect(example) }
}
