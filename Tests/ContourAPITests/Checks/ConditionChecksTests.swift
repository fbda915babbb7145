import ContourAPI
import JSON
import Testing
import YAML

/// V31 to V33, V38, V39 and what of section 4.11 is about conditions.
@Suite(.timeLimit(.minutes(1))) struct ConditionChecksTests {
    private static func route(_ conditions: String) -> String {
        "{routes: [{conditions: [\(conditions)], directResponsePolicy: {statusCode: 200}}]}"
    }

    private static let own = "spec.routes[0].conditions"
    private static let path = "route-path-conditions RouteError/PathMatchConditionsNotValid"
    private static let header = "header-conditions RouteError/HeaderMatchConditionsNotValid"
    private static let query = "query-conditions RouteError/QueryParameterMatchConditionsNotValid"

    @Test(arguments: [
        CheckCase(route("{prefix: /a}, {header: {name: h, present: true}}")),
        CheckCase(route("{prefix: /a}, {prefix: /b}"), "drop \(own)[1].prefix \(path)"),
        CheckCase(route("{prefix: /a, exact: /b}"), "drop \(own)[0].exact \(path)"),
        CheckCase(route("{prefix: a}"), "drop \(own)[0].prefix \(path)"),
        CheckCase(route("{regex: '^/a'}"), "drop \(own)[0].regex \(path)"),
        CheckCase(route("{regex: '/a(?!b)'}"), "drop \(own)[0].regex \(path)"),
        CheckCase(
            route("{exact: /a}, {header: {name: h, exact: v}}"),
            "unreported \(own)[0].exact ~exact-not-last"
        ),
        CheckCase(route("{header: {name: h, exact: v}}, {exact: /a}")),
        CheckCase(route("{exact: /a, header: {name: h, exact: v}}")),
        CheckCase(route("{regex: /a}, {header: {name: h, exact: v}}")),
    ])
    func looksAtPaths(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test(arguments: [
        CheckCase(route("{header: {name: h}}"), "unreported \(own)[0].header header-without-operator"),
        CheckCase(route("{header: {name: h, exact: ''}}"), "unreported \(own)[0].header header-without-operator"),
        CheckCase(route("{header: {exact: v}}"), "unreported \(own)[0].header.name header-name-missing"),
        CheckCase(route("{header: {name: '', exact: v}}"), "unreported \(own)[0].header.name header-name-missing"),
        CheckCase(
            route("{header: {name: h, exact: v, contains: w}}"),
            "unreported \(own)[0].header ~header-several-operators"
        ),
        // An expression beside another operator is not compiled.
        CheckCase(
            route("{header: {name: h, regex: '(', contains: w}}"),
            "unreported \(own)[0].header ~header-several-operators"
        ),
        CheckCase(
            route("{header: {name: h, exact: v}}, {header: {name: H, exact: w}}"),
            "drop \(own)[1].header.exact \(header)"
        ),
        CheckCase(
            route("{header: {name: h, present: true}}, {header: {name: h, notpresent: true}}"),
            "drop \(own)[1].header.notpresent \(header)"
        ),
        CheckCase(
            route("{header: {name: h, notcontains: v}}, {header: {name: h, contains: v}}"),
            "drop \(own)[1].header.contains \(header)"
        ),
        CheckCase(route("{header: {name: h, exact: v}}, {header: {name: h, notexact: w}}")),
        // What the earlier condition says besides keeps the contradiction unseen; the later may say anything.
        CheckCase(
            route("{header: {name: h, contains: v, ignoreCase: true}}, {header: {name: h, notcontains: v}}")
        ),
        CheckCase(
            route("{header: {name: h, contains: v}}, {header: {name: h, notcontains: v, ignoreCase: true}}"),
            "drop \(own)[1].header.notcontains \(header)"
        ),
        CheckCase(
            route("{header: {name: h, notexact: v, treatMissingAsEmpty: true}}, {header: {name: h, exact: v}}")
        ),
        CheckCase(route("{header: {name: h, regex: '(a'}}"), "drop \(own)[0].header.regex \(header)"),
        CheckCase(route("{header: {name: h, contains: a}}, {header: {name: h, contains: b}}")),
        CheckCase(route("{header: {name: ':method', exact: GET}}")),
    ])
    func looksAtHeaders(example: CheckCase) throws { try CheckedProxy.expect(example) }

    @Test(arguments: [
        CheckCase(route("{queryParameter: {name: q}}"), "drop \(own)[0].queryParameter \(query)"),
        CheckCase(
            route("{queryParameter: {name: q, exact: a, present: true}}"),
            "drop \(own)[0].queryParameter \(query)"
        ),
        CheckCase(
            route("{queryParameter: {name: q, exact: a}}, {queryParameter: {name: Q, exact: b}}"),
            "drop \(own)[1].queryParameter.exact \(query)"
        ),
        CheckCase(route("{queryParameter: {name: q, regex: '['}}"), "drop \(own)[0].queryParameter.regex \(query)"),
        CheckCase(
            route("{queryParameter: {name: '', exact: a}}"),
            "unreported \(own)[0].queryParameter.name query-name-missing"
        ),
        CheckCase(route("{queryParameter: {name: q, prefix: a}}, {queryParameter: {name: q, suffix: b}}")),
    ])
    func looksAtQueries(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static let include = "spec.includes[0].conditions"

    @Test(arguments: [
        CheckCase(
            "{includes: [{name: b, conditions: [{exact: /x}]}]}",
            "skipInclude \(include)[0].exact include-path-conditions IncludeError/PathMatchConditionsNotValid"
        ),
        CheckCase(
            "{includes: [{name: b, conditions: [{prefix: x}]}]}",
            "skipInclude \(include)[0].prefix include-path-conditions IncludeError/PathMatchConditionsNotValid"
        ),
        CheckCase(
            "{includes: [{name: b, conditions: [{header: {name: h, regex: '('}}, {queryParameter: {name: q}}]}]}",
            "skipInclude \(include)[0].header.regex \(header)",
            "skipInclude \(include)[1].queryParameter \(query)"
        ),
        CheckCase("{includes: [{}]}", "unreported spec.includes[0].name include-name-missing"),
        CheckCase("{includes: [{name: ''}]}", "unreported spec.includes[0].name include-name-missing"),
        CheckCase(
            "{includes: [{name: shop}]}",
            "skipInclude spec.includes[0].name include-self IncludeError/IncludeCreatesCycle"
        ),
        CheckCase(
            "{virtualhost: {fqdn: a}, includes: [{name: shop, namespace: web}]}",
            "skipInclude spec.includes[0].name include-self IncludeError/RootIncludesRoot"
        ),
        CheckCase("{includes: [{name: shop, namespace: other}]}"),
    ])
    func looksAtIncludes(example: CheckCase) throws { try CheckedProxy.expect(example) }

    private static func includes(_ first: String, _ second: String) -> String {
        "{includes: [{name: b, conditions: [\(first)]}, {name: c, conditions: [\(second)]}]}"
    }

    private static let duplicate =
        "skipInclude spec.includes[1].conditions include-duplicate "
        + "IncludeError/DuplicateMatchConditions"

    @Test(arguments: [
        CheckCase("{includes: [{name: b}, {name: b}, {name: c, conditions: [{prefix: /}]}]}"),
        CheckCase(includes("{prefix: /x}", "{prefix: /x}"), duplicate),
        CheckCase(includes("{prefix: /x}", "{prefix: //x}"), duplicate),
        CheckCase(includes("{prefix: /x}", "{prefix: /x/}")),
        CheckCase(
            includes("{prefix: /x}, {header: {name: h, exact: '1'}}", "{header: {exact: '1', name: h}}, {prefix: /x}"),
            duplicate
        ),
        CheckCase(
            includes(
                "{header: {name: h, exact: a}}, {header: {name: i, present: true}}",
                "{header: {name: i, present: true}}, {header: {name: h, exact: a}}"
            ),
            duplicate
        ),
        // The case of a header's name counts here.
        CheckCase(includes("{header: {name: h, exact: a}}", "{header: {name: H, exact: a}}")),
        CheckCase(
            includes("{header: {name: h, exact: a}}", "{header: {name: h, exact: a, ignoreCase: true}}")
        ),
        // One with a fault is not remembered.
        CheckCase(
            includes(
                "{prefix: /x}, {queryParameter: {name: q, regex: '('}}",
                "{prefix: /x}, {queryParameter: {name: q, regex: '('}}"
            ),
            "skipInclude spec.includes[0].conditions[1].queryParameter.regex \(query)",
            "skipInclude spec.includes[1].conditions[1].queryParameter.regex \(query)"
        ),
    ])
    func looksAtEqualIncludes(example: CheckCase) throws { try CheckedProxy.expect(example) }

    /// A fault of an include's conditions with the route's is told on the route, as a warning.
    @Test func tellsInheritedFaultsApart() throws {
        let checks = try CheckedProxy.checks(
            Self.route("{header: {name: h, exact: b}}, {queryParameter: {name: q, exact: b}}")
        )
        let inherited: [JSONValue] = [
            ["header": ["name": "H", "exact": "a"]], ["queryParameter": ["name": "Q", "exact": "a"]],
        ]
        #expect(
            checks.routeFaults(0, inheriting: inherited).map(CheckedProxy.line) == [
                "drop \(Self.own)[0].header.exact ~inherited-header-conditions RouteError/HeaderMatchConditionsNotValid",
                "drop \(Self.own)[1].queryParameter.exact ~inherited-query-conditions "
                    + "RouteError/QueryParameterMatchConditionsNotValid",
            ]
        )
        #expect(checks.routeFaults(0, inheriting: []).isEmpty)
    }

    /// Two includes on the way may contradict each other; the route has no condition of its own.
    @Test func tellsFaultsBetweenIncludesOnTheRoute() throws {
        let checks = try CheckedProxy.checks("{routes: [{directResponsePolicy: {statusCode: 200}}]}")
        let inherited: [JSONValue] = [
            ["header": ["name": "h", "present": true]], ["header": ["name": "h", "notpresent": true]],
        ]
        #expect(
            checks.routeFaults(0, inheriting: inherited).map(CheckedProxy.line) == [
                "drop \(Self.own) ~inherited-header-conditions RouteError/HeaderMatchConditionsNotValid"
            ]
        )
    }
}
