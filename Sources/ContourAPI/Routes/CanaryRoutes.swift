import FlaggerAPI
import JSON
import Kubernetes

/// The routes of a Canary's HTTPProxy, told apart by what they lead to and by their conditions.
///
/// Plain ones lead to the primary and the canary. Of an A/B test each plain route has one beside it for each alternative,
/// with its conditions as well; these then carry the shares of the traffic, and the plain ones lead to the primary. For
/// each route that carries the shares there is one for each cookie of a run.
struct CanaryRoutes {
    /// What a route is for.
    private enum Kind {
        /// None of the Canary's business.
        case other
        /// Requests that no alternative takes, or without alternatives all.
        case plain
        /// Requests of an A/B test.
        case matching
        /// Requests of an A/B test that is no longer asked for.
        case stale
        /// Callers with a cookie.
        case pinned(SessionCookie)

        var isPlain: Bool {
            guard case .plain = self else { return false }
            return true
        }
    }

    private let object: JSONValue
    private let canary: Canary
    private let alternatives: [[JSONValue]]
    /// As they were read.
    let routes: [JSONValue]
    private let kinds: [Kind]
    private let entries: RouteEntries

    /// The routes of `proxy`, which `canary` owns.
    init(_ proxy: JSONValue, of canary: Canary) {
        object = proxy
        self.canary = canary
        let alternatives = Self.alternatives(of: canary)
        self.alternatives = alternatives
        let routes = proxy[path: "spec", "routes"]?.array ?? []
        self.routes = routes
        let kinds = Self.kinds(routes, canary.service, alternatives, Self.recorded(on: proxy))
        self.kinds = kinds
        let session = canary.analysis.session
        var names = Set([session?.cookieName, session?.primaryCookieName].compactMap { $0 })
        for case .pinned(let cookie) in kinds { names.insert(cookie.name) }
        entries = RouteEntries(service: canary.service, cookieNames: names)
    }

    /// Whether there is a route to both the primary and the canary, other than for some callers alone.
    var leadsToBoth: Bool {
        kinds.contains(where: \.isPlain)
    }

    /// Whether the object says for which alternatives its routes are.
    var hasRecorded: Bool { Self.recorded(on: object) == alternatives }

    /// The object with `routes`, and with a note of the alternatives that they are for.
    func proxy(_ routes: [JSONValue]) -> JSONValue {
        var proxy = object
        proxy[path: "spec", "routes"] = .array(routes)
        guard !hasRecorded else { return proxy }
        let note: JSONValue? =
            alternatives.isEmpty ? nil : .string(JSONValue.array(alternatives.map(JSONValue.array)).text)
        var metadata = proxy["metadata"] ?? .object(JSONObject())
        var annotations = metadata["annotations"]?.object ?? JSONObject()
        annotations[CanaryRoute.alternativesAnnotation] = note
        metadata["annotations"] = .object(annotations)
        proxy["metadata"] = metadata
        return proxy
    }

    // MARK: Telling them apart

    private static func alternatives(of canary: Canary) -> [[JSONValue]] {
        var seen: Set<Set<JSONValue>> = []
        return canary.analysis.match.map(\.conditions).filter { !$0.isEmpty && seen.insert(Set($0)).inserted }
    }

    /// The alternatives that the object's note names.
    private static func recorded(on proxy: JSONValue) -> [[JSONValue]] {
        guard let note = proxy.annotation(CanaryRoute.alternativesAnnotation) else { return [] }
        do throws(JSONError) {
            return (try JSONValue(parsing: Array(note.utf8)).array ?? []).map { $0.array ?? [] }.filter { !$0.isEmpty }
        } catch {
            // Somebody wrote something else there; it names none.
            return []
        }
    }

    private static func kinds(
        _ routes: [JSONValue],
        _ service: CanaryService,
        _ alternatives: [[JSONValue]],
        _ recorded: [[JSONValue]]
    ) -> [Kind] {
        let conditions = routes.map { RouteConditions($0) }
        let kinds = zip(routes, conditions).map { route, conditions -> Kind in
            guard RouteEntries.leadsToBoth(route, service) else { return .other }
            if let cookie = SessionCookie(askedForBy: conditions) { return .pinned(cookie) }
            return alternatives.contains(where: conditions.contains) ? .matching : .plain
        }
        var plain: Set<RouteConditions> = []
        for (kind, conditions) in zip(kinds, conditions) where kind.isPlain { plain.insert(conditions) }
        return zip(kinds, conditions).map { kind, conditions in
            guard kind.isPlain else { return kind }
            let isStale = recorded.contains {
                conditions.contains($0) && plain.contains(conditions.removing($0))
            }
            return isStale ? .stale : .plain
        }
    }
}

// MARK: - What is wanted

