import Admission
import ContourAPI
import JSON
import Schema
import Testing

@Suite struct ConditionAndServiceRulesTests {
    /// What is found, as `path rule: problem`, below `spec.routes[0].`; warnings begin with `~`.
    private func found(_ route: String) throws -> [String] {
        let proxy = try ProxyCalls.proxy(#"{"routes":[\#(route)]}"#)
        let findings = HTTPProxyRules.findings(for: proxy)
        #expect(ProxyCalls.cutWarnings(in: findings).isEmpty)
        return findings.map { finding in
            let path = finding.path.dropFirst("spec.routes[0].".count)
            let rule = finding.rule.dropFirst("httpproxy/".count)
            return "\(finding.severity == .warn ? "~" : "")\(path) \(rule): \(finding.account)"
        }
    }

    private func foundIn(conditions: String) throws -> [String] {
        try found(#"{"conditions":\#(conditions),"directResponsePolicy":{"statusCode":200}}"#)
    }

    private func foundIn(services: String) throws -> [String] { try found(#"{"services":\#(services)}"#) }

    private static let pathFault = "(Contour: RouteError/PathMatchConditionsNotValid)"
    private static let headerFault = "(Contour: RouteError/HeaderMatchConditionsNotValid)"
    private static let queryFault = "(Contour: RouteError/QueryParameterMatchConditionsNotValid)"

    @Test(
        arguments: [
            (#"[{"prefix":"/a"}]"#, []),
            (#"[{"prefix":"/a"},{"header":{"name":"h","present":true}}]"#, []),
            (
                #"[{"prefix":"/a"},{"prefix":"/b"}]"#,
                [
                    "conditions[1].prefix route-path-conditions: a second path condition beside conditions[0].prefix "
                        + pathFault
                ]
            ),
            (
                #"[{"prefix":"/a","exact":"/b"}]"#,
                [
                    "conditions[0].exact route-path-conditions: a second path condition beside conditions[0].prefix \(pathFault)"
                ]
            ),
            (
                #"[{"regex":"a"}]"#,
                ["conditions[0].regex route-path-conditions: a does not begin with / \(pathFault)"]
            ),
            (
                #"[{"regex":"/a(?!b)"}]"#,
                ["conditions[0].regex route-path-conditions: RE2 has no look-ahead \(pathFault)"]
            ),
            (#"[{"regex":"/a(?:b)[(?=]"}]"#, []),
            (
                #"[{"exact":"/a"},{"header":{"name":"h","exact":"v"}}]"#,
                ["~conditions[0].exact exact-not-last: not last, so acts as a prefix"]
            ),
        ] as [(String, [String])]
    )
    func judgesPaths(conditions: String, expected: [String]) throws {
        let found = try foundIn(conditions: conditions)
        #expect(found == expected.map { $0.replacing("beside conditions", with: "beside spec.routes[0].conditions") })
    }

    @Test(
        arguments: [
            (
                #"[{"header":{"name":"h"}}]"#,
                [
                    "conditions[0].header header-without-operator: says nothing about h and is ignored, so the route "
                        + "matches more"
                ]
            ),
            (
                #"[{"header":{"exact":"v"}}]"#,
                ["conditions[0].header.name header-name-missing: a header condition without a name"]
            ),
            (
                #"[{"header":{"name":"","exact":"v"}}]"#,
                ["conditions[0].header.name header-name-missing: a header condition without a name"]
            ),
            (
                #"[{"header":{"name":"h","exact":"v","contains":"w"}}]"#,
                ["~conditions[0].header header-several-operators: only contains acts"]
            ),
            (
                #"[{"header":{"name":"h","exact":"v"}},{"header":{"name":"H","exact":"w"}}]"#,
                ["conditions[1].header.exact header-conditions: a second exact value for h \(headerFault)"]
            ),
            (
                #"[{"header":{"name":"h","present":true}},{"header":{"name":"h","notpresent":true}}]"#,
                ["conditions[1].header.notpresent header-conditions: contradicts present on h \(headerFault)"]
            ),
            (
                #"[{"header":{"name":"h","notcontains":"v"}},{"header":{"name":"h","contains":"v"}}]"#,
                ["conditions[1].header.contains header-conditions: contradicts notcontains on h \(headerFault)"]
            ),
            (#"[{"header":{"name":"h","exact":"v"}},{"header":{"name":"h","notexact":"w"}}]"#, []),
            (
                #"[{"header":{"name":"h","regex":"(a)\\1"}}]"#,
                ["conditions[0].header.regex header-conditions: RE2 has no back-reference \\1 \(headerFault)"]
            ),
            (
                #"[{"queryParameter":{"name":"q"}}]"#,
                ["conditions[0].queryParameter query-conditions: no operator \(queryFault)"]
            ),
            (
                #"[{"queryParameter":{"name":"q","exact":"a","prefix":"b"}}]"#,
                ["conditions[0].queryParameter query-conditions: several operators: exact, prefix \(queryFault)"]
            ),
            (
                #"[{"queryParameter":{"name":"q","exact":"a"}},{"queryParameter":{"name":"Q","exact":"b"}}]"#,
                ["conditions[1].queryParameter.exact query-conditions: a second exact value for Q \(queryFault)"]
            ),
        ] as [(String, [String])]
    )
    func judgesHeadersAndParameters(conditions: String, expected: [String]) throws {
        #expect(try foundIn(conditions: conditions) == expected)
    }

    private static let portFault = "(Contour: ServiceError/ServicePortInvalid)"

    @Test(
        arguments: [
            (#"[{"name":"a","port":80}]"#, []),
            (#"[{"name":"a","port":80,"weight":0}]"#, []),
            (#"[{"name":"a","port":80},{"name":"b","port":80}]"#, []),
            (#"[{"name":"a"}]"#, ["services[0].port port-invalid: a service without a port \(portFault)"]),
            (#"[{"name":"a","port":65536}]"#, ["services[0].port port-invalid: 65536 is no port \(portFault)"]),
            (
                #"[{"name":"a","port":80,"healthPort":-1}]"#,
                ["services[0].healthPort port-invalid: -1 is no port \(portFault)"]
            ),
            (
                #"[{"name":"a","port":80,"weight":0},{"name":"b","port":80}]"#,
                ["services weight-all-zero: weights of 0 everywhere share the requests evenly"]
            ),
            (
                #"[{"name":"a","port":80,"weight":-1},{"name":"b","port":80}]"#,
                ["services weight-negative: the weight -1 of a is below 0"]
            ),
            (
                #"[{"name":"a","port":80,"weight":4294967296},{"name":"b","port":80}]"#,
                ["services weight-too-large: the weight 4294967296 of a is no 32-bit number"]
            ),
            (
                #"[{"name":"a","port":80,"weight":4294967295},{"name":"b","port":80,"weight":1}]"#,
                ["services weight-total: the weights add up to 4294967296, above 4294967295, which Envoy refuses"]
            ),
            (
                #"[{"name":"a","port":80},{"name":"b","port":80,"mirror":true},{"name":"c","port":80,"mirror":true}]"#,
                [
                    "services[2].mirror second-mirror: a route copies its requests to one service only (Contour: "
                        + "ServiceError/OnlyOneMirror)"
                ]
            ),
            (
                #"[{"name":"a","port":80,"mirror":true,"weight":0}]"#,
                [
                    "services[0].mirror only-mirrors: no service is left to answer, so every request gets 503",
                    "~services[0].weight mirror-weight: copies every request",
                ]
            ),
        ] as [(String, [String])]
    )
    func judgesServices(services: String, expected: [String]) throws {
        #expect(try foundIn(services: services) == expected)
    }
}
