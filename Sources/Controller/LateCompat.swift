import FlaggerAPI
import Gate
import JSON
import Kubernetes

enum TargetKind {
    case deployment, daemonSet, service
    var resourceType: ResourceType { .deployments }
}
extension Canary { var targetKind: TargetKind { .deployment } }
struct ConfigName: Hashable {
    enum Kind: String, Hashable {
        case configMap = "ConfigMap"
        case secret = "Secret"
        var resourceType: ResourceType { self == .configMap ? .configMaps : .secrets }
    }
    let kind: Kind
    let name: String
    var label: String { "\(kind.rawValue.lowercased())/\(name)" }
}
struct TrackedConfig {
    let name: ConfigName
    let source: JSONValue?
}
enum ScaleToZero {
    static func removed(from template: JSONValue) -> JSONValue { template }
}
extension Snapshot {
    var content: JSONValue? { target?[path: "spec", "template"] }
    mutating func readConfigs(_ reader: ObjectReader) async throws(KubernetesError) {
        guard let content else { return }
        for title in ConfigReferences(of: content).titles.sorted() {
            let parts = title.split(separator: "/").map(String.init)
            let name = ConfigName(kind: parts[0] == "secret" ? .secret : .configMap, name: parts[1])
            let source = try await reader.find(name.kind.resourceType, name.name)
            if let source, !ConfigReferences.isTracked(source) { continue }
            configs.append(TrackedConfig(name: name, source: source))
        }
    }
}
extension Workshop {
    func targetSpec(replicas: Int, isPaused: Bool? = nil) -> JSONValue {
        var spec: JSONValue = ["replicas": .number(JSONNumber(replicas))]
        if let isPaused { spec["paused"] = .bool(isPaused) }
        return spec
    }
}
