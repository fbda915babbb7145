import Testing

/// Section 4.11: what Contour takes and Envoy refuses, or what comes to nothing.
@Suite(.timeLimit(.minutes(1))) struct SilentChecksTests {
    private static let path = "spec.routes[0]"
    private static let services = "services: [{name: a, port: 80}]"

    @Test(arguments: [
        CheckCase(
            "{routes: [{\(services), healthCheckPolicy: {path: '', intervalSeconds: -1, timeoutSeconds: -2}}]}",
            "unreported \(path).healthCheckPolicy.path health-check-path",
            "unreported \(path).healthCheckPolicy.intervalSeconds health-check-negative",
            "unreported \(path).healthCheckPolicy.timeoutSeconds health-check-negative"
        ),
        CheckCase(
            "{routes: [{\(services), healthCheckPolicy: {}}]}",
            "unreported \(path).healthCheckPolicy.path health-check-path"
        ),
        CheckCase(
            "{routes: [{directResponsePolicy: {statusCode: 200, body: \(String(repeating: "a", count: 4_097))}}]}",
            "unreported \(path).directResponsePolicy.body direct-response-body"
        ),
        CheckCase(
            "{routes: [{directResponsePolicy: {statusCode: 200, body: \(String(repeating: "a", count: 4_096))}}]}"
        ),
        CheckCase(
            "{routes: [{requestRedirectPolicy: {statusCode: 304, path: a, hostname: A_b, port: 0}}]}",
            "unreported \(path).requestRedirectPolicy.hostname not-a-host-name",
            "unreported \(path).requestRedirectPolicy.port out-of-range",
            "unreported \(path).requestRedirectPolicy.path not-a-path",
            "unreported \(path).requestRedirectPolicy.statusCode redirect-status-code"
        ),
        CheckCase(
            "{routes: [{\(services), internalRedirectPolicy: {redirectResponseCodes: [302, 300]}}]}",
            "unreported \(path).internalRedirectPolicy.redirectResponseCodes[1] redirect-status-code"
        ),
        CheckCase(
            "{routes: [{requestRedirectPolicy: {path: /}, cookieRewritePolicies: [{name: a, secure: true}]}]}",
            "unreported \(path).cookieRewritePolicies ~policy-unused"
        ),
        CheckCase(
            """
            {routes: [{\(services),
             retryPolicy: {count: -2, perTryTimeout: infinity, retryOn: [6xx], retriableStatusCodes: [503]}}]}
            """,
            "unreported \(path).retryPolicy.count retry-count",
            "unreported \(path).retryPolicy.retryOn[0] retry-on-unknown",
            "unreported \(path).retryPolicy.perTryTimeout ~per-try-timeout-ignored",
            "unreported \(path).retryPolicy.retriableStatusCodes ~retriable-status-codes-unused"
        ),
        CheckCase(
            "{routes: [{\(services), retryPolicy: {perTryTimeout: '0'}}]}",
            "unreported \(path).retryPolicy.perTryTimeout not-a-timeout"
        ),
        CheckCase(
            "{routes: [{\(services), retryPolicy: {perTryTimeout: 5}}]}",
            "unreported \(path).retryPolicy.perTryTimeout wrong-type"
        ),
    ])
    func tellsWhatEnvoyRefusesOrIgnores(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test(arguments: [
        CheckCase(
            "{routes: [{\(services)}, {conditions: [{prefix: /}], \(services)}, {conditions: [{prefix: /a}], \(services)}]}",
            "unreported spec.routes[0] ~route-shadowed"
        ),
        CheckCase(
            """
            {routes: [{conditions: [{header: {name: a, present: true}}], \(services)},
             {conditions: [{header: {name: A, present: true}}], \(services)}]}
            """
        ),
        // A condition without an operator vanishes, so both routes match the same.
        CheckCase(
            "{routes: [{conditions: [{header: {name: a}}], \(services)}, {\(services)}]}",
            "unreported spec.routes[0].conditions[0].header header-without-operator",
            "unreported spec.routes[0] ~route-shadowed"
        ),
    ])
    func tellsDeadRoutes(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let provider = "jwtProviders: [{name: p, default: true, remoteJWKS: {uri: 'https://i'}}]"
    private static let insecure = "unreported \(path).permitInsecure ~permit-insecure-unverified"

    @Test(arguments: [
        CheckCase(
            "{virtualhost: {fqdn: a}, routes: [{\(services), jwtVerificationPolicy: {require: p}}]}",
            "unreported \(path).jwtVerificationPolicy.require ~jwt-require-without-tls"
        ),
        CheckCase("{routes: [{\(services), jwtVerificationPolicy: {require: p}}]}"),
        CheckCase("{routes: [{\(services), jwtVerificationPolicy: {require: p}, permitInsecure: true}]}", insecure),
        CheckCase(
            "{virtualhost: {fqdn: a, tls: {secretName: s}, \(provider)}, routes: [{\(services), permitInsecure: true}]}",
            insecure
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, tls: {secretName: s}, \(provider)},
             routes: [{\(services), permitInsecure: true, jwtVerificationPolicy: {disabled: true}}]}
            """
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, tls: {secretName: s}, authorization: {extensionRef: {name: x}}},
             routes: [{\(services), permitInsecure: true}]}
            """,
            insecure
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, tls: {secretName: s}, authorization: {extensionRef: {name: x}}},
             routes: [{\(services), permitInsecure: true, authPolicy: {disabled: true}}]}
            """
        ),
    ])
    func tellsWhatPlainHTTPSkips(example: CheckCase) throws { try CheckedProxy.expect(example) }
}
