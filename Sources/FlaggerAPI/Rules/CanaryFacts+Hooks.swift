import JSON
import Schema

/// The hooks: what each is sent to, and what they take together.
extension CanaryFacts {
    private static let gateTypes = ["confirm-rollout", "confirm-traffic-increase", "confirm-promotion", "rollback"]

    /// What Flagger's load tester can run, and whether it wants a command for it.
    private static let taskTypes = [
        "cmd": true, "bash": true, "helm": true, "helmv3": true, "kubectl": true, "concord": false, "ngrinder": false,
    ]

    mutating func checkHooks() {
        checkHookTimes()
        var gates: [String: String] = [:]
        for (value, path) in webhooks {
            guard let url = value["url"]?.string, let place = HookPlace(url) else { continue }
            let type = value["type"]?.string ?? "rollout"
            if type == "rollback", place.path == "/gate/approve" {
                warn(
                    "rollback-always",
                    path.member("url"),
                    value["url"],
                    "always says yes: each run is rolled back",
                    "write /rollback/check"
                )
            }
            if place.path == "/gate/check", Self.gateTypes.contains(type) {
                let key = "\(place.host)\(place.path)"
                if let other = gates[key], other != type {
                    warn("gate-shared", path.member("url"), value["url"], "one gate with \(other)", "use a gate each")
                }
                gates[key] = gates[key] ?? type
            }
            if place.isLoadTester, place.path == "/", type != "event" { checkTask(value, path) }
        }
    }

    /// The tasks that Flagger's load tester would not run.
    private mutating func checkTask(_ hook: JSONValue, _ path: FieldPath) {
        let metadata = hook["metadata"] ?? .null
        let place = path.member("metadata")
        let type = metadata["type"]?.string ?? "cmd"
        guard let wantsCommand = Self.taskTypes[type] else {
            let nearest = NearestName.find(type, among: Self.taskTypes.keys.sorted())
            return warn(
                "load-test-type",
                place.member("type"),
                metadata["type"],
                "nothing the load tester runs",
                nearest.map { "did you mean \"\($0)\"?" } ?? "write cmd or bash"
            )
        }
        guard wantsCommand, (metadata["cmd"]?.string ?? "").isEmpty else { return }
        warn(
            "load-test-command",
            place.member("cmd"),
            metadata["cmd"],
            "nothing for the load tester to run",
            "write it"
        )
    }

    /// Hooks are asked one after the other within a check.
    private mutating func checkHookTimes() {
        guard let interval = analysis["interval"]?.string.flatMap(Self.duration), interval > .zero else { return }
        var total = Duration.zero
        for (value, _) in webhooks where ["", "rollout"].contains(value["type"]?.string ?? "") {
            let timeout = (value["timeout"]?.string).flatMap(Self.duration) ?? .seconds(10)
            total += timeout * (1 + min(100, max(0, value["retries"]?.int ?? 0)))
        }
        guard total >= interval, total < .seconds(86_400) else { return }
        warn(
            "hooks-outlast-interval",
            Self.analysisPath.member("webhooks"),
            analysis["webhooks"],
            "may take \(total.components.seconds)s, all of interval",
            "shorten timeouts"
        )
    }
}

/// Where a hook is sent: host and path of its URL.
private struct HookPlace {
    let host: Substring
    let path: String

    init?(_ url: String) {
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let rest = url[scheme.upperBound...]
        host = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        var path = String(rest.dropFirst(host.count).prefix { $0 != "?" && $0 != "#" })
        while path.count > 1, path.last == "/" { path.removeLast() }
        self.path = path.isEmpty ? "/" : path
    }

    /// Whether it is Flagger's load tester, by the name that its charts give the Service.
    var isLoadTester: Bool { host.prefix { $0 != "." && $0 != ":" }.contains("loadtester") }
}
