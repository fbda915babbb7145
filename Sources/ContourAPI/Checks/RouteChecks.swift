import JSON

/// What can be wrong with one route, in Contour's order.
struct RouteChecks {
    private let route: JSONValue
    private let path: String
    private let inherited: [JSONValue]
    private let context: ProxyContext

    /// The checks of `spec.routes[index]` below includes with the conditions `inherited`.
    init(_ route: JSONValue, at index: Int, inheriting inherited: [JSONValue], _ context: ProxyContext) {
        self.route = route
        path = "spec.routes[\(index)]"
        self.inherited = inherited
        self.context = context
    }

    func check(into faults: inout FaultList) {
        let conditions = route.list("conditions")
        let place = "\(path).conditions"
        checkAction(into: &faults)
        PathConditionChecks(check: .routePath, isInclude: false).check(conditions, at: place, into: &faults)
        RequestConditionChecks(conditions, at: place, inheriting: inherited, reach: .drop).check(into: &faults)
        HeaderPolicyChecks.check(route, at: path, isService: false, into: &faults)
        CookieChecks.check(route, at: path, into: &faults)
        checkTimeouts(into: &faults)
        if let limit = route["rateLimitPolicy"] {
            RateLimitChecks(policy: limit, path: "\(path).rateLimitPolicy", type: "RouteError", reach: .drop)
                .check(into: &faults)
        }
        let balancing = BalancingPolicy(route["loadBalancerPolicy"])
        balancing.check(at: "\(path).loadBalancerPolicy", route["loadBalancerPolicy"], into: &faults)
        checkRedirect(into: &faults)
        let match = PathMatch(inherited + conditions)
        ReplacementChecks.check(route, match, at: path, into: &faults)
        checkStatuses(into: &faults)
        checkServices(balancing, match, into: &faults)
        checkTokens(into: &faults)
        AddressChecks.checkRoute(route, at: path, into: &faults)
    }

    private func checkAction(into faults: inout FaultList) {
        let fields = ["services", "requestRedirectPolicy", "directResponsePolicy"]
        let actions = fields.filter { $0 == "services" ? !route.list($0).isEmpty : route.has($0) }
        guard actions.count != 1 else { return }
        faults.add(
            .actionCount,
            at: path,
            actions.isEmpty ? nil : route,
            actions.isEmpty ? "the route does nothing" : "several actions: \(actions.joined(separator: ", "))",
            write: "write exactly one of services, requestRedirectPolicy and directResponsePolicy"
        )
    }

    private func checkTimeouts(into faults: inout FaultList) {
        for field in ["response", "idle", "idleConnection"] {
            guard let text = route["timeoutPolicy"]?[field]?.string else { continue }
            let form = TimeoutText(text)
            let isTaken = form.isTaken(allowingInfinity: true)
            guard !isTaken || !form.isInForm(allowingInfinity: true) else { continue }
            faults.add(
                isTaken ? .timeout.silent : .timeout,
                at: "\(path).timeoutPolicy.\(field)",
                .string(text),
                text.isEmpty ? "an empty duration" : "\(text) is no duration",
                write: "write for example 15s, 1m30s or infinity"
            )
        }
    }

    private func checkRedirect(into faults: inout FaultList) {
        guard let redirect = route["requestRedirectPolicy"], redirect.has("path"), redirect.has("prefix") else {
            return
        }
        faults.add(
            .redirectTarget,
            at: "\(path).requestRedirectPolicy",
            redirect,
            "both path and prefix",
            write: "keep one of the two"
        )
    }

    private func checkStatuses(into faults: inout FaultList) {
        for (index, range) in (route["healthCheckPolicy"]?.list("expectedStatuses") ?? []).enumerated() {
            for (field, limits) in [("start", 100...599), ("end", 101...600)] {
                guard let status = range.whole(field), !limits.contains(status) else { continue }
                faults.add(
                    .healthStatuses,
                    at: "\(path).healthCheckPolicy.expectedStatuses[\(index)].\(field)",
                    range[field],
                    range.has(field) ? "\(status) is out of range" : "a range without \(field)",
                    write: "write \(limits.lowerBound) to \(limits.upperBound)"
                )
            }
        }
    }

    private func checkServices(_ balancing: BalancingPolicy, _ match: PathMatch, into faults: inout FaultList) {
        let isChecked = route.has("healthCheckPolicy")
        let checks = route.list("services").enumerated().map { index, service in
            let place = "\(path).services[\(index)]"
            return ServiceChecks(service, at: place, context, isTCP: false, isHealthChecked: isChecked)
        }
        let isAnyLeft = checks.contains { !$0.isMirror && $0.isResolved }
        let effect = isAnyLeft ? nil : "\(match.requests) get 503"
        var hasMirror = false
        for check in checks {
            check.check(balancing, withoutIt: check.isMirror ? "nothing is copied to it" : effect, into: &faults)
            guard check.isMirror, check.isResolved else { continue }
            if hasMirror { check.addSecondMirror(into: &faults) }
            hasMirror = true
        }
    }

    private func checkTokens(into faults: inout FaultList) {
        guard let policy = route["jwtVerificationPolicy"], let provider = policy.filled("require"),
            policy.flag("disabled")
        else { return }
        faults.add(
            .tokenPolicy,
            at: "\(path).jwtVerificationPolicy.require",
            .string(provider),
            "both require and disabled",
            write: "keep one of the two"
        )
    }
}
