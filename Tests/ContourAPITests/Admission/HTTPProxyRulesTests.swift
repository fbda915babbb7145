import Admission
import ContourAPI
import JSON
import Schema
import Testing

/// Each rule by itself: what stands in the object, and the path and rule of what is found.
@Suite struct HTTPProxyRulesTests {
    /// A spec and what is found in it, as `path rule`; warnings begin with `~`.
    struct Case: Sendable, CustomTestStringConvertible {
        let spec: String
        let found: [String]

        init(_ spec: String, _ found: String...) {
            self.spec = spec
            self.found = found
        }

        var testDescription: String { spec }
    }

    private func check(_ example: Case) throws {
        let proxy = try ProxyCalls.proxy(example.spec)
        let found = HTTPProxyRules.findings(for: proxy).map { finding in
            "\(finding.severity == .warn ? "~" : "")\(finding.path) \(finding.rule.dropFirst("httpproxy/".count))"
        }
        #expect(found == example.found)
        #expect(ProxyCalls.cutWarnings(in: HTTPProxyRules.findings(for: proxy)).isEmpty)
    }

    private static let route = #""routes":[{"services":[{"name":"a","port":80}]}]"#

    @Test(
        arguments: [
            Case(#"{"virtualhost":{},\#(route)}"#, "spec.virtualhost.fqdn fqdn-missing"),
            Case(#"{"virtualhost":{"fqdn":" "},\#(route)}"#, "spec.virtualhost.fqdn fqdn-missing"),
            Case(#"{"virtualhost":{"fqdn":"a.b."},\#(route)}"#, "spec.virtualhost.fqdn fqdn-invalid"),
            Case(#"{"virtualhost":{"fqdn":"a:80"},\#(route)}"#, "spec.virtualhost.fqdn fqdn-invalid"),
            Case(#"{"virtualhost":{"fqdn":"*"},\#(route)}"#, "spec.virtualhost.fqdn fqdn-invalid"),
            Case(#"{"virtualhost":{"fqdn":"-a.b"},\#(route)}"#, "spec.virtualhost.fqdn fqdn-invalid"),
            Case(#"{"virtualhost":{"fqdn":"*.a.b"},\#(route)}"#),
            Case(#"{"virtualhost":{"fqdn":"a.b"}}"#, "spec nothing-defined"),
            Case("{}"),
            Case(#"{"virtualhost":{"fqdn":"a","tls":{"secretName":"s"}},\#(route)}"#),
            Case(#"{"virtualhost":{"fqdn":"a","tls":{}},\#(route)}"#, "spec.virtualhost.tls tls-source"),
            Case(
                #"{"virtualhost":{"fqdn":"a","tls":{"secretName":"s","passthrough":true}},\#(route)}"#,
                "spec.virtualhost.tls tls-source",
                "~spec.virtualhost.tls.passthrough passthrough-without-tcpproxy"
            ),
            Case(
                #"""
                {"virtualhost":{"fqdn":"a","tls":{"passthrough":true,"clientValidation":{},
                 "enableFallbackCertificate":true}},"tcpproxy":{"services":[{"name":"a","port":80}]}}
                """#,
                "spec.virtualhost.tls.clientValidation passthrough-client-validation",
                "spec.virtualhost.tls.enableFallbackCertificate passthrough-fallback"
            ),
            Case(
                #"""
                {"virtualhost":{"fqdn":"a","tls":{"secretName":"s","minimumProtocolVersion":"1.3",
                 "maximumProtocolVersion":"1.2"}},\#(route)}
                """#,
                "spec.virtualhost.tls.maximumProtocolVersion tls-version-order"
            ),
            Case(
                #"{"virtualhost":{"fqdn":"a","tls":{"secretName":"s","minimumProtocolVersion":"1.1"}},\#(route)}"#,
                "~spec.virtualhost.tls.minimumProtocolVersion tls-version-unknown"
            ),
            Case(
                #"{"virtualhost":{"fqdn":"a"},"tcpproxy":{"services":[{"name":"a","port":80}]}}"#,
                "spec.tcpproxy tcpproxy-without-tls"
            ),
            Case(
                #"{"virtualhost":{"fqdn":"a","tls":{"passthrough":true}},"tcpproxy":{}}"#,
                "spec.tcpproxy tcpproxy-empty"
            ),
            Case(
                #"""
                {"virtualhost":{"fqdn":"a","tls":{"passthrough":true}},
                 "tcpproxy":{"services":[{"name":"a","port":80}],"include":{"name":"b"}}}
                """#,
                "spec.tcpproxy tcpproxy-services-and-include"
            ),
            Case(
                #"""
                {"virtualhost":{"fqdn":"a","ipAllowPolicy":[{"source":"Peer","cidr":"10.0.0.0/8"}],
                 "ipDenyPolicy":[{"source":"Peer","cidr":"10.1.0.0/16"}]},\#(route)}
                """#,
                "spec.virtualhost.ipDenyPolicy ip-allow-and-deny"
            ),
        ]
    )
    func judgesTheHost(example: Case) throws { try check(example) }

    @Test(
        arguments: [
            Case(#"{"includes":[{"name":"b"},{"name":"b"},{"name":"c","conditions":[{"prefix":"/"}]}]}"#),
            Case(#"{"includes":[{}]}"#, "spec.includes[0].name include-name-missing"),
            Case(#"{"includes":[{"name":""}]}"#, "spec.includes[0].name include-name-missing"),
            Case(#"{"includes":[{"name":"shop"}]}"#, "spec.includes[0].name include-self"),
            Case(#"{"includes":[{"name":"shop","namespace":"web"}]}"#, "spec.includes[0].name include-self"),
            Case(#"{"includes":[{"name":"shop","namespace":"other"}]}"#),
            Case(
                #"{"includes":[{"name":"b","conditions":[{"exact":"/x"}]}]}"#,
                "spec.includes[0].conditions[0].exact include-path-conditions"
            ),
            Case(
                #"{"includes":[{"name":"b","conditions":[{"prefix":"x"},{"prefix":"/y"}]}]}"#,
                "spec.includes[0].conditions[0].prefix include-path-conditions",
                "spec.includes[0].conditions[1].prefix include-path-conditions"
            ),
            Case(
                #"""
                {"includes":[
                 {"name":"b","conditions":[{"prefix":"/x"},{"header":{"name":"h","exact":"1"}}]},
                 {"name":"c","conditions":[{"header":{"exact":"1","name":"h"}},{"prefix":"/x"}]}]}
                """#,
                "spec.includes[1].conditions include-duplicate"
            ),
            Case(
                #"""
                {"includes":[{"name":"b","conditions":[{"prefix":"/x"}]},{"name":"c","conditions":[{"prefix":"/x/"}]}]}
                """#
            ),
        ]
    )
    func judgesIncludes(example: Case) throws { try check(example) }

    @Test(
        arguments: [
            Case(#"{"routes":[{}]}"#, "spec.routes[0] route-action-count"),
            Case(#"{"routes":[{"services":[]}]}"#, "spec.routes[0] route-action-count"),
            Case(
                #"{"routes":[{"services":[{"name":"a","port":80}],"directResponsePolicy":{"statusCode":200}}]}"#,
                "spec.routes[0] route-action-count"
            ),
            Case(#"{"routes":[{"directResponsePolicy":{"statusCode":200}}]}"#),
            Case(
                #"{"routes":[{"requestRedirectPolicy":{"path":"/a","prefix":"/b"}}]}"#,
                "spec.routes[0].requestRedirectPolicy redirect-path-and-prefix"
            ),
            Case(
                #"""
                {"routes":[{"directResponsePolicy":{"statusCode":200},
                 "timeoutPolicy":{"response":"-1s","idle":"0","idleConnection":"1h1x"}}]}
                """#,
                "spec.routes[0].timeoutPolicy.response timeout-invalid",
                "spec.routes[0].timeoutPolicy.idle timeout-invalid",
                "spec.routes[0].timeoutPolicy.idleConnection timeout-invalid"
            ),
            Case(
                #"""
                {"routes":[{"directResponsePolicy":{"statusCode":200},
                 "timeoutPolicy":{"response":"infinity","idle":"infinite","idleConnection":"1h1.5s"}}]}
                """#
            ),
            Case(
                #"""
                {"routes":[{"directResponsePolicy":{"statusCode":200},
                 "retryPolicy":{"count":-2,"perTryTimeout":"1","retryOn":["5xx","5XX",""]}}]}
                """#,
                "spec.routes[0].retryPolicy.count retry-count",
                "~spec.routes[0].retryPolicy.perTryTimeout per-try-timeout-ignored",
                "spec.routes[0].retryPolicy.retryOn[1] retry-on-unknown",
                "spec.routes[0].retryPolicy.retryOn[2] retry-on-unknown"
            ),
            Case(#"{"routes":[{"directResponsePolicy":{"statusCode":200},"retryPolicy":{"count":-1}}]}"#),
            Case(
                #"""
                {"routes":[{"directResponsePolicy":{"statusCode":200},
                 "jwtVerificationPolicy":{"require":"x","disabled":true}}]}
                """#,
                "spec.routes[0].jwtVerificationPolicy.require jwt-require-and-disabled"
            ),
            Case(
                #"""
                {"routes":[{"conditions":[{"exact":"/a"}],"directResponsePolicy":{"statusCode":200},
                 "pathRewritePolicy":{"replacePrefix":[{"replacement":"/"},{"replacement":"/b"},
                 {"prefix":"/c","replacement":"/"},{"prefix":"/c","replacement":"/d"}]}}]}
                """#,
                "spec.routes[0].pathRewritePolicy.replacePrefix replace-prefix-without-prefix",
                "spec.routes[0].pathRewritePolicy.replacePrefix[1] replace-prefix-ambiguous",
                "spec.routes[0].pathRewritePolicy.replacePrefix[3] replace-prefix-duplicate"
            ),
        ]
    )
    func judgesRoutes(example: Case) throws { try check(example) }
}
