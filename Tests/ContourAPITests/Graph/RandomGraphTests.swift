import Admission
import ContourAPI
import JSON
import Kubernetes
import Schema
import Testing

/// What holds for every graph: tried on a hundred of them, each from its seed.
@Suite(.timeLimit(.minutes(1))) struct RandomGraphTests {
    /// Seeds are tried in lots, so that a failure names a narrow range.
    private static let lots = Array(stride(from: UInt64(0), to: 100, by: 25))

    private func proxies(in view: ClusterView) -> [JSONValue] {
        view.objects(.httpProxies).sorted { $0.key.description < $1.key.description }
    }

    private func findings(in view: ClusterView) -> [String: Set<Finding>] {
        Dictionary(
            uniqueKeysWithValues: proxies(in: view).map { proxy in
                (proxy.key.description, Set(HTTPProxyRules.findings(in: proxy, among: view)))
            }
        )
    }

    @Test(arguments: lots) func doesNotDependOnTheOrderOfApplication(first: UInt64) {
        for seed in first..<first + 25 {
            var random = RandomProxies(seed: seed)
            let view = RandomProxies.view(random.objects)
            var other = RandomProxies.view([])
            for (type, object) in random.shuffled() {
                if type == .httpProxies { other.set(type, random.earlier(object)) }
            }
            for (type, object) in random.shuffled() { other.set(type, object) }
            #expect(findings(in: view) == findings(in: other), "seed \(seed)")
            #expect(ProxyGraph(view).evaluation() == ProxyGraph(other).evaluation(), "seed \(seed)")
        }
    }

    @Test(arguments: lots) func findsTheSameTwice(first: UInt64) {
        for seed in first..<first + 25 {
            let view = RandomProxies.view(RandomProxies(seed: seed).objects)
            for proxy in proxies(in: view) {
                let findings = HTTPProxyRules.findings(in: proxy, among: view)
                #expect(HTTPProxyRules.findings(in: proxy, among: view) == findings, "seed \(seed)")
                // As it stands already: nothing changes for others.
                #expect(HTTPProxyRules.findings(in: proxy, insteadOf: proxy, among: view) == findings, "seed \(seed)")
            }
        }
    }

    @Test(arguments: lots) func findsAllThatContourWouldReport(first: UInt64) {
        for seed in first..<first + 25 {
            let view = RandomProxies.view(RandomProxies(seed: seed).objects)
            let evaluation = ProxyGraph(view).evaluation()
            for proxy in proxies(in: view) {
                guard let status = evaluation.statuses[proxy.key] else { continue }
                let found = HTTPProxyRules.findings(in: proxy, among: view).compactMap(\.reported)
                let told = Set(found.map { "\($0.type)/\($0.reason)" })
                for error in status.errors + status.warnings where error.reason != "IPFilterPolicyNotValid" {
                    let name = "\(error.type)/\(error.reason)"
                    #expect(told.contains(name), "seed \(seed): \(proxy.key) \(name) at \(error.path)")
                }
                if found.isEmpty { #expect(status.verdict == .valid, "seed \(seed): \(proxy.key)") }
            }
        }
    }

    /// The rules that say what the whole graph says.
    @Test(arguments: lots) func agreesWithTheWholeGraph(first: UInt64) {
        for seed in first..<first + 25 {
            let view = RandomProxies.view(RandomProxies(seed: seed).objects)
            let evaluation = ProxyGraph(view).evaluation()
            for proxy in proxies(in: view) {
                guard let status = evaluation.statuses[proxy.key] else { continue }
                let rules = Set(HTTPProxyRules.findings(in: proxy, among: view).map(\.rule))
                let reasons = Set(status.errors.map(\.reason))
                #expect(
                    rules.contains("httpproxy/orphan") == (status.verdict == .orphaned),
                    "seed \(seed): \(proxy.key)"
                )
                #expect(
                    rules.contains("httpproxy/fqdn-taken") == reasons.contains("DuplicateVhost"),
                    "seed \(seed): \(proxy.key)"
                )
                #expect(!rules.contains("httpproxy/graph-too-large"))
            }
        }
    }

    /// A hundred graphs hold every reason that only other HTTPProxies can give, or the tests above see little.
    @Test func drawsEveryFaultThatOthersGive() {
        var reasons: Set<String> = []
        var verdicts: Set<String> = []
        for seed in UInt64(0)..<100 {
            let evaluation = ProxyGraph(RandomProxies.view(RandomProxies(seed: seed).objects)).evaluation()
            for status in evaluation.statuses.values {
                reasons.formUnion(status.errors.map { "\($0.type)/\($0.reason)" })
                verdicts.insert(status.verdict.rawValue)
            }
        }
        #expect(verdicts == ["valid", "invalid", "orphaned"])
        for reason in [
            "VirtualHostError/DuplicateVhost", "IncludeError/IncludeNotFound", "IncludeError/RootIncludesRoot",
            "IncludeError/IncludeCreatesCycle", "TCPProxyIncludeError/IncludeNotFound",
            "TCPProxyIncludeError/RootIncludesRoot", "TCPProxyIncludeError/IncludeCreatesCycle",
            "RouteError/HeaderMatchConditionsNotValid", "JWTVerificationError/JWTProviderNotDefined",
        ] { #expect(reasons.contains(reason), "\(reason)") }
    }
}
