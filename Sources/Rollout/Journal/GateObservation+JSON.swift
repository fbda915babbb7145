import FlaggerAPI
import JSON
import Platform

/// The gate in a journal: what is as it mostly is, and what decides nothing, is left out.
extension GateObservation {
    var json: JSONValue {
        var json: JSONValue = [:]
        if let slip {
            json["slip"] = [
                "road": .string(slip.road.rawValue), "change": .string(slip.change),
                "requestedBy": .string(slip.requestedBy), "since": slip.since.map { .string($0.rfc3339) } ?? .null,
            ]
        }
        if hasStalePods { json["hasStalePods"] = true }
        if hasStrayConfigs { json["hasStrayConfigs"] = true }
        if let provenAt { json["provenAt"] = .string(provenAt.rfc3339) }
        if let configs {
            var object = JSONObject()
            for (name, digest) in configs.sorted(by: { $0.key < $1.key }) { object[name] = .string(digest) }
            json["configs"] = .object(object)
        }
        if let fullName { json["fullName"] = .string(fullName) }
        if let breakGlass, !breakGlass.isEmpty { json["breakGlass"] = .array(breakGlass.map(\.json)) }
        if !expiredBreakGlass.isEmpty { json["expiredBreakGlass"] = .array(expiredBreakGlass.map { .string($0) }) }
        if handOver != HandOverState() { json["handOver"] = handOver.json }
        return json
    }

    init(journal json: JSONValue?) {
        self.init()
        breakGlass = []
        guard let json else { return }
        if let slip = json["slip"], let road = (slip["road"]?.string).flatMap(GateSlip.Road.init(rawValue:)) {
            self.slip = GateSlip(
                road: road,
                change: slip["change"]?.string ?? "",
                requestedBy: slip["requestedBy"]?.string ?? "",
                since: Self.time(slip["since"])
            )
        }
        hasStalePods = json["hasStalePods"]?.bool ?? false
        hasStrayConfigs = json["hasStrayConfigs"]?.bool ?? false
        provenAt = Self.time(json["provenAt"])
        if let configs = json["configs"]?.object {
            self.configs = Dictionary(configs.map { ($0.key, $0.value.string ?? "") }) { _, last in last }
        }
        fullName = json["fullName"]?.string
        let uses = (json["breakGlass"]?.array ?? []).map { use in
            BreakGlassUse(
                object: use["object"]?.string ?? "",
                reason: use["reason"]?.string ?? "",
                by: use["by"]?.string ?? "",
                at: Self.time(use["at"])
            )
        }
        breakGlass = uses
        expiredBreakGlass = (json["expiredBreakGlass"]?.array ?? []).compactMap(\.string)
        if let state = json["handOver"] { handOver = HandOverState(journal: state) }
    }

    private static func time(_ json: JSONValue?) -> Timestamp? {
        (json?.string).flatMap { Timestamp(rfc3339: $0) }
    }
}

extension HandOverState {
    fileprivate var json: JSONValue {
        var json: JSONValue = [
            "isAwaited": .bool(isAwaited), "isNamespaceGoing": .bool(isNamespaceGoing), "isProven": .bool(isProven),
            "isKnown": .bool(isKnown), "isRestored": .bool(isRestored), "isHandedOver": .bool(isHandedOver),
            "isPending": .bool(verdict == .pending),
        ]
        if let breakGlass { json["breakGlass"] = .string(breakGlass) }
        return json
    }

    fileprivate init(journal json: JSONValue) {
        self.init()
        func flag(_ name: String) -> Bool { json[name]?.bool ?? false }
        isAwaited = flag("isAwaited")
        isNamespaceGoing = flag("isNamespaceGoing")
        isProven = flag("isProven")
        isKnown = flag("isKnown")
        isRestored = flag("isRestored")
        isHandedOver = flag("isHandedOver")
        verdict = flag("isPending") ? .pending : nil
        breakGlass = json["breakGlass"]?.string
    }
}
