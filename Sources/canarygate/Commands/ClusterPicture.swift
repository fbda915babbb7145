import Admission
import HTTP
import JSON
import Kubernetes
import Lint
import Platform
import Sockets

/// What is in the cluster that a command is to look into.
enum ClusterPicture {
    /// What is in the cluster of the kubeconfig, or around the pod where there is none.
    static func read(
        _ types: [ResourceType],
        extras: [ResourceType],
        secrets: SecretReader,
        environment: [String: String]
    ) async throws -> ClusterView {
        let loops = EventLoopGroup(count: 1)
        defer { loops.shutdown() }
        let client = try kubeconfig(environment)
            .makeClient(loops: loops, proxies: try ProxySettings(environment: environment))
        return try await ClusterReader.view(of: client, types: types, extras: extras, secrets: secrets)
    }

    /// One object in that cluster.
    static func object(
        _ type: ResourceType,
        _ key: ObjectKey,
        environment: [String: String]
    ) async throws -> JSONValue {
        let loops = EventLoopGroup(count: 1)
        defer { loops.shutdown() }
        return try await kubeconfig(environment)
            .makeClient(loops: loops, proxies: try ProxySettings(environment: environment))
            .get(type, key)
    }

    private static func kubeconfig(_ environment: [String: String]) throws -> Kubeconfig {
        let paths = Kubeconfig.paths(environment: environment)
        if !paths.contains(where: FileStore.exists), let pod = try Kubeconfig.inCluster(environment: environment) {
            return pod
        }
        return try Kubeconfig.load(paths: paths, context: nil)
    }
}
