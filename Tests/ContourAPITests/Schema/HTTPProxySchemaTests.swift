import ContourAPI
import JSON
import Schema
import Testing

/// What the CRD alone refuses, each once.
@Suite(.timeLimit(.minutes(1))) struct HTTPProxySchemaTests {
    private static let path = "spec.routes[0]"

    private static func route(_ fields: String) -> String {
        "{routes: [{services: [{name: a, port: 80}], \(fields)}]}"
    }

    private static func service(_ fields: String) -> String {
        "{routes: [{services: [{name: a, port: 80, \(fields)}]}]}"
    }

    private static let long = String(repeating: "a", count: 318)

    @Test(arguments: [
        CheckCase(
            service("protocol: tls, validation: {caSecret: \(long), subjectName: \(long)}"),
            "unreported \(path).services[0].validation.caSecret wrong-length",
            "unreported \(path).services[0].validation.subjectName wrong-length"
        ),
        CheckCase(
            service("protocol: tls, validation: {subjectName: n, subjectNames: [n, b, c, d, e, f, g, h, i]}"),
            "unreported \(path).services[0].validation.caSecret missing-field",
            "unreported \(path).services[0].validation.subjectNames subject-names"
        ),
        CheckCase(
            route(
                """
                cookieRewritePolicies: [{name: 'a b', pathRewrite: {value: 'a;b'}, domainRewrite: {value: A},
                sameSite: lax}]
                """
            ),
            "unreported \(path).cookieRewritePolicies[0].name not-a-cookie-name",
            "unreported \(path).cookieRewritePolicies[0].pathRewrite.value not-a-cookie-path",
            "unreported \(path).cookieRewritePolicies[0].domainRewrite.value not-a-host-name",
            "unreported \(path).cookieRewritePolicies[0].sameSite not-a-choice"
        ),
        CheckCase(
            route("rateLimitPolicy: {local: {requests: 1, unit: hour, burst: -1, responseStatusCode: 399}}"),
            "unreported \(path).rateLimitPolicy.local.burst out-of-range",
            "unreported \(path).rateLimitPolicy.local.responseStatusCode out-of-range"
        ),
        CheckCase(
            route(
                """
                rateLimitPolicy: {global: {descriptors: [{}, {entries: []}, {entries: [{genericKey: {value: ''}},
                {requestHeader: {headerName: a}}, {requestHeaderValueMatch: {headers: [], value: v}}]}]}}
                """
            ),
            "unreported \(path).rateLimitPolicy.global.descriptors[0].entries missing-field",
            "unreported \(path).rateLimitPolicy.global.descriptors[2].entries[0].genericKey.value wrong-length",
            "unreported \(path).rateLimitPolicy.global.descriptors[2].entries[1].requestHeader.descriptorKey missing-field",
            "unreported \(path).rateLimitPolicy.global.descriptors[1].entries empty-list",
            "unreported \(path).rateLimitPolicy.global.descriptors[2].entries[2].requestHeaderValueMatch.headers empty-list"
        ),
        CheckCase(
            route("pathRewritePolicy: {replacePrefix: [{prefix: '', replacement: ''}]}"),
            "unreported \(path).pathRewritePolicy.replacePrefix[0].prefix wrong-length",
            "unreported \(path).pathRewritePolicy.replacePrefix[0].replacement wrong-length"
        ),
        CheckCase(
            route("internalRedirectPolicy: {allowCrossSchemeRedirect: Sometimes}, ipAllowPolicy: [{cidr: 10.0.0.1}]"),
            "unreported \(path).internalRedirectPolicy.allowCrossSchemeRedirect not-a-choice",
            "unreported \(path).ipAllowPolicy[0].source missing-field"
        ),
        CheckCase(
            "{routes: [{directResponsePolicy: {statusCode: 199}}, {conditions: [{prefix: /a}], directResponsePolicy: {}}]}",
            "unreported \(path).directResponsePolicy.statusCode out-of-range",
            "unreported spec.routes[1].directResponsePolicy.statusCode missing-field"
        ),
        CheckCase(
            """
            {virtualhost: {fqdn: a, tls: {secretName: s, clientValidation: {caSecret: '', crlSecret: '',
             skipClientCertValidation: true}}, jwtProviders: [{name: '', localJWKS: {secretName: s}}]},
             includes: [{name: b}]}
            """,
            "unreported spec.virtualhost.tls.clientValidation.crlSecret wrong-length",
            "unreported spec.virtualhost.jwtProviders[0].name wrong-length",
            "unreported spec.virtualhost.jwtProviders[0].localJWKS.key missing-field",
            "unreported spec.virtualhost.tls.clientValidation.caSecret client-validation-without-ca"
        ),
        CheckCase(
            "{routes: [{services: [{name: a, port: 80, wieght: 5}], contidions: [{prefix: /}]}]}",
            "unreported \(path).contidions ~unknown-field",
            "unreported \(path).services[0].wieght ~unknown-field"
        ),
        CheckCase("{tcpproxy: {include: {}}}", "unreported spec.tcpproxy.include.name missing-field"),
        CheckCase("{routes: {}}", "unreported spec.routes wrong-type"),
    ])
    func holdsTheLimits(example: CheckCase) throws {
        #expect(try CheckedProxy.found(example.spec) == example.found)
    }

    @Test func suggestsTheNameThatWasMeant() throws {
        let faults = try CheckedProxy.checks("{routes: [{services: [{name: a, port: 80, wieght: 5}]}]}").faults()
        #expect(faults.map(\.finding.remedy) == ["did you mean \"weight\"?"])
    }

    @Test func asksForASpec() {
        let proxy: JSONValue = ["metadata": ["name": "shop", "namespace": "web"]]
        let checks = ProxyChecks(proxy, among: Neighbourhood(of: "web"))
        #expect(checks.faults().map(CheckedProxy.line) == ["unreported spec missing-field"])
    }

    /// The reference has a section for each object of the spec.
    @Test func statesDefaults() {
        let page = SchemaReference("HTTPProxy", preface: "", parts: [("", HTTPProxySchema.object)]).markdown
        #expect(page.contains("| `minWeightPercent` | whole number, 0 to 100 | `10` |"))
        #expect(page.contains("| `allowCrossSchemeRedirect` | one of `Always`, `Never`, `SafeOnly` | `Never` |"))
        #expect(page.contains("## spec.virtualhost.rateLimitPolicy.global.descriptors[].entries[]"))
    }
}
