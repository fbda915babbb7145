import JSON
import Kubernetes
import TestSupport
import Testing

/// HTTPProxies, and what they refer to.
extension KubectlAdmissionTests {
    private func service(_ port: Int) -> JSONValue {
        [
            "apiVersion": "v1", "kind": "Service",
            "metadata": ["name": "shop", "namespace": .string(namespace)],
            "spec": ["ports": [["port": .number(JSONNumber(port))]]],
        ]
    }

    private func root(_ route: JSONValue) -> JSONValue {
        [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": ["name": "shop", "namespace": .string(namespace)],
            "spec": ["virtualhost": ["fqdn": .string("\(namespace).example.com")], "routes": [route]],
        ]
    }

    @Test func refusesAWrongHTTPProxyWithEveryFault() async throws {
        let cluster = try await clusterWithNamespace()
        let proxy = root([
            "conditions": [["prefix": "shop"]], "timeoutPolicy": ["response": "1.s.5"],
            "requestRedirectPolicy": ["path": "/a", "prefix": "/b"],
        ])
        let outcome = try await cluster.kubectl("apply", "-f", "-", input: proxy.text)
        #expect(outcome.code == 1)
        for line in [
            "so all routes of this object are dropped (Contour: RouteError/PathMatchConditionsNotValid)",
            "(Contour: RouteError/TimeoutPolicyNotValid)", "(Contour: RouteError/RequestRedirectPolicy)",
        ] {
            #expect(outcome.errors.contains(line), "\(outcome.errors)")
        }
    }

    @Test func warnsWhoeverTakesAServiceFromAnHTTPProxy() async throws {
        let cluster = try await clusterWithNamespace()
        for object in [service(80), root(["services": [["name": "shop", "port": 80]]])] {
            let outcome = try await cluster.kubectl("apply", "-f", "-", input: object.text)
            #expect(outcome.code == 0, "\(outcome.errors)")
        }
        let deletion = ["-n", namespace, "delete", "service", "shop"]
        // The server's picture follows; what it would say of the deletion tells that it has both.
        for _ in 0..<50 {
            let outcome = try await cluster.kubectl(arguments: deletion + ["--dry-run=server"])
            if outcome.errors.contains("[service/needed-by-proxy]") { break }
        }
        let labelled = try await cluster.kubectl("-n", namespace, "label", "service", "shop", "team=red")
        #expect(labelled.code == 0 && labelled.errors.isEmpty, "\(labelled.errors)")
        let moved = try await cluster.kubectl("apply", "--dry-run=server", "-f", "-", input: service(81).text)
        #expect(moved.code == 0 && moved.errors.contains("[service/port-needed-by-proxy]"), "\(moved.errors)")
        let deleted = try await cluster.kubectl(arguments: deletion)
        #expect(deleted.code == 0 && deleted.errors.contains("[service/needed-by-proxy]"), "\(deleted.errors)")
    }
}
