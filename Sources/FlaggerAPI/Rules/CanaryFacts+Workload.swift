import Admission
import JSON
import Kubernetes
import Schema

/// The workload that the Canary rolls out, as it is in the cluster.
extension CanaryFacts {
    private static let targetPath = FieldPath("spec", "targetRef", "name")

    /// The kind that `targetRef` names; nil for one that is not rolled out here.
    private var targetType: ResourceType? {
        switch targetKind {
        case "Deployment": .deployments
        case "DaemonSet": .daemonSets
        case "Service" where !isDriven: .services
        default: nil
        }
    }

    /// The target; nil where it is not there or its kind is not watched.
    func targetObject(in view: ClusterView) -> JSONValue? {
        guard let type = targetType, let name = targetName else { return nil }
        return find(type, name, in: view)
    }

    /// The label by which the Services find the target's pods.
    func selectorLabel(in view: ClusterView) -> (key: String, value: String)? {
        let labels = targetObject(in: view)?[path: "spec", "selector", "matchLabels"]
        for key in ClusterView.Word.selectorKeys {
            if let value = labels?[key]?.string { return (key, value) }
        }
        return nil
    }

    mutating func checkWorkload(in view: ClusterView) {
        guard let type = targetType, let name = targetName, StringFormat.dnsSubdomain.accepts(name), view.knows(type)
        else { return }
        guard let target = find(type, name, in: view) else {
            // A Knative Service is none of the core's.
            guard spec[path: "targetRef", "apiVersion"]?.string?.hasPrefix("serving.knative.dev/") != true else {
                return
            }
            return warn("target-missing", Self.targetPath, .string(name), "no such \(type.kind) yet", "apply it too")
        }
        guard type != .services else { return }
        checkSelector(target, type.kind, view)
        checkPort(target)
        checkDiscovery(target)
        checkUpdateStrategy(target)
        guard type == .deployments else { return }
        checkDeadline(target)
        if !isDriven { checkReadyFloor(target, view) }
    }

    private mutating func checkSelector(_ target: JSONValue, _ kind: String, _ view: ClusterView) {
        guard target[path: "spec", "selector"] != nil else { return }
        if let label = selectorLabel(in: view) { return checkLength(of: label, kind) }
        deny(
            "selector-label",
            Self.targetPath,
            spec[path: "targetRef", "name"],
            "the \(kind)'s spec.selector.matchLabels has none of \(ClusterView.Word.selectorKeys.joined(separator: ", "))",
            "make the \(kind) anew with one of them"
        )
    }

    /// Of a name that is too long itself, which most values are the same as, it has been said.
    private mutating func checkLength(of label: (key: String, value: String), _ kind: String) {
        guard label.value.utf8.count > 55, let name = targetName, name.utf8.count <= 55 else { return }
        deny(
            "name-too-long",
            Self.targetPath,
            .string(name),
            "its label \(label.key) has \(label.value.utf8.count) characters, so \"-primary\" does not fit behind it",
            "make the \(kind) anew with at most 55"
        )
    }

    private mutating func checkPort(_ target: JSONValue) {
        guard let value = service["targetPort"],
            value.string.map(StringFormat.containerPortName.accepts) ?? (1...65_535).contains(value.int ?? 0)
        else { return }
        let ports = Self.containerPorts(target)
        let names = ports.compactMap { $0["name"]?.string }
        // What a container listens to need not be declared; where others are, it is odd.
        let isThere =
            value.string.map(names.contains)
            ?? (ports.isEmpty || ports.contains { $0["containerPort"]?.int == value.int })
        guard !isThere else { return }
        let advice = value.string.flatMap { NearestName.find($0, among: names) } ?? names.first
        warn(
            "target-port-missing",
            Self.servicePath.member("targetPort"),
            value,
            "no container has this port",
            advice.map { value.string == nil ? "write \($0)" : "did you mean \"\($0)\"?" } ?? "name a container's port"
        )
    }

    private static func containerPorts(_ workload: JSONValue) -> [JSONValue] {
        (workload[path: "spec", "template", "spec", "containers"]?.array ?? []).flatMap { $0["ports"]?.array ?? [] }
    }

    /// What `portDiscovery` would put into the Services beside the main port.
    private mutating func checkDiscovery(_ target: JSONValue) {
        guard service["portDiscovery"] == true, let port = service["port"]?.int else { return }
        let containers = (target[path: "spec", "template", "spec", "containers"]?.array ?? [])
            .filter { !["istio-proxy", "envoy"].contains($0["name"]?.string ?? "") }
        let main = service["targetPort"] ?? .number(JSONNumber(port))
        var numbers: Set<Int> = [port]
        var names: Set<String> = [service["portName"]?.string ?? "http"]
        for found in containers.flatMap({ $0["ports"]?.array ?? [] }) {
            guard let number = found["containerPort"], number != main, found["name"] != main else { continue }
            let name = found["name"]?.string
            let problem: String? =
                if let text = found["protocol"]?.string, text != "TCP" {
                    "the port \(number.int ?? 0) is \(text) and would be offered as TCP"
                } else if !numbers.insert(number.int ?? 0).inserted {
                    "the port \(number.int ?? 0) would be in the Service twice"
                } else if let name, !names.insert(name).inserted {
                    "two ports of the Service would be named \(name)"
                } else {
                    nil
                }
            guard let problem else { continue }
            return deny(
                "port-discovery",
                Self.servicePath.member("portDiscovery"),
                true,
                problem,
                "write false, or give the containers' ports other names and numbers"
            )
        }
    }

    /// Both look at pods that do not come: what is over first ends the revision.
    private mutating func checkDeadline(_ target: JSONValue) {
        let own = target[path: "spec", "progressDeadlineSeconds"]?.int ?? 600
        guard let value = spec["progressDeadlineSeconds"], let seconds = value.int, seconds != 600, seconds > own
        else {
            return
        }
        warn(
            "deadline-differs",
            Self.specPath.member("progressDeadlineSeconds"),
            value,
            "the Deployment's \(own)s end it first",
            "write \(own)"
        )
    }

    /// Flagger rounds down: of few pods a small share is none.
    private mutating func checkReadyFloor(_ target: JSONValue, _ view: ClusterView) {
        let scaler = spec[path: "autoscalerRef", "name"]?.string.flatMap { find(.autoscalers, $0, in: view) }
        let running = target[path: "spec", "replicas"]?.int ?? 1
        let primary = targetName.flatMap { find(.deployments, "\($0)-primary", in: view) }
        let fewest = scaler?[path: "spec", "minReplicas"]?.int
        let count = fewest ?? (running > 0 ? running : primary?[path: "spec", "replicas"]?.int ?? 1)
        for name in ["primaryReadyThreshold", "canaryReadyThreshold"] {
            guard let value = analysis[name], let percent = value.int, (1...100).contains(percent),
                (1...1_000).contains(count), count * percent / 100 == 0
            else { continue }
            warn(
                "ready-with-no-pod",
                Self.analysisPath.member(name),
                value,
                "none of \(count) pods need be there",
                "write \((100 + count - 1) / count)"
            )
        }
    }
}
