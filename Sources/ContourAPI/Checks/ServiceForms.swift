import JSON

/// What Contour does not report on services.
enum ServiceForms {
    /// Checks the services of one route.
    static func check(
        _ services: [JSONValue],
        at path: String,
        _ context: ProxyContext,
        into faults: inout FaultList
    ) {
        for (index, service) in services.enumerated() {
            let place = "\(path)[\(index)]"
            checkValidation(service, at: place, context, into: &faults)
            if service.flag("mirror") { checkPolicies(service, at: place, isRoute: false, into: &faults) }
            checkHost(service, at: place, into: &faults)
        }
        checkMirrors(services, at: path, into: &faults)
        SharingChecks.check(services.filter { !$0.flag("mirror") }, at: path, into: &faults)
    }

    /// A certificate is checked where TLS is spoken.
    static func checkValidation(
        _ service: JSONValue,
        at path: String,
        _ context: ProxyContext,
        into faults: inout FaultList
    ) {
        guard let validation = service["validation"], validation.object != nil else { return }
        let checks = ServiceChecks(service, at: path, context, isTCP: false, isHealthChecked: false)
        guard let name = checks.effectiveProtocol, name == "h2c" || name.isEmpty, service["protocol"] != "" else {
            return
        }
        faults.add(
            .validationUnused,
            at: "\(path).validation",
            validation,
            "unused without TLS",
            write: "write protocol: tls"
        )
    }

    /// Tells policies for headers and cookies that nothing comes of.
    static func checkPolicies(_ owner: JSONValue, at path: String, isRoute: Bool, into faults: inout FaultList) {
        for field in ["requestHeadersPolicy", "responseHeadersPolicy", "cookieRewritePolicies"] where owner.has(field) {
            faults.add(
                .policyUnused,
                at: "\(path).\(field)",
                owner[field],
                isRoute ? "unused without services" : "unused on a mirror",
                write: "take it out"
            )
        }
    }

    /// A Host taken from a header is a route's to set.
    private static func checkHost(_ service: JSONValue, at path: String, into faults: inout FaultList) {
        for (index, header) in (service["requestHeadersPolicy"]?.list("set") ?? []).enumerated() {
            guard header["name"]?.string?.lowercased() == "host", let value = header.filled("value"),
                isDynamic(value)
            else { continue }
            faults.add(
                .dynamicHost,
                at: "\(path).requestHeadersPolicy.set[\(index)]",
                .string(value),
                "ignored",
                write: "set it on the route"
            )
        }
    }

    /// Whether there is `%REQ(Name)%` in `text`.
    private static func isDynamic(_ text: String) -> Bool {
        text.split(separator: "%REQ(", omittingEmptySubsequences: false).dropFirst().contains { part in
            guard let end = part.firstIndex(of: ")") else { return false }
            return HeaderNames.isName(String(part[..<end])) && part[end...].hasPrefix(")%")
        }
    }

    private static func checkMirrors(_ services: [JSONValue], at path: String, into faults: inout FaultList) {
        let mirrors = services.indices.filter { services[$0].flag("mirror") }
        if let first = mirrors.first, mirrors.count == services.count {
            faults.add(
                .onlyMirrors,
                at: "\(path)[\(first)].mirror",
                true,
                "no service is left to answer",
                write: "add a service without mirror",
                so: "every request of the route gets 503"
            )
        }
        for index in mirrors {
            guard let weight = services[index]["weight"]?.int, weight == 0 || weight > 100 else { continue }
            faults.add(
                .mirrorWeight,
                at: "\(path)[\(index)].weight",
                services[index]["weight"],
                "copies every request",
                write: "write 1 to 100 or remove mirror"
            )
        }
    }
}
