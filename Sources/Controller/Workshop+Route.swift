import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Rollout

/// The Services and the route.
extension Workshop {
    func applyService(_ role: ServiceRole) async throws {
        let target = try found(snapshot.target, "apply Service", canary.targetLabel)
        let label = try snapshot.label()
        guard let stored = snapshot.services[role] else {
            let service = GeneratedService.make(role, for: canary, target: target, label: label)
            _ = try await api.create(.services, service, namespace: canary.namespace)
            return
        }
        let service = GeneratedService.corrected(stored, role, for: canary, target: target, label: label)
        _ = try await api.update(.services, stored.key, service, subresource: nil)
    }

    func createRoute(_ traffic: Traffic) async throws(KubernetesError) {
        let proxy = CanaryRoute.proxy(for: canary, weight: traffic.canary, ingressClass: ingressClass)
        _ = try await api.create(.httpProxies, proxy, namespace: canary.namespace)
    }

    /// A route by weights has one shape alone.
    func shapeRoute(_ traffic: Traffic) async throws { try await setTraffic(traffic) }

    func setTraffic(_ traffic: Traffic) async throws {
        let proxy = try found(snapshot.proxy, "set traffic", canary.service.apexName)
        guard let patch = CanaryRoute.weightPatch(proxy, of: canary.service, canary: traffic.canary) else {
            throw stale("set traffic", "HTTPProxy \(canary.service.apexName) has no route to change")
        }
        do {
            _ = try await api.patch(.httpProxies, proxy.key, .json(patch), subresource: nil)
        } catch {
            // What the patch tests for is no longer so; a real fault would be found again with the object read anew.
            if error.code == 422 { throw stale("set traffic", error.description) }
            throw error
        }
    }
}
