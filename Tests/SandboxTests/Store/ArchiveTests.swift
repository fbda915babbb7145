import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import TestSupport
import Testing

/// A cluster's state in a file, and what a new cluster has.
@Suite(.timeLimit(.minutes(1))) struct ArchiveTests {
    private static func cluster(_ loops: EventLoopGroup, _ archive: ClusterArchive? = nil) throws -> SandboxCluster {
        var settings = SandboxSettings(clock: ManualClock())
        settings.archive = archive
        return try SandboxCluster(settings, loops: loops)
    }

    @Test func goesOnWhereAnotherClusterStopped() async throws {
        let loops = EventLoopGroup(count: 1)
        defer { loops.shutdown() }
        let first = try Self.cluster(loops)
        first.objects.put(.configMaps, configMap("a"))
        first.objects.put(.deployments, deployment())
        let bytes = first.archive.bytes
        let second = try Self.cluster(loops, ClusterArchive(bytes))
        #expect(second.objects.object(.configMaps, "test", "a") == first.objects.object(.configMaps, "test", "a"))
        #expect(second.objects.objects(.deployments) == first.objects.objects(.deployments))
        #expect(second.objects.resourceVersion == first.objects.resourceVersion)
        let new = second.objects.put(.configMaps, configMap("b"))
        let known = Set(first.objects.objects(.configMaps).map(\.uid) + first.objects.objects(.namespaces).map(\.uid))
        #expect(!known.contains(new.uid))
    }

    @Test(
        arguments: [
            ("no JSON", "read sandbox state: "), ("{}", "version none, expected 1"),
            (#"{"version":1,"kinds":[{"group":""}]}"#, "a kind without group, version, plural or kind"),
        ]
    )
    func refusesWhatItDidNotWrite(text: String, problem: String) throws {
        let error = #expect(throws: ClusterArchive.Failure.self) { try ClusterArchive(Array(text.utf8)) }
        #expect(error?.description.contains(problem) == true)
    }

    @Test func beginsWithNodesNamespacesAndRoles() throws {
        let loops = EventLoopGroup(count: 1)
        defer { loops.shutdown() }
        let cluster = try Self.cluster(loops).objects
        #expect(
            cluster.objects(.namespaces).map(\.name) == ["default", "kube-node-lease", "kube-public", "kube-system"]
        )
        let nodes = ResourceType(group: "", version: "v1", plural: "nodes", kind: "Node", isNamespaced: false)
        #expect(cluster.objects(nodes).map(\.name) == ["sandbox-worker-1", "sandbox-worker-2"])
        #expect(cluster.object(.services, "default", "kubernetes") != nil)
    }
}
