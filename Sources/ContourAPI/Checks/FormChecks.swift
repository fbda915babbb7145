import JSON
import Schema

/// What Contour does not report on an object: the schema's limits, what Envoy refuses, what is ignored.
enum FormChecks {
    /// The rules of faults that the schema finds too: they are told by the checks, with what Contour makes of them.
    private static let twofold: [ProxyCheck] = [
        .fqdnMissing, .fqdn, .port, .serviceName, .upstreamProtocol, .subjectNames, .clientAuthority,
        .authorizationTimeout, .keySource, .keyDuration, .keyFamily, .corsOrigin, .corsMethods, .corsMaxAge, .timeout,
        .rateRequests, .rateUnit, .headerName, .healthStatuses, .slowStart, .addressRange,
    ]
    private static let shared = Set(twofold.map { "httpproxy/\($0.rule)" })

    static func check(_ proxy: JSONValue, _ context: ProxyContext, into faults: inout FaultList) {
        for finding in SchemaValidator(prefix: "httpproxy", schema: HTTPProxySchema.object).findings(in: proxy)
        where !shared.contains(finding.rule) {
            // Contour's CRD drops what it does not know either: what gets here may well be newer than our schema.
            let isUnknown = finding.rule == "httpproxy/unknown-field"
            faults.add(ProxyFault(isUnknown ? finding.with(.warn) : finding, .unreported))
        }
        if context.isRoot { checkHost(context, into: &faults) }
        RouteForms(context).check(into: &faults)
        let services = context.spec["tcpproxy"]?.list("services") ?? []
        for (index, service) in services.enumerated() {
            let path = "spec.tcpproxy.services[\(index)]"
            ServiceForms.checkValidation(service, at: path, context, into: &faults)
        }
        SharingChecks.check(services, at: "spec.tcpproxy.services", into: &faults)
        checkStrategy(context.spec["tcpproxy"] ?? .null, at: "spec.tcpproxy", into: &faults)
    }

    private static func checkHost(_ context: ProxyContext, into faults: inout FaultList) {
        checkName(context.host, into: &faults)
        let tls = context.tls
        let path = "spec.virtualhost.tls"
        if tls.flag("passthrough"), !context.spec.has("tcpproxy") {
            faults.add(
                .passthroughAlone,
                at: "\(path).passthrough",
                true,
                "nothing answers",
                write: "add spec.tcpproxy"
            )
        }
        for field in ["minimumProtocolVersion", "maximumProtocolVersion"] {
            guard let version = tls.filled(field), version != "1.2", version != "1.3" else { continue }
            faults.add(
                .tlsVersion,
                at: "\(path).\(field)",
                .string(version),
                "\(version) is ignored",
                write: "write 1.2 or 1.3, in quotes"
            )
        }
        let policy = context.virtualHost["corsPolicy"] ?? .null
        for field in ["allowHeaders", "exposeHeaders"] {
            checkFilled(policy, field, at: "spec.virtualhost.corsPolicy", into: &faults)
        }
        checkRates(context.virtualHost, at: "spec.virtualhost", into: &faults)
    }

    private static func checkName(_ name: String, into faults: inout FaultList) {
        guard name.contains(where: { !$0.isWhitespace }), !HostName.isPattern(name) else { return }
        let lower = name.lowercased()
        faults.add(
            .fqdn,
            at: "spec.virtualhost.fqdn",
            .string(name),
            "\(name) is no host name: lower case letters, digits, - and dots, no port, no dot at the end",
            write: HostName.isPattern(lower)
                ? "write \(lower)" : "write a name such as app.example.com or *.example.com"
        )
    }

    /// Tells a list that is there and empty.
    static func checkFilled(_ owner: JSONValue, _ field: String, at path: String, into faults: inout FaultList) {
        guard owner[field]?.array?.isEmpty ?? false else { return }
        faults.add(
            .emptyList,
            at: "\(path).\(field)",
            owner[field],
            "an empty list",
            write: "write an entry, or leave it out"
        )
    }

    /// Checks what a rate limit counts, for `owner`, a host or a route.
    static func checkRates(_ owner: JSONValue, at path: String, into faults: inout FaultList) {
        guard let global = owner[path: "rateLimitPolicy", "global"] else { return }
        let place = "\(path).rateLimitPolicy.global"
        checkFilled(global, "descriptors", at: place, into: &faults)
        for (index, descriptor) in global.list("descriptors").enumerated() {
            let place = "\(place).descriptors[\(index)]"
            checkFilled(descriptor, "entries", at: place, into: &faults)
            for (number, entry) in descriptor.list("entries").enumerated() {
                guard let match = entry["requestHeaderValueMatch"] else { continue }
                checkMatch(match, at: "\(place).entries[\(number)].requestHeaderValueMatch", into: &faults)
            }
        }
    }

    private static func checkMatch(_ match: JSONValue, at path: String, into faults: inout FaultList) {
        checkFilled(match, "headers", at: path, into: &faults)
        for (index, header) in match.list("headers").enumerated() {
            guard HeaderMatch.acting(in: header).first == "regex", let pattern = header.filled("regex"),
                let fault = RE2Syntax.fault(in: pattern)
            else { continue }
            faults.add(
                .rateExpression,
                at: "\(path).headers[\(index)].regex",
                .string(pattern),
                "\(pattern) does not compile: \(fault)",
                write: "write an expression of RE2",
                so: "Envoy refuses the routes of all hosts"
            )
        }
    }

    /// Tells a strategy that there is not.
    static func checkStrategy(_ owner: JSONValue, at path: String, into faults: inout FaultList) {
        guard let name = owner["loadBalancerPolicy"]?.filled("strategy"), !BalancingPolicy.strategies.contains(name)
        else { return }
        faults.add(
            .strategy,
            at: "\(path).loadBalancerPolicy.strategy",
            .string(name),
            "unknown, so RoundRobin",
            write: "write \(NearestName.find(name, among: BalancingPolicy.strategies) ?? "RoundRobin")"
        )
    }
}
