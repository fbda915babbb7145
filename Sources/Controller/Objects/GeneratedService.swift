import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Rollout

/// The Services of a Canary: of the promoted pods, of the pods under analysis, and the one that users call.
enum GeneratedService {
    /// The object to create in `role`, with the ports of `workload` where they are discovered.
    static func make(_ role: ServiceRole, for canary: Canary, workload: JSONValue, label: SelectorLabel) -> JSONValue {
        let name = canary.serviceName(role)
        let extra = metadata(role, canary.service)
        var labels = extra.labels
        labels[label.key] = .string(name)
        var annotations = extra.annotations
        for annotation in CanaryRoute.handsOff { annotations[annotation.name] = .string(annotation.text) }
        var spec: JSONValue = [
            "type": "ClusterIP", "selector": selector(role, label), "ports": .array(ports(canary.service, workload)),
        ]
        if canary.service.isHeadless { spec["clusterIP"] = "None" }
        if let preference = canary.service.trafficDistribution { spec["trafficDistribution"] = .string(preference) }
        return [
            "apiVersion": "v1", "kind": "Service",
            "metadata": [
                "name": .string(name), "namespace": .string(canary.namespace), "labels": .object(labels),
                "annotations": .object(annotations), "ownerReferences": [canary.ownerReference],
            ],
            "spec": spec,
        ]
    }

    /// `service` with the selector and the ports that it should have; node ports are kept by name.
    ///
    /// With plain Services the selector of the apex is where the traffic goes, and not a matter of how it is made.
    static func corrected(
        _ service: JSONValue,
        _ role: ServiceRole,
        for canary: Canary,
        workload: JSONValue,
        label: SelectorLabel
    ) -> JSONValue {
        let stored = service[path: "spec", "ports"]?.array ?? []
        var corrected = service
        if !hasSelector(service, role, canary, label) {
            corrected[path: "spec", "selector"] = selector(role, label)
        }
        corrected[path: "spec", "ports"] = .array(
            ports(canary.service, workload).map { port in
                var port = port
                let same = stored.first { $0["name"] == port["name"] || (stored.count == 1 && $0["name"] == nil) }
                if let nodePort = same?["nodePort"] { port["nodePort"] = nodePort }
                return port
            }
        )
        return corrected
    }

    /// Whether selector and ports of `service` are as they should be.
    static func isCurrent(
        _ service: JSONValue,
        _ role: ServiceRole,
        for canary: Canary,
        workload: JSONValue,
        label: SelectorLabel
    ) -> Bool {
        hasSelector(service, role, canary, label)
            && (service[path: "spec", "ports"]?.array ?? []).map(essence)
                == ports(canary.service, workload).map(essence)
    }

    /// What of a port is ours to say.
    private static func essence(_ port: JSONValue) -> [JSONValue?] {
        [
            port["name"], port["protocol"] ?? "TCP", port["port"], port["targetPort"] ?? port["port"],
            port["appProtocol"],
        ]
    }

    private static func hasSelector(
        _ service: JSONValue,
        _ role: ServiceRole,
        _ canary: Canary,
        _ label: SelectorLabel
    ) -> Bool {
        if role == .apex, canary.provider == .kubernetes { return canaryShare(of: service, label: label) != nil }
        return service[path: "spec", "selector"] == selector(role, label)
    }

    /// 0 where `service` selects the primary's pods, 100 where it selects the target's; nil where it selects others.
    static func canaryShare(of service: JSONValue, label: SelectorLabel) -> Int? {
        switch service[path: "spec", "selector"] {
        case selector(.primary, label): 0
        case selector(.canary, label): 100
        default: nil
        }
    }

    /// The selector of the Service in `role`; the apex begins with the primary's.
    static func selector(_ role: ServiceRole, _ label: SelectorLabel) -> JSONValue {
        [label.key: .string(role == .canary ? label.value : label.primaryValue)]
    }

    private static func metadata(_ role: ServiceRole, _ service: CanaryService) -> CanaryMetadata {
        switch role {
        case .apex: service.apexMetadata
        case .primary: service.primaryMetadata
        case .canary: service.canaryMetadata
        }
    }

    private static func ports(_ service: CanaryService, _ workload: JSONValue) -> [JSONValue] {
        var main: JSONValue = [
            "name": .string(service.portName), "protocol": "TCP", "port": .number(JSONNumber(service.port)),
            "targetPort": service.targetPort,
        ]
        if let appProtocol = service.appProtocol { main["appProtocol"] = .string(appProtocol) }
        return [main] + (service.discoversPorts ? discovered(service, workload) : [])
    }

    /// The containers' other ports; proxies that a mesh puts in are left out.
    private static func discovered(_ service: CanaryService, _ workload: JSONValue) -> [JSONValue] {
        let containers = workload[path: "spec", "template", "spec", "containers"]?.array ?? []
        return containers.filter { !["istio-proxy", "envoy"].contains($0.name(of: "name")) }.flatMap { container in
            (container["ports"]?.array ?? []).enumerated().compactMap { index, port -> JSONValue? in
                guard let number = port["containerPort"], !isMain(port, service) else { return nil }
                let name = port["name"] ?? .string("tcp-\(container.name(of: "name"))-\(index)")
                return ["name": name, "protocol": "TCP", "port": number, "targetPort": number]
            }
        }
    }

    private static func isMain(_ port: JSONValue, _ service: CanaryService) -> Bool {
        port["containerPort"] == service.targetPort || port["name"] == service.targetPort
    }
}

extension JSONValue {
    /// The text of the member `key`, empty when there is none.
    fileprivate func name(of key: String) -> String { self[key]?.string ?? "" }
}
