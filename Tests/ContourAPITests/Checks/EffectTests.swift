import ContourAPI
import Schema
import Testing

/// What the faults mean for traffic, in words.
@Suite(.timeLimit(.minutes(1))) struct EffectTests {
    private func effects(_ spec: String, _ answers: TableOfNeighbours = TableOfNeighbours()) throws -> [String] {
        try CheckedProxy.checks(spec, answers).faults().map { $0.finding.effect ?? "-" }
    }

    @Test(arguments: [
        ("{virtualhost: {fqdn: shop.example.com}}", "no request to shop.example.com is served"),
        ("{virtualhost: {fqdn: ''}, includes: [{name: b}]}", "nothing of the object is served"),
        ("{includes: [{name: b, conditions: [{prefix: x}]}]}", "the include is passed over"),
        ("{routes: [{}]}", "all routes of this object are dropped"),
        ("{tcpproxy: {}}", "the host that includes it is not served"),
        (
            "{virtualhost: {fqdn: a, tls: {secretName: s, clientValidation: {}}}, includes: [{name: b}]}",
            "the object is marked invalid"
        ),
        (
            "{routes: [{services: [{name: a, port: 80}], loadBalancerPolicy: {strategy: RequestHash}}]}",
            "the strategy is RoundRobin"
        ),
        (
            """
            {routes: [{services: [{name: a, port: 80}],
             ipAllowPolicy: [{source: Peer, cidr: x}, {source: Peer, cidr: 10.0.0.1}]}]}
            """,
            "the list is in force without it"
        ),
    ])
    func followTheReach(spec: String, expected: String) throws { #expect(try effects(spec) == [expected]) }

    @Test func nameTheRequestsThatNobodyAnswers() throws {
        let answers = TableOfNeighbours(services: ["a": .missing])
        let alone = "{routes: [{conditions: [{prefix: /api}], services: [{name: a, port: 80}]}]}"
        #expect(try effects(alone, answers) == ["requests to /api get 503"])
        let exact = "{routes: [{conditions: [{exact: /api}], services: [{name: a, port: 80}]}]}"
        #expect(try effects(exact, answers) == ["requests to exactly /api get 503"])
        let two = "{routes: [{services: [{name: a, port: 80}, {name: b, port: 80}]}]}"
        #expect(try effects(two, answers) == ["the service gets no requests"])
        let mirror = "{routes: [{services: [{name: a, port: 80, mirror: true}, {name: b, port: 80}]}]}"
        #expect(try effects(mirror, answers) == ["nothing is copied to it"])
    }

    @Test func standInTheFullAccount() throws {
        let finding = try #require(try CheckedProxy.checks("{routes: [{}]}").faults().first?.finding)
        #expect(
            finding.text
                == "spec.routes[0]: the route does nothing, so all routes of this object are dropped (Contour: "
                + "RouteError/RouteActionCountNotValid); write exactly one of services, requestRedirectPolicy and "
                + "directResponsePolicy [httpproxy/route-action-count]"
        )
    }

    @Test func tellWhoAsksForWhichToken() throws {
        let checks = try CheckedProxy.checks(
            """
            {virtualhost: {fqdn: a, tls: {secretName: s}, jwtProviders: [{name: p}, {name: q}]},
             routes: [{jwtVerificationPolicy: {require: p}}, {jwtVerificationPolicy: {disabled: true}}]}
            """
        )
        #expect(checks.providerNames == ["p", "q"])
        #expect(checks.requiredProvider(ofRoute: 0) == "p")
        #expect(checks.requiredProvider(ofRoute: 1) == nil)
        #expect(checks.requiredProvider(ofRoute: 2) == nil)
    }

    /// A step that there is not finds nothing.
    @Test func areNoneOfWhatIsNotThere() throws {
        let checks = try CheckedProxy.checks("{}")
        #expect(checks.rootFaults().isEmpty)
        #expect(checks.closingFaults().isEmpty)
        #expect(checks.includeFaults(0).isEmpty)
        #expect(checks.routeFaults(0, inheriting: []).isEmpty)
    }
}
