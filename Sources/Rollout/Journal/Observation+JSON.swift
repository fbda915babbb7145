import FlaggerAPI
import JSON
import Platform

/// What was seen and answered, as it stands in a journal; what is as it mostly is is left out.
extension Observation {
    /// The objects, without the Canary and the templates.
    var sightJSON: JSONValue {
        var sight: JSONValue = [:]
        if let target { sight["target"] = target.json }
        if let primary { sight["primary"] = primary.json }
        if let primaryOwner { sight["primaryOwner"] = .string(primaryOwner) }
        if let autoscaler { sight["autoscaler"] = autoscaler.json }
        if !strayAutoscalers.isEmpty {
            sight["strayAutoscalers"] = .array(strayAutoscalers.map { .string($0) })
        }
        var others: JSONValue = [:]
        for role in ServiceRole.allCases where services[role] != .current {
            others[role.rawValue] = services[role]?.json ?? "unread"
        }
        if others != [:] { sight["services"] = others }
        sight["route"] = route.json
        if let configs { sight["configs"] = configs.json }
        if let disruptionBudget { sight["disruptionBudget"] = disruptionBudget.json }
        if !templateDifferences.isEmpty {
            sight["templateDifferences"] = .array(templateDifferences.map { .string($0) })
        }
        if !ledger.isEmpty { sight["ledger"] = .array(ledger.map { .string($0.revision) }) }
        if gate.json != [:] { sight["gate"] = gate.json }
        if canary.isDeleting { sight["isDeleting"] = true }
        if let resume = canary.object[path: "metadata", "annotations", CanaryPause.annotation] {
            sight["resume"] = resume
        }
        return sight
    }

    /// The questions and their answers, in the order of the spec.
    var answersJSON: [JSONValue] {
        var entries: [(Int, JSONValue)] = []
        for (question, answer) in answers {
            guard var entry = question.json(in: canary.analysis) else { continue }
            entry.value["answer"] = answer.json
            entries.append((entry.order, entry.value))
        }
        return entries.sorted { $0.0 < $1.0 }.map(\.1)
    }
}

extension Workload {
    fileprivate var json: JSONValue {
        var json: JSONValue = ["name": .string(name), "replicas": .number(JSONNumber(replicas))]
        if kind != .deployment { json["kind"] = .string(kind.rawValue) }
        if let revision { json["revision"] = .string(revision) }
        if !isAdmitted { json["isAdmitted"] = false }
        if !status.isObserved { json["isObserved"] = false }
        for (name, count) in [
            ("pods", status.replicas), ("updated", status.updated), ("available", status.available),
        ] where count != 0 {
            json[name] = .number(JSONNumber(count))
        }
        if status.isPastDeadline { json["isPastDeadline"] = true }
        if let since = status.pastDeadlineSince { json["pastDeadlineSince"] = .string(since.rfc3339) }
        if let since = status.unavailableSince { json["unavailableSince"] = .string(since.rfc3339) }
        if let last = status.lastProgress { json["lastProgress"] = .string(last.rfc3339Micro) }
        if let trouble { json["trouble"] = .string(trouble) }
        return json
    }
}

extension AutoscalerState {
    fileprivate var json: JSONValue {
        var json: JSONValue = ["hasSource": .bool(hasSource), "copy": copy.json]
        if let isPaused { json["isPaused"] = .bool(isPaused) }
        return json
    }
}

extension ObjectState {
    fileprivate var json: JSONValue {
        switch self {
        case .missing: "missing"
        case .current: "current"
        case .differs: "differs"
        case .foreign(let owner): ["foreign": .string(owner)]
        }
    }
}

extension RouteState {
    fileprivate var json: JSONValue {
        switch self {
        case .missing: return ["state": "missing"]
        case .foreign(let owner): return ["state": "foreign", "reason": .string(owner)]
        case .unreadable(let reason): return ["state": "unreadable", "reason": .string(reason)]
        case .present(let reading, let verdict):
            var json: JSONValue = ["state": "present"]
            if let traffic = reading.traffic { json["traffic"] = traffic.json }
            if !reading.isShaped { json["isShaped"] = false }
            switch verdict {
            case .valid: json["verdict"] = "valid"
            case .pending: json["verdict"] = "pending"
            case .invalid(let reason):
                json["verdict"] = "invalid"
                json["reason"] = .string(reason)
            case .orphaned(let reason):
                json["verdict"] = "orphaned"
                json["reason"] = .string(reason)
            }
            return json
        }
    }
}

extension Traffic {
    fileprivate var json: JSONValue {
        var json: JSONValue = ["canary": .number(JSONNumber(canary))]
        if mirror > 0 { json["mirror"] = .number(JSONNumber(mirror)) }
        if let session {
            json["canaryCookie"] = .string(session.canary)
            if let primary = session.primary { json["primaryCookie"] = .string(primary) }
        }
        return json
    }
}

extension Question {
    /// The question by its place in the spec, and that place; nil when it does not stand there.
    fileprivate func json(in analysis: CanaryAnalysis) -> (order: Int, value: JSONValue)? {
        switch self {
        case .hook(let hook, let phase, let revision):
            guard let index = analysis.hooks.firstIndex(of: hook) else { return nil }
            let value: JSONValue = [
                "hook": .number(JSONNumber(index)), "name": .string(hook.name), "kind": .string(hook.kind.rawValue),
                "phase": .string(phase.rawValue), "revision": .string(revision),
            ]
            return (index, value)
        case .metric(let metric):
            guard let index = analysis.metrics.firstIndex(of: metric) else { return nil }
            return (
                analysis.hooks.count + index,
                ["metric": .number(JSONNumber(index)), "name": .string(metric.name)]
            )
        }
    }
}

extension Answer {
    fileprivate var json: JSONValue {
        switch self {
        case .passed: "passed"
        case .noData: "no data"
        case .refused(let reason): ["refused": .string(reason)]
        case .unavailable(let reason): ["unavailable": .string(reason)]
        // JSON has no infinity.
        case .value(let value): ["value": value.isFinite ? .number(JSONNumber(value)) : .string("\(value)")]
        }
    }
}
