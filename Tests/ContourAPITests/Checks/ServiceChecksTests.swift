import ContourAPI
import Kubernetes
import Schema
import Testing

/// V52 to V59 and the weights of section 4.5.
@Suite(.timeLimit(.minutes(1))) struct ServiceChecksTests {
    private static func services(_ list: String, _ fields: String = "") -> String {
        "{routes: [{services: [\(list)]\(fields)}]}"
    }

    private static let path = "spec.routes[0].services"

    @Test(arguments: [
        CheckCase(services("{name: a}"), "drop \(path)[0].port port-invalid ServiceError/ServicePortInvalid"),
        CheckCase(
            services("{name: a, port: 65536, healthPort: 0}"),
            "unreported \(path)[0].healthPort out-of-range",
            "drop \(path)[0].port port-invalid ServiceError/ServicePortInvalid"
        ),
        CheckCase(services("{name: a, port: '80'}"), "unreported \(path)[0].port wrong-type"),
        CheckCase(
            services("{name: '', port: 80}"),
            "nextService \(path)[0].name service-name-missing ServiceError/ServiceUnresolvedReference"
        ),
        CheckCase(
            services("{port: 80}"),
            "nextService \(path)[0].name service-name-missing ServiceError/ServiceUnresolvedReference"
        ),
        CheckCase(
            services("{name: a, port: 80, protocol: http2}"),
            "drop \(path)[0].protocol protocol-unsupported ServiceError/UnsupportedProtocol"
        ),
        CheckCase(
            services("{name: a, port: 80, protocol: ''}"),
            "drop \(path)[0].protocol protocol-unsupported ServiceError/UnsupportedProtocol"
        ),
        CheckCase(
            services("{name: a, port: 80, protocol: tls, validation: {caSecret: c}}"),
            "drop \(path)[0].validation.subjectName subject-names ServiceError/TLSUpstreamValidation"
        ),
        CheckCase(
            services("{name: a, port: 80, protocol: h2, validation: {caSecret: c, subjectName: a, subjectNames: []}}"),
            "unreported \(path)[0].validation.subjectNames subject-names"
        ),
        CheckCase(
            services("{name: a, port: 80, validation: {caSecret: c, subjectName: a, subjectNames: [b]}}"),
            "unreported \(path)[0].validation.subjectNames[0] subject-names"
        ),
        CheckCase(
            services("{name: a, port: 80, protocol: h2c, validation: {caSecret: c, subjectName: a}}"),
            "unreported \(path)[0].validation ~validation-unused"
        ),
    ])
    func looksAtTheService(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test(arguments: [
        CheckCase(
            services(
                """
                {name: a, port: 80, requestHeadersPolicy: {set: [{name: a b, value: v}]},
                responseHeadersPolicy: {set: [{name: Host, value: v}]}, cookieRewritePolicies: [{name: c}]}
                """
            ),
            "drop \(path)[0].requestHeadersPolicy.set[0].name headers-policy-name ServiceError/RequestHeadersPolicyInvalid",
            "drop \(path)[0].responseHeadersPolicy.set[0].name headers-policy-host "
                + "ServiceError/ResponseHeadersPolicyInvalid",
            "drop \(path)[0].cookieRewritePolicies[0] cookie-rewrite-empty RouteError/CookieRewritePoliciesInvalid"
        ),
        CheckCase(
            services("{name: a, port: 80, requestHeadersPolicy: {set: [{name: Host, value: 'x-%REQ(X-Host)%'}]}}"),
            "unreported \(path)[0].requestHeadersPolicy.set[0] ~dynamic-host-on-service"
        ),
        CheckCase(services("{name: a, port: 80, requestHeadersPolicy: {set: [{name: Host, value: '%REQ(:a)%'}]}}")),
    ])
    func looksAtPolicies(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let slow = "{name: a, port: 80, slowStartPolicy: {window: 30s}}"
    private static let strategy = "drop \(path)[0].slowStartPolicy slow-start-strategy ServiceError/SlowStartInvalid"

    @Test(arguments: [
        CheckCase(services(slow)),
        CheckCase(services(slow, ", loadBalancerPolicy: {strategy: WeightedLeastRequest}")),
        CheckCase(services(slow, ", loadBalancerPolicy: {strategy: Random}"), strategy),
        CheckCase(services(slow, ", loadBalancerPolicy: {strategy: Cookie}"), strategy),
        CheckCase(
            services(
                slow,
                ", loadBalancerPolicy: {strategy: RequestHash, requestHashPolicies: [{hashSourceIP: true}]}"
            ),
            strategy
        ),
        // With nothing to hash the strategy is RoundRobin.
        CheckCase(
            services(slow, ", loadBalancerPolicy: {strategy: RequestHash}"),
            "note spec.routes[0].loadBalancerPolicy.requestHashPolicies ~hash-policies-missing SpecError/IgnoredField"
        ),
        CheckCase(
            services("{name: a, port: 80, slowStartPolicy: {window: soon, aggression: much}}"),
            "drop \(path)[0].slowStartPolicy.window slow-start-invalid ServiceError/SlowStartInvalid",
            "drop \(path)[0].slowStartPolicy.aggression slow-start-invalid ServiceError/SlowStartInvalid"
        ),
        CheckCase(
            services("{name: a, port: 80, slowStartPolicy: {aggression: '1.5', minWeightPercent: 101}}"),
            "unreported \(path)[0].slowStartPolicy.minWeightPercent out-of-range",
            "drop \(path)[0].slowStartPolicy.window slow-start-invalid ServiceError/SlowStartInvalid"
        ),
        CheckCase(
            services("{name: a, port: 80, slowStartPolicy: {window: '0', aggression: '1e3'}}"),
            "unreported \(path)[0].slowStartPolicy.window slow-start-invalid",
            "unreported \(path)[0].slowStartPolicy.aggression slow-start-invalid"
        ),
    ])
    func looksAtSlowStart(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let mirrors =
        "{name: a, port: 80}, {name: b, port: 80, mirror: true}, {name: c, port: 80, mirror: true}"

    @Test(arguments: [
        CheckCase(services(mirrors), "drop \(path)[2].mirror second-mirror ServiceError/OnlyOneMirror"),
        CheckCase(
            services("{name: a, port: 80, mirror: true, weight: 0}"),
            "unreported \(path)[0].mirror only-mirrors",
            "unreported \(path)[0].weight ~mirror-weight"
        ),
        CheckCase(
            services("{name: a, port: 80}, {name: b, port: 80, mirror: true, weight: 101}"),
            "unreported \(path)[1].weight ~mirror-weight"
        ),
        CheckCase(
            services("{name: a, port: 80}, {name: b, port: 80, mirror: true, requestHeadersPolicy: {remove: [a]}}"),
            "unreported \(path)[1].requestHeadersPolicy ~policy-unused"
        ),
        // A mirror's weight is none of the total.
        CheckCase(
            services(
                """
                {name: a, port: 80, weight: 4294967294}, {name: c, port: 80, weight: 1},
                {name: b, port: 80, mirror: true, weight: 50}
                """
            )
        ),
    ])
    func looksAtMirrors(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test(arguments: [
        CheckCase(services("{name: a, port: 80, weight: 0}")),
        CheckCase(services("{name: a, port: 80}, {name: a, port: 80}")),
        CheckCase(
            services("{name: a, port: 80, weight: 0}, {name: b, port: 80}"),
            "unreported \(path) ~weight-all-zero"
        ),
        CheckCase(
            services("{name: a, port: 80, weight: -1}, {name: b, port: 80, weight: 1}"),
            "unreported \(path)[0].weight weight-negative"
        ),
        CheckCase(
            services("{name: a, port: 80, weight: 4294967296}, {name: b, port: 80, weight: 1}"),
            "unreported \(path) weight-too-large"
        ),
        CheckCase(
            services("{name: a, port: 80, weight: 4294967295}, {name: b, port: 80, weight: 1}"),
            "unreported \(path) weight-total"
        ),
        // A lone service ignores its weight.
        CheckCase(services("{name: a, port: 80, weight: 4294967296}")),
    ])
    func looksAtWeights(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test func saysWhatIsLeftOfALargeWeight() throws {
        let spec = Self.services("{name: a, port: 80, weight: 4294967301}, {name: b, port: 80, weight: 1}")
        #expect(
            try CheckedProxy.checks(spec).faults().map(\.finding.account) == [
                "the weight 4294967301 of a is no 32-bit number, so Contour takes 5 for it"
            ]
        )
    }
}
