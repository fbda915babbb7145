import ContourAPI
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Rollout

/// The Services and the route.
extension Workshop {
    func applyService(_ role: ServiceRole) async throws {
        let target = try found(snapshot.target, "apply Service", canary.targetLabel)
        let label = try snapshot.label()
        let workload = snapshot.portBearer(of: role) ?? target
        guard let stored = snapshot.services[role] else {
            var service = GeneratedService.make(role, for: canary, workload: workload, label: label)
            service[path: "metadata", "labels", GateAnnotations.managed] = "true"
            _ = try await api.create(.services, service, namespace: canary.namespace)
            return
        }
        let service = GeneratedService.corrected(stored, role, for: canary, workload: workload, label: label)
        _ = try await api.update(.services, stored.key, service, subresource: nil)
    }

    func createRoute(_ traffic: Traffic) async throws {
        guard canary.provider == .contour else { return try await applyService(.apex) }
        if let left = snapshot.proxy { return try await adoptRoute(left, traffic) }
        var proxy = CanaryRoute.proxy(for: canary, traffic, ingressClass: ingressClass)
        proxy[path: "metadata", "labels", GateAnnotations.managed] = "true"
        _ = try await api.create(.httpProxies, proxy, namespace: canary.namespace)
    }

    /// Takes over what an earlier Canary has left, in one write.
    private func adoptRoute(_ proxy: JSONValue, _ traffic: Traffic) async throws {
        var adopted: JSONValue
        do throws(CanaryRouteConflict) {
            adopted = try CanaryRoute.adopted(proxy, for: canary, traffic)
        } catch {
            throw refused("take over route", "HTTPProxy \(proxy.name): \(error)")
        }
        adopted[path: "metadata", "labels", GateAnnotations.managed] = "true"
        _ = try await api.update(.httpProxies, proxy.key, adopted, subresource: nil)
    }

    /// One write brings the parts and the shares, so that at no moment one is there without the other.
    func shapeRoute(_ traffic: Traffic) async throws { try await setTraffic(traffic) }

    func setTraffic(_ traffic: Traffic) async throws {
        switch canary.provider {
        case .contour: try await patchProxy(traffic)
        case .kubernetes: try await switchSelector(traffic)
        }
    }

    private func patchProxy(_ traffic: Traffic) async throws {
        let name = canary.service.apexName
        let proxy = try found(snapshot.proxy, "set traffic", name)
        let wanted: JSONPatch?
        do throws(CanaryRouteConflict) {
            wanted = try CanaryRoute.patch(proxy, for: canary, traffic)
        } catch {
            throw refused("set traffic", "HTTPProxy \(name): \(error)")
        }
        guard let patch = wanted else { throw stale("set traffic", "HTTPProxy \(name) has no route to change") }
        guard !patch.isEmpty else { return }
        try await change(.httpProxies, proxy.key, patch)
    }

    /// A Service has one selector: all of the requests go to one side.
    private func switchSelector(_ traffic: Traffic) async throws {
        let name = canary.service.apexName
        let apex = try found(snapshot.services[.apex], "set traffic", name)
        guard [Traffic(canary: 0), Traffic(canary: 100)].contains(traffic) else {
            let asked = traffic.mirror > 0 ? "copies of \(traffic.mirror) %" : "a share of \(traffic.canary) %"
            throw refused(
                "set traffic",
                "Service \(name) leads all requests to one revision, so that \(asked) is not to be had"
            )
        }
        let label = try snapshot.podLabel ?? snapshot.label()
        let selector = GeneratedService.selector(traffic.canary == 100 ? .canary : .primary, label)
        let patch = JSONPatch([
            .test(JSONPointer(["metadata", "resourceVersion"]), .string(apex.resourceVersion)),
            .add(JSONPointer(["spec", "selector"]), selector),
        ])
        try await change(.services, apex.key, patch)
    }

    private func change(_ type: ResourceType, _ key: ObjectKey, _ patch: JSONPatch) async throws {
        do {
            _ = try await api.patch(type, key, .json(patch), subresource: nil)
        } catch {
            // What the patch tests for is no longer so. A real fault is found again with the object read anew, and after some
            // such looks it counts as one.
            if error.code == 422 { throw stale("set traffic", error.description) }
            throw error
        }
    }
}
