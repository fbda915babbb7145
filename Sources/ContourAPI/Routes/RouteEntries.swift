import FlaggerAPI
import JSON

/// The entries of a route's services that belong to a Canary: the primary, the canary, and the copies to the canary.
struct RouteEntries {
    private static let fieldName = "set-cookie"

    private let service: CanaryService
    private let cookieNames: Set<String>

    /// The entries for `service`; `cookieNames` are those of its sessions.
    init(service: CanaryService, cookieNames: Set<String>) {
        self.service = service
        self.cookieNames = cookieNames
    }

    /// Whether `route` has an entry for the primary and one for the canary, copies aside.
    static func leadsToBoth(_ route: JSONValue, _ service: CanaryService) -> Bool {
        let names = (route["services"]?.array ?? []).filter { !isMirror($0) }.map { $0["name"]?.string }
        return names.contains(service.primaryName) && names.contains(service.canaryName)
    }

    /// The shares that stand on `route`, without cookies.
    func shares(on route: JSONValue) -> Traffic {
        let services = route["services"]?.array ?? []
        let canary = services.first { $0["name"]?.string == service.canaryName && !Self.isMirror($0) }
        let copies = services.first(where: isCopies)
        return Traffic(
            canary: min(100, max(0, canary?["weight"]?.int ?? 0)),
            mirror: copies.map(Self.percent) ?? 0
        )
    }

    /// `route`, at `index` for messages, with the shares of `traffic` and the cookies of `session`.
    func giving(
        _ traffic: Traffic,
        _ session: SessionPlan?,
        _ route: JSONValue,
        at index: Int
    ) throws(CanaryRouteConflict) -> JSONValue {
        if session != nil { try checkPolicy(of: route, at: "spec.routes[\(index)]") }
        var services: [JSONValue] = []
        var (hasPrimary, hasCanary, hasCopies) = (false, false, false)
        for (place, entry) in (route["services"]?.array ?? []).enumerated() {
            let path = "spec.routes[\(index)].services[\(place)]"
            if isCopies(entry) {
                guard traffic.mirror > 0, !hasCopies else { continue }
                hasCopies = true
                services.append(Self.percent(entry) == traffic.mirror ? entry : weighted(entry, traffic.mirror))
            } else if Self.isMirror(entry) {
                guard traffic.mirror == 0 else { throw Self.mirrorConflict(entry, at: path) }
                services.append(entry)
            } else if entry["name"]?.string == service.primaryName {
                let weight = hasPrimary ? 0 : 100 - traffic.canary
                hasPrimary = true
                services.append(try giving(session, session?.primary, weighted(entry, weight), at: path))
            } else if entry["name"]?.string == service.canaryName {
                let weight = hasCanary ? 0 : traffic.canary
                hasCanary = true
                services.append(try giving(session, session?.canary, weighted(entry, weight), at: path))
            } else {
                services.append(entry)
            }
        }
        if traffic.mirror > 0, !hasCopies { services.append(copies(traffic.mirror, besides: services)) }
        var route = route
        route["services"] = .array(services)
        return route
    }

    /// `route` for callers with a cookie: all to one side, and no new cookie.
    func pinning(_ route: JSONValue, toCanary: Bool) -> JSONValue {
        var services: [JSONValue] = []
        var seen: Set<String> = []
        for entry in route["services"]?.array ?? [] {
            let name = entry["name"]?.string ?? ""
            if Self.isMirror(entry) {
                if !isCopies(entry) { services.append(entry) }
            } else if [service.primaryName, service.canaryName].contains(name), seen.insert(name).inserted {
                let weight = (name == service.canaryName) == toCanary ? 100 : 0
                services.append(withCookie(nil, weighted(entry, weight)))
            }
        }
        var route = route
        route["services"] = .array(services)
        return route
    }

    // MARK: Weights and copies

    private static func isMirror(_ entry: JSONValue) -> Bool { entry["mirror"]?.bool == true }

    private func isCopies(_ entry: JSONValue) -> Bool {
        Self.isMirror(entry) && entry["name"]?.string == service.canaryName
    }

