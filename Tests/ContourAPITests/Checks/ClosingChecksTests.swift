import ContourAPI
import Testing

/// V40 to V42.
@Suite(.timeLimit(.minutes(1))) struct ClosingChecksTests {
    private static func host(_ fields: String) -> String {
        "{virtualhost: {fqdn: a, \(fields)}, routes: [{services: [{name: a, port: 80}]}]}"
    }

    private static let cors = "spec.virtualhost.corsPolicy"
    private static let error = "CORSError/PolicyDidNotParse"

    @Test(arguments: [
        CheckCase(host("corsPolicy: {allowOrigin: ['*', 'https://a.b:80', 'https://.*[.]b'], allowMethods: [GET]}")),
        CheckCase(host("corsPolicy: {allowOrigin: ['https://*.b'], allowMethods: [GET], maxAge: '0'}")),
        CheckCase(
            host("corsPolicy: {allowOrigin: ['*.foo.com'], allowMethods: [GET]}"),
            "stop \(cors).allowOrigin[0] cors-origin \(error)"
        ),
        CheckCase(
            host("corsPolicy: {}"),
            "stop \(cors).allowOrigin cors-origin \(error)",
            "stop \(cors).allowMethods cors-methods \(error)"
        ),
        CheckCase(
            host("corsPolicy: {allowOrigin: [], allowMethods: [], allowHeaders: []}"),
            "unreported \(cors).allowHeaders empty-list",
            "stop \(cors).allowOrigin cors-origin \(error)",
            "stop \(cors).allowMethods cors-methods \(error)"
        ),
        CheckCase(
            host("corsPolicy: {allowOrigin: ['*'], allowMethods: [GE T], maxAge: -1s}"),
            "unreported \(cors).allowMethods[0] not-a-token",
            "stop \(cors).maxAge cors-max-age \(error)"
        ),
        CheckCase(
            host("corsPolicy: {allowOrigin: ['*'], allowMethods: [GET], maxAge: soon}"),
            "stop \(cors).maxAge cors-max-age \(error)"
        ),
        CheckCase(
            host("rateLimitPolicy: {local: {requests: 1, unit: day}}"),
            "stop spec.virtualhost.rateLimitPolicy.local.unit rate-limit-unit VirtualHostError/RateLimitPolicyNotValid"
        ),
    ])
    func looksAtCORSAndRates(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private func closing(_ fields: String) throws -> [String] {
        try CheckedProxy.checks(Self.host(fields)).closingFaults().map(CheckedProxy.line)
    }

    private static let range = "ip-range-invalid IPFilterError"

    @Test func goesOnWithoutABadAddress() throws {
        let list = "ipAllowPolicy: [{source: Peer, cidr: x}, {source: Peer, cidr: 10.0.0.0/8}]"
        let line = "goOn spec.virtualhost.ipAllowPolicy[0].cidr \(Self.range)/InvalidCIDR"
        #expect(try closing(list) == [line])
        #expect(try CheckedProxy.found(Self.host(list)) == [line])
        #expect(try closing("\(list), tls: {secretName: s}") == [line, line])
        #expect(try CheckedProxy.found(Self.host("\(list), tls: {secretName: s}")) == [line])
    }

    @Test func stopsAtABadAddressThatIsLast() throws {
        let list = "ipDenyPolicy: [{source: Peer, cidr: 10.0.0.0/8}, {source: Peer}]"
        let place = "spec.virtualhost.ipDenyPolicy[1].cidr \(Self.range)"
        let lines = ["goOn \(place)/InvalidCIDR", "stop \(place)/IPFilterPolicyNotValid"]
        #expect(try closing(list) == lines)
        #expect(try closing("\(list), tls: {secretName: s}") == lines)
        #expect(try CheckedProxy.found(Self.host(list)) == ["goOn \(place)/InvalidCIDR"])
    }
}