extension CanaryRoutes {
    /// The traffic that the routes have if they all do the same.
    var likelyTraffic: Traffic {
        let carrier = first(where: isCarrier) ?? first(where: \.isPlain)
        var traffic = carrier.map(entries.shares(on:)) ?? .home
        guard let affinity = canary.analysis.session, let own = value(of: affinity.cookieName) else { return traffic }
        traffic.session = SessionCookies(canary: own, primary: affinity.primaryCookieName.flatMap(value(of:)))
        return traffic
    }

    /// The routes for `traffic`.
    ///
    /// - Parameters:
    ///   - traffic: what is wanted.
    ///   - completing: whether routes that an A/B test lacks are made and those that it no longer needs go.
    /// - Returns: all routes, in the order in which they are to stand.
    /// - Throws: `CanaryRouteConflict` when something of the team's is in the way.
    func arranged(for traffic: Traffic, completing: Bool) throws(CanaryRouteConflict) -> [JSONValue] {
        let plan = Plan(self, traffic, completing: completing)
        var result: [JSONValue] = []
        var placed: Set<RouteConditions> = []
        for (index, (route, kind)) in zip(routes, kinds).enumerated() {
            let conditions = RouteConditions(route)
            switch kind {
            case .other: result.append(route)
            case .stale: if !completing { result.append(try entries.giving(.home, nil, route, at: index)) }
            case .pinned(let cookie):
                guard plan.pins[conditions] == cookie, placed.insert(conditions).inserted else { continue }
                result.append(entries.pinning(route, toCanary: cookie == plan.session?.canary))
            case .matching: result += try carrying(route, index, plan, &placed)
            case .plain:
                for new in plan.newMatching(beside: route) where placed.insert(RouteConditions(new)).inserted {
                    result += try carrying(new, index, plan, &placed)
                }
                result +=
                    try alternatives.isEmpty
                    ? carrying(route, index, plan, &placed) : [entries.giving(.home, nil, route, at: index)]
            }
        }
        return result
    }

    /// The route with the shares of the traffic, behind those of its cookies that are not there yet.
    private func carrying(
        _ route: JSONValue,
        _ index: Int,
        _ plan: Plan,
        _ placed: inout Set<RouteConditions>
    ) throws(CanaryRouteConflict) -> [JSONValue] {
        var result: [JSONValue] = []
        for cookie in plan.session?.cookies ?? [] {
            let conditions = RouteConditions(route).adding([cookie.condition])
            guard !plan.hasPin(conditions), placed.insert(conditions).inserted else { continue }
            var pinned = entries.pinning(route, toCanary: cookie == plan.session?.canary)
            pinned["conditions"] = RouteConditions.list([cookie.condition], before: route)
            result.append(pinned)
        }
        result.append(try entries.giving(plan.traffic, plan.session, route, at: index))
        return result
    }

    private func isCarrier(_ kind: Kind) -> Bool {
        switch kind {
        case .plain: alternatives.isEmpty
        case .matching: true
        case .other, .stale, .pinned: false
        }
    }

    private func first(where isMeant: (Kind) -> Bool) -> JSONValue? {
        zip(routes, kinds).first { isMeant($0.1) }?.0
    }

    /// The value of the cookie `name` for which there is a route.
    private func value(of name: String) -> String? {
        for case .pinned(let cookie) in kinds where cookie.name == name { return cookie.value }
        return nil
    }

    /// What is to become of the routes.
    private struct Plan {
        let traffic: Traffic
        let session: SessionPlan?
        /// The routes of cookies that are to be there.
        private(set) var pins: [RouteConditions: SessionCookie] = [:]
        private var present: Set<RouteConditions> = []
        private var matching: Set<RouteConditions> = []
        private let alternatives: [[JSONValue]]

        init(_ routes: CanaryRoutes, _ traffic: Traffic, completing: Bool) {
            self.traffic = traffic
            alternatives = completing ? routes.alternatives : []
            session = routes.canary.analysis.session.flatMap { affinity in
                traffic.session.map { SessionPlan(affinity, $0) }
            }
            var carriers: [RouteConditions] = []
            for (route, kind) in zip(routes.routes, routes.kinds) {
                let conditions = RouteConditions(route)
                if case .pinned = kind { present.insert(conditions) }
                if case .matching = kind { matching.insert(conditions) }
                if routes.isCarrier(kind) { carriers.append(conditions) }
                if kind.isPlain { carriers += alternatives.map(conditions.adding) }
            }
            for cookie in session?.cookies ?? [] {
                for carrier in carriers { pins[carrier.adding([cookie.condition])] = cookie }
            }
        }

        /// Whether a route of a cookie is there already.
        func hasPin(_ conditions: RouteConditions) -> Bool { present.contains(conditions) }

        /// The routes of an A/B test that `route` lacks beside it, not yet with any shares.
        func newMatching(beside route: JSONValue) -> [JSONValue] {
            let conditions = RouteConditions(route)
            return alternatives.filter { !matching.contains(conditions.adding($0)) }.map { alternative in
                var new = route
                new["conditions"] = RouteConditions.list(alternative, before: route)
                return new
            }
        }
    }
}
