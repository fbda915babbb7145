import ContourAPI
import JSON
import Lint
import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct ContourConditionTests {
    private func condition(_ name: String, at path: String = "spec", root: Bool = false) -> String? {
        let finding = Finding(rule: "httpproxy/\(name)", path: path, problem: "", remedy: "")
        let proxy: JSONValue = root ? ["spec": ["virtualhost": ["fqdn": "a"]]] : ["spec": ["routes": []]]
        return ContourCondition(finding, in: proxy).map { "\($0.type)/\($0.reason)" }
    }

    @Test func isContoursOwn() {
        #expect(condition("fqdn-taken") == "VirtualHostError/DuplicateVhost")
        #expect(condition("unknown-field") == nil)
        #expect(condition("include-self") == "IncludeError/IncludeCreatesCycle")
        #expect(condition("include-self", root: true) == "IncludeError/RootIncludesRoot")
        let service = "services[0].name"
        #expect(
            condition("service-missing", at: "spec.routes[0].\(service)") == "ServiceError/ServiceUnresolvedReference"
        )
        #expect(
            condition("service-missing", at: "spec.tcpproxy.\(service)") == "TCPProxyError/ServiceUnresolvedReference"
        )
        let foreign = Finding(rule: "canary/fqdn-taken", path: "spec", problem: "", remedy: "")
        #expect(ContourCondition(foreign, in: .null) == nil)
    }

    /// Specs with as many faults as fit.
    private static let wrong = [
        """
        virtualhost:
          fqdn: " "
          ipAllowPolicy: [{cidr: 10.0.0.0/8, source: Peer}]
          ipDenyPolicy: [{cidr: 10.0.0.0/8, source: Peer}]
          tls: {secretName: a, passthrough: true, enableFallbackCertificate: true, clientValidation: {caSecret: a}}
        """,
        """
        virtualhost:
          fqdn: a.example.com
          tls: {secretName: a, minimumProtocolVersion: "1.3", maximumProtocolVersion: "1.2"}
        includes:
        - name: ingress
        - name: b
          conditions: [{exact: /}]
        - name: b
          conditions: [{exact: /}]
        tcpproxy: {include: {name: a}, services: [{name: a, port: 80}]}
        """,
        """
        virtualhost: {fqdn: b.example.com}
        tcpproxy: {}
        routes:
        - conditions:
          - regex: a(?=b)
          - header: {name: a, exact: b}
          - header: {name: a, exact: c}
          - queryParameter: {name: a}
          requestRedirectPolicy: {path: /, prefix: /}
          timeoutPolicy: {response: soon}
          jwtVerificationPolicy: {require: a, disabled: true}
          pathRewritePolicy:
            replacePrefix: [{replacement: /}, {replacement: /a}, {prefix: /b, replacement: /}, {prefix: /b, replacement: /}]
          services:
          - {name: a, port: 0, mirror: true}
          - {name: b, port: 80, mirror: true, protocol: h3}
        """,
    ]

    @Test func agreesWithWhatTheFindingsSay() {
        var seen: Set<String> = []
        for spec in Self.wrong {
            let lines = spec.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
            let head = "apiVersion: projectcontour.io/v1\nkind: HTTPProxy\nmetadata: {name: ingress, namespace: test}\n"
            let report = LintFixture.report("\(head)spec:\n\(lines)\n")
            #expect(report.faults.isEmpty)
            for found in report.findings {
                guard let mark = found.message.firstRange(of: "(Contour: ") else { continue }
                let said = found.message[mark.upperBound...].prefix { $0 != ")" }
                #expect(found.condition.map { "\($0.type)/\($0.reason)" } == String(said), "\(found.text)")
                seen.insert(found.finding.rule)
            }
        }
        #expect(seen.count >= 24, "\(seen.sorted())")
    }
}
