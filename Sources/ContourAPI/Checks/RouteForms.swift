import JSON

/// What Contour does not report on routes.
struct RouteForms {
    private let context: ProxyContext
    private let routes: [JSONValue]

    init(_ context: ProxyContext) {
        self.context = context
        routes = context.spec.list("routes")
    }

    func check(into faults: inout FaultList) {
        for (index, include) in context.spec.list("includes").enumerated() {
            checkOperators(include.list("conditions"), at: "spec.includes[\(index)].conditions", into: &faults)
        }
        for (index, route) in routes.enumerated() {
            let path = "spec.routes[\(index)]"
            let conditions = route.list("conditions")
            checkOrder(conditions, at: "\(path).conditions", into: &faults)
            checkOperators(conditions, at: "\(path).conditions", into: &faults)
            FormChecks.checkRates(route, at: path, into: &faults)
            FormChecks.checkStrategy(route, at: path, into: &faults)
            ReplacementChecks.checkUse(route, isRoot: context.isRoot, at: path, into: &faults)
            RouteActionForms(route: route, path: path).check(into: &faults)
            ServiceForms.check(route.list("services"), at: "\(path).services", context, into: &faults)
            checkInsecure(route, at: path, into: &faults)
        }
        checkShadows(into: &faults)
    }

    /// The last element alone decides what kind of match the path is.
    private func checkOrder(_ conditions: [JSONValue], at path: String, into faults: inout FaultList) {
        let paths = conditions.flatMap { condition in ["prefix", "exact", "regex"].compactMap(condition.filled) }
        guard paths.count == 1 else { return }
        for (index, condition) in conditions.dropLast().enumerated() {
            guard let text = condition.filled("exact") else { continue }
            faults.add(
                .exactNotLast,
                at: "\(path)[\(index)].exact",
                .string(text),
                "not last, so acts as a prefix",
                write: "move it to the end"
            )
        }
    }

    private func checkOperators(_ conditions: [JSONValue], at path: String, into faults: inout FaultList) {
        for (index, condition) in conditions.enumerated() {
            guard let header = condition["header"], header.object != nil else { continue }
            let place = "\(path)[\(index)].header"
            let acting = HeaderMatch.acting(in: header)
            if acting.isEmpty {
                faults.add(
                    .headerWithoutOperator,
                    at: place,
                    header,
                    "says nothing about \(header["name"]?.string ?? "a header") and is ignored",
                    write: "add one of \(HeaderMatch.operators.joined(separator: ", "))",
                    so: "more requests match"
                )
            } else if acting.count > 1 {
                faults.add(
                    .headerOperators,
                    at: place,
                    header,
                    "only \(acting[0]) acts",
                    write: "split the condition"
                )
            }
        }
    }

    /// Tokens and authorization are asked for over TLS alone.
    private func checkInsecure(_ route: JSONValue, at path: String, into faults: inout FaultList) {
        let required = route["jwtVerificationPolicy"]?.filled("require")
        if let required, context.isRoot, context.tls.isNull {
            faults.add(
                .requireWithoutTLS,
                at: "\(path).jwtVerificationPolicy.require",
                .string(required),
                "unused on plain HTTP",
                write: "add TLS"
            )
        } else if route.flag("permitInsecure"), required != nil || isGuarded(route) {
            faults.add(
                .insecureUnverified,
                at: "\(path).permitInsecure",
                true,
                "plain HTTP skips the checks",
                write: "take it out"
            )
        }
    }

    /// Whether the root asks for a token, or a server's leave, where `route` says nothing of it.
    private func isGuarded(_ route: JSONValue) -> Bool {
        let hasStandard = context.virtualHost.list("jwtProviders").contains { $0.flag("default") }
        if hasStandard, !(route["jwtVerificationPolicy"]?.flag("disabled") ?? false) { return true }
        guard let authorization = context.virtualHost["authorization"],
            authorization["extensionRef"]?.filled("name") != nil
        else { return false }
        let policy = route.has("authPolicy") ? route["authPolicy"] : authorization["authPolicy"]
        return !(policy?.flag("disabled") ?? false)
    }

    /// Of routes with equal conditions the last one counts.
    private func checkShadows(into faults: inout FaultList) {
        guard routes.count > 1 else { return }
        var last: [RequestMatch: Int] = [:]
        for (index, route) in routes.enumerated() {
            let match = RequestMatch(route.list("conditions"))
            if let earlier = last[match] {
                faults.add(
                    .routeShadowed,
                    at: "spec.routes[\(earlier)]",
                    routes[earlier],
                    "route \(index) has the same conditions and wins",
                    write: "take one out"
                )
            }
            last[match] = index
        }
    }
}
