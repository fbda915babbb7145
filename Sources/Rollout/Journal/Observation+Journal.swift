import FlaggerAPI
import JSON
import Platform

/// Reading an entry of a journal.
extension Observation {
    /// What `entry` says was seen and answered, about `canary`.
    init(journal entry: JSONValue, of canary: Canary) throws(ReplayError) {
        guard var now = (entry["time"]?.string).flatMap({ Timestamp(rfc3339: $0) }) else {
            throw ReplayError("the entry has no time")
        }
        if let rest = entry["nanoseconds"]?.int { now = Timestamp(seconds: now.seconds, nanoseconds: Int64(rest)) }
        let sight = entry["saw"] ?? .null
        var services: [ServiceRole: ObjectState] = [:]
        for role in ServiceRole.allCases {
            let state = sight[path: "services", role.rawValue]
            if state == "unread" { continue }
            services[role] = ObjectState(journal: state) ?? .current
        }
        self.init(
            canary: canary,
            now: now,
            target: Workload(journal: sight["target"]),
            primary: Workload(journal: sight["primary"]),
            primaryOwner: sight["primaryOwner"]?.string,
            autoscaler: AutoscalerState(journal: sight["autoscaler"]),
            services: services,
            route: try RouteState(journal: sight["route"] ?? .null)
        )
        strayAutoscalers = (sight["strayAutoscalers"]?.array ?? []).compactMap(\.string)
        configs = ObjectState(journal: sight["configs"])
        disruptionBudget = ObjectState(journal: sight["disruptionBudget"])
        templateDifferences = (sight["templateDifferences"]?.array ?? []).compactMap(\.string)
        ledger = (sight["ledger"]?.array ?? []).compactMap(\.string).map { revision in
            RevisionEntry(
                revision: revision,
                change: "",
                requestedBy: "",
                requestedAt: nil,
                startedAt: nil,
                template: .null
            )
        }
        gate = GateObservation(journal: sight["gate"])
        for answered in entry["asked"]?.array ?? [] {
            guard let question = Question(journal: answered, in: canary.analysis),
                let answer = Answer(journal: answered["answer"] ?? .null)
            else { throw ReplayError("the entry has an answer that cannot be read: \(answered.text)") }
            answers[question] = answer
        }
    }
}

extension Workload {
    fileprivate init?(journal json: JSONValue?) {
        guard let json else { return nil }
        self.init(
            kind: (json["kind"]?.string).flatMap(TargetKind.init(rawValue:)) ?? .deployment,
            name: json["name"]?.string ?? "",
            revision: json["revision"]?.string,
            isAdmitted: json["isAdmitted"]?.bool ?? true,
            replicas: json["replicas"]?.int ?? 0,
            status: Status(
                isObserved: json["isObserved"]?.bool ?? true,
                replicas: json["pods"]?.int ?? 0,
                updated: json["updated"]?.int ?? 0,
                available: json["available"]?.int ?? 0,
                isPastDeadline: json["isPastDeadline"]?.bool ?? false,
                pastDeadlineSince: (json["pastDeadlineSince"]?.string).flatMap { Timestamp(rfc3339: $0) },
                unavailableSince: (json["unavailableSince"]?.string).flatMap { Timestamp(rfc3339: $0) },
                lastProgress: (json["lastProgress"]?.string).flatMap { Timestamp(rfc3339: $0) }
            )
        )
        trouble = json["trouble"]?.string
    }
}

extension AutoscalerState {
    fileprivate init?(journal json: JSONValue?) {
        guard let json, let copy = ObjectState(journal: json["copy"]) else { return nil }
        self.init(hasSource: json["hasSource"]?.bool ?? false, copy: copy, isPaused: json["isPaused"]?.bool)
    }
}

extension ObjectState {
    fileprivate init?(journal json: JSONValue?) {
        switch json {
        case "missing"?: self = .missing
        case "current"?: self = .current
        case "differs"?: self = .differs
        case let json?:
            guard let owner = json["foreign"]?.string else { return nil }
            self = .foreign(owner)
        case nil: return nil
        }
    }
}

extension RouteState {
    fileprivate init(journal json: JSONValue) throws(ReplayError) {
        let reason = json["reason"]?.string ?? ""
        switch json["state"]?.string {
        case "missing"?: self = .missing
        case "foreign"?: self = .foreign(reason)
        case "unreadable"?: self = .unreadable(reason)
        case "present"?:
            let verdict: RouteVerdict =
                switch json["verdict"]?.string {
                case "valid"?: .valid
                case "invalid"?: .invalid(reason)
                case "orphaned"?: .orphaned(reason)
                default: .pending
                }
            let traffic = json["traffic"].map { Traffic(journal: $0) }
            self = .present(RouteReading(traffic, isShaped: json["isShaped"]?.bool ?? true), verdict)
        default: throw ReplayError("the entry has no route that can be read: \(json.text)")
        }
    }
}

extension Traffic {
    fileprivate init(journal json: JSONValue) {
        self.init(
            canary: json["canary"]?.int ?? 0,
            mirror: json["mirror"]?.int ?? 0,
            session: (json["canaryCookie"]?.string).map {
                SessionCookies(canary: $0, primary: json["primaryCookie"]?.string)
            }
        )
    }
}

extension Question {
    fileprivate init?(journal json: JSONValue, in analysis: CanaryAnalysis) {
        if let index = json["metric"]?.int, analysis.metrics.indices.contains(index) {
            self = .metric(analysis.metrics[index])
        } else if let index = json["hook"]?.int, analysis.hooks.indices.contains(index),
            let phase = CanaryPhase(rawValue: json["phase"]?.string ?? "")
        {
            self = .hook(analysis.hooks[index], phase: phase, revision: json["revision"]?.string ?? "")
        } else {
            return nil
        }
    }
}

extension Answer {
    fileprivate init?(journal json: JSONValue) {
        if json == "passed" {
            self = .passed
        } else if json == "no data" {
            self = .noData
        } else if let reason = json["refused"]?.string {
            self = .refused(reason)
        } else if let reason = json["unavailable"]?.string {
            self = .unavailable(reason)
        } else if let value = json["value"]?.double ?? json["value"]?.string.flatMap(Double.init) {
            self = .value(value)
        } else {
            return nil
        }
    }
}