    /// Contour takes a mirror's weight for percent, and none for all.
    private static func percent(_ copies: JSONValue) -> Int {
        let weight = copies["weight"]?.int ?? 0
        return weight <= 0 ? 100 : min(weight, 100)
    }

    private func weighted(_ entry: JSONValue, _ weight: Int) -> JSONValue {
        guard entry["weight"]?.int ?? 0 != weight else { return entry }
        var entry = entry
        entry["weight"] = .number(JSONNumber(weight))
        return entry
    }

    private func copies(_ percent: Int, besides services: [JSONValue]) -> JSONValue {
        let canary = services.first { $0["name"]?.string == service.canaryName }
        return [
            "name": .string(service.canaryName),
            "port": canary?["port"] ?? .number(JSONNumber(service.port)),
            "mirror": true, "weight": .number(JSONNumber(percent)),
        ]
    }

    private static func mirrorConflict(_ entry: JSONValue, at path: String) -> CanaryRouteConflict {
        let name = entry["name"]?.string ?? ""
        return CanaryRouteConflict(
            path: path,
            reason:
                "copies requests to \(name), and Contour copies those of a route to one Service alone: remove that, or analysis.mirror"
        )
    }
}

// MARK: - Cookies

extension RouteEntries {
    /// `entry` that gives `cookie`, or none.
    private func giving(
        _ session: SessionPlan?,
        _ cookie: SessionCookie?,
        _ entry: JSONValue,
        at path: String
    ) throws(CanaryRouteConflict) -> JSONValue {
        guard let session, let cookie else { return withCookie(nil, entry) }
        let isTaken = (entry["responseHeadersPolicy"]?["set"]?.array ?? []).contains { setsCookie($0) && !isOurs($0) }
        guard !isTaken else { throw Self.cookieConflict(at: "\(path).responseHeadersPolicy") }
        return withCookie(session.field(cookie), entry)
    }

    /// `entry` with the field of our cookies set to `text`, or without it; what others set stays.
    private func withCookie(_ text: String?, _ entry: JSONValue) -> JSONValue {
        let old = entry["responseHeadersPolicy"]?["set"]?.array ?? []
        var fields: [JSONValue] = []
        var isSet = false
        for field in old {
            guard isOurs(field) else {
                fields.append(field)
                continue
            }
            guard let text, !isSet else { continue }
            isSet = true
            fields.append(["name": field["name"] ?? "Set-Cookie", "value": .string(text)])
        }
        if let text, !isSet { fields.append(["name": "Set-Cookie", "value": .string(text)]) }
        guard fields != old else { return entry }
        var policy = entry["responseHeadersPolicy"] ?? .object(JSONObject())
        policy["set"] = fields.isEmpty ? nil : .array(fields)
        var entry = entry
        entry["responseHeadersPolicy"] = policy.object?.isEmpty == true ? nil : policy
        return entry
    }

    private func setsCookie(_ field: JSONValue) -> Bool { field["name"]?.string?.lowercased() == Self.fieldName }

    private func isOurs(_ field: JSONValue) -> Bool {
        guard setsCookie(field), let text = field["value"]?.string else { return false }
        return cookieNames.contains { text.hasPrefix("\($0)=") }
    }

    /// What a route says of the field goes over what its services say.
    private func checkPolicy(of route: JSONValue, at path: String) throws(CanaryRouteConflict) {
        let policy = route["responseHeadersPolicy"]
        let removed = (policy?["remove"]?.array ?? []).compactMap { $0.string?.lowercased() }
        guard (policy?["set"]?.array ?? []).contains(where: setsCookie) || removed.contains(Self.fieldName) else {
            return
        }
        throw Self.cookieConflict(at: "\(path).responseHeadersPolicy")
    }

    private static func cookieConflict(at path: String) -> CanaryRouteConflict {
        CanaryRouteConflict(
            path: path,
            reason: "says what Set-Cookie is, which session affinity needs: remove that, or analysis.sessionAffinity"
        )
    }
}
