import HTTP
import JSON
import Kubernetes

/// How webhooks are reached that are registered by a Service.
struct WebhookServices: Sendable {
    /// Where Services are on this machine.
    let addresses: ServiceAddresses
    /// The Service at a key; nil where there is none.
    let find: @Sendable (ObjectKey) -> JSONValue?

    /// Those of `cluster` that are somewhere on this machine.
    init(of cluster: InMemoryCluster, at addresses: ServiceAddresses) {
        self.addresses = addresses
        find = { cluster.object(.services, $0) }
    }

    /// A cluster without Services.
    init() {
        addresses = ServiceAddresses()
        find = { _ in nil }
    }

    /// Where `target` is connected to, `host:port`.
    ///
    /// - Throws: `WebhookFailure` for a Service that leads nowhere, as the API server's resolver says it.
    func address(of target: WebhookTarget, calledAs call: String) throws(WebhookFailure) -> String {
        guard let key = target.service else { return target.endpoint.hostAndPort }
        guard let service = find(key) else { throw .call("\(call): service \"\(key.name)\" not found") }
        guard service[path: "spec", "clusterIP"] != "None" else {
            throw .call("\(call): cannot route to service with ClusterIP \"None\"")
        }
        let port = target.endpoint.port
        guard (service[path: "spec", "ports"]?.array ?? []).contains(where: { $0["port"]?.int == port }) else {
            throw .call("\(call): no service port \(port) found for service \"\(key.name)\"")
        }
        guard let address = addresses.address(of: key) else {
            throw .call("\(call): the sandbox reaches no pods, expected an address by --service \(key)=host:port")
        }
        return address
    }
}
