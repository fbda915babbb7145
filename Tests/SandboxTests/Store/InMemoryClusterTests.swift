import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct InMemoryClusterTests {
    private let clock = ManualClock()
    private let cluster: InMemoryCluster

    init() { cluster = InMemoryCluster(clock: clock) }

    @Test func handsOutMetadataOnCreate() async throws {
        var proposed = deployment()
        proposed["status"] = ["replicas": 9]
        let stored = try await cluster.create(.deployments, proposed, namespace: "test")
        #expect(stored.uid == "00000000-0000-4000-8000-000000000001")
        #expect(stored.resourceVersion == "1001")
        #expect(stored.generation == 1)
        #expect(stored[path: "metadata", "creationTimestamp"] == "2026-11-25T04:00:00Z")
        #expect(stored["status"] == nil)
        #expect(try await cluster.get(.deployments, test) == stored)
    }

    @Test func answersTheErrorsOfTheRealServer() async throws {
        _ = try await cluster.create(.deployments, deployment(), namespace: "test")
        let taken = await failure { () async throws(KubernetesError) in
            try await cluster.create(.deployments, deployment(), namespace: "test")
        }
        #expect(
            taken?.description
                == "create deployments.apps test/podinfo: deployments.apps \"podinfo\" already exists (409 AlreadyExists)"
        )
        let missing = await failure { () async throws(KubernetesError) in try await cluster.get(.services, test) }
        #expect(missing?.message == "services \"podinfo\" not found")
        #expect(missing?.status?[path: "details", "name"] == "podinfo")
        let nameless = await failure { () async throws(KubernetesError) in
            try await cluster.create(.configMaps, ["metadata": .object(JSONObject())], namespace: "test")
        }
        #expect(nameless?.code == 422)
        #expect(nameless?.status?[path: "details", "causes"]?[0]?["field"] == "metadata.name")
    }

    @Test func raisesTheGenerationOnlyForTheSpec() async throws {
        var object = try await cluster.create(.deployments, deployment(), namespace: "test")
        object[path: "metadata", "annotations", "a"] = "b"
        object["status"] = ["replicas": 5]
        object = try await cluster.update(.deployments, test, object, subresource: nil)
        #expect(object.generation == 1)
        #expect(object["status"] == nil)
        object[path: "spec", "paused"] = true
        object = try await cluster.update(.deployments, test, object, subresource: nil)
        #expect(object.generation == 2)
    }

    @Test func takesOnlyTheStatusThroughItsSubresource() async throws {
        var object = try await cluster.create(.deployments, deployment(), namespace: "test")
        object["status"] = ["replicas": 2]
        object[path: "spec", "replicas"] = 7
        let stored = try await cluster.update(.deployments, test, object, subresource: "status")
        #expect(stored[path: "status", "replicas"] == 2)
        #expect(stored[path: "spec", "replicas"] == 2)
        #expect(stored.generation == 1)
        #expect(stored.resourceVersion == "1002")
    }

    @Test func leavesAnUnchangedObjectAlone() async throws {
        let object = try await cluster.create(.deployments, deployment(), namespace: "test")
        let again = try await cluster.update(.deployments, test, object, subresource: nil)
        #expect(again.resourceVersion == object.resourceVersion)
        #expect(cluster.resourceVersion == object.resourceVersion)
    }

    @Test func refusesAStaleResourceVersion() async throws {
        let old = try await cluster.create(.deployments, deployment(), namespace: "test")
        cluster.modify(.deployments, test) { $0[path: "spec", "replicas"] = 3 }
        let stale = await failure { () async throws(KubernetesError) in
            try await cluster.update(.deployments, test, old, subresource: nil)
        }
        #expect(stale?.isConflict == true)
        #expect(
            stale?.message == "Operation cannot be fulfilled on deployments.apps \"podinfo\": the object has been "
                + "modified; please apply your changes to the latest version and try again"
        )
        let patched = await failure { () async throws(KubernetesError) in
            let changes: JSONValue = ["metadata": ["resourceVersion": "1001", "labels": ["a": "b"]]]
            return try await cluster.patch(.deployments, test, .merge(changes), subresource: nil)
        }
        #expect(patched?.isConflict == true)
    }

    @Test func wantsAResourceVersionInTheUpdateOfACustomResource() async throws {
        let canary: JSONValue = ["metadata": ["name": "podinfo"], "spec": ["service": ["port": 80]]]
        _ = try await cluster.create(.canaries, canary, namespace: "test")
        let refused = await failure { () async throws(KubernetesError) in
            try await cluster.update(.canaries, test, canary, subresource: nil)
        }
        #expect(
            refused?.message == "canaries.flagger.app \"podinfo\" is invalid: metadata.resourceVersion: "
                + "Invalid value: 0: must be specified for an update"
        )
    }

    @Test func appliesPatches() async throws {
        _ = try await cluster.create(.deployments, deployment(), namespace: "test")
        let merged = try await cluster.patch(
            .deployments,
            test,
            .merge(["metadata": ["labels": ["app": .null, "b": "c"]]]),
            subresource: nil
        )
        #expect(merged[path: "metadata", "labels"] == ["b": "c"])
        let replicas = JSONPointer(["spec", "replicas"])
        let patched = try await cluster.patch(
            .deployments,
            test,
            .json(JSONPatch([.test(replicas, 2), .replace(replicas, 4)])),
            subresource: nil
        )
        #expect(patched[path: "spec", "replicas"] == 4)
        let failed = await failure { () async throws(KubernetesError) in
            let patch = Patch.json(JSONPatch([.test(replicas, 2), .replace(replicas, 9)]))
            return try await cluster.patch(.deployments, test, patch, subresource: nil)
        }
        #expect(failed?.code == 422)
        #expect(cluster.object(.deployments, test) == patched)
    }

    @Test func scalesADeployment() async throws {
        _ = try await cluster.create(.deployments, deployment(), namespace: "test")
        let scale = try await cluster.update(
            .deployments,
            test,
            ["metadata": ["name": "podinfo", "namespace": "test"], "spec": ["replicas": 0]],
            subresource: "scale"
        )
        #expect(scale["kind"] == "Scale")
        #expect(scale[path: "spec", "replicas"] == 0)
        #expect(scale[path: "status", "selector"] == "app=podinfo")
        #expect(cluster.object(.deployments, test)?[path: "spec", "replicas"] == 0)
        #expect(cluster.object(.deployments, test)?.generation == 2)
    }

    @Test func keepsTheSelectorOfADeployment() async throws {
        var object = try await cluster.create(.deployments, deployment(), namespace: "test")
        object[path: "spec", "selector", "matchLabels", "app"] = "other"
        let refused = await failure { () async throws(KubernetesError) in
            try await cluster.update(.deployments, test, object, subresource: nil)
        }
        #expect(refused?.reason == "Invalid")
    }

    @Test func listsByNamespaceAndLabels() async throws {
        cluster.put(.deployments, deployment("b"))
        cluster.put(.deployments, deployment("a"))
        var other = deployment("a")
        other[path: "metadata", "namespace"] = "other"
        cluster.put(.deployments, other)
        let all = try await cluster.list(.deployments, namespace: nil, labelSelector: nil)
        #expect(all.items.map(\.key.description) == ["other/a", "test/a", "test/b"])
        #expect(all.resourceVersion == cluster.resourceVersion)
        let some = try await cluster.list(.deployments, namespace: "test", labelSelector: "app in (a,c)")
        #expect(some.items.map(\.key.description) == ["test/a"])
    }

    @Test func deletesWhatADeletedObjectOwns() async throws {
        let owner = try await cluster.create(.deployments, deployment(), namespace: "test")
        let other = try await cluster.create(.deployments, deployment("other"), namespace: "test")
        func owned(_ name: String, by owners: [JSONValue]) -> JSONValue {
            var object = configMap(name)
            let references = owners.map { owner -> JSONValue in
                [
                    "apiVersion": owner["apiVersion"] ?? .null, "kind": owner["kind"] ?? .null,
                    "name": .string(owner.name), "uid": .string(owner.uid),
                ]
            }
            object[path: "metadata", "ownerReferences"] = .array(references)
            return object
        }
        let child = try await cluster.create(.configMaps, owned("child", by: [owner]), namespace: "test")
        _ = try await cluster.create(.configMaps, owned("grandchild", by: [child]), namespace: "test")
        _ = try await cluster.create(.configMaps, owned("shared", by: [owner, other]), namespace: "test")
        try await cluster.delete(.deployments, test)
        #expect(cluster.objects(.configMaps).map(\.name) == ["shared"])
        let owners = cluster.object(.configMaps, "test", "shared")?[path: "metadata", "ownerReferences"]?.array
        #expect(owners?.compactMap { $0["uid"]?.string } == [other.uid])
    }

    @Test func holdsADeletedObjectBackForItsFinalizers() async throws {
        var object = configMap("held")
        object[path: "metadata", "finalizers"] = ["canarygate.dev/finalizer"]
        let key = object.key
        _ = try await cluster.create(.configMaps, object, namespace: "test")
        try await cluster.delete(.configMaps, key)
        var held = try await cluster.get(.configMaps, key)
        #expect(held[path: "metadata", "deletionTimestamp"] == "2026-11-25T04:00:00Z")
        held[path: "metadata", "finalizers"] = nil
        _ = try await cluster.update(.configMaps, key, held, subresource: nil)
        #expect(cluster.object(.configMaps, key) == nil)
    }

    @Test func watchesFromAResourceVersion() async throws {
        cluster.put(.configMaps, configMap("before"))
        let version = cluster.resourceVersion
        cluster.put(.configMaps, configMap("a"))
        let stream = try await cluster.watch(.configMaps, namespace: "test", resourceVersion: version)
        cluster.put(.configMaps, configMap("a", "2"))
        cluster.put(.configMaps, configMap("c", namespace: "other"))
        cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "before"))
        cluster.sendBookmarks()
        cluster.endWatches()
        var seen: [String] = []
        for try await event in stream { seen.append(event.summary) }
        #expect(seen == ["added a 1002", "modified a 1003", "deleted before 1005", "bookmark 1005"])
        #expect(cluster.watcherCount == 0)
    }

    @Test func answersExpiredToAWatchFromForgottenHistory() async throws {
        cluster.put(.configMaps, configMap("a"))
        let version = cluster.resourceVersion
        cluster.forgetHistory()
        let stream = try await cluster.watch(.configMaps, namespace: nil, resourceVersion: version)
        var iterator = stream.makeAsyncIterator()
        let error = await #expect(throws: KubernetesError.self) { try await iterator.next() }
        #expect(error?.isExpired == true)
        #expect(error?.message == "too old resource version: 1001 (1002)")
    }

    @Test func callsTheHookBeforeEachCall() async throws {
        let calls = Locked<[String]>([])
        let cluster = InMemoryCluster(clock: clock) { operation throws(KubernetesError) in
            let count = calls.withLock { calls in
                calls.append(operation)
                return calls.count
            }
            guard count < 4 else {
                throw KubernetesError(operation: operation, code: 0, reason: "", message: "killed")
            }
        }
        _ = try await cluster.create(.deployments, deployment(), namespace: "test")
        _ = try await cluster.list(.deployments, namespace: "test", labelSelector: nil)
        _ = try await cluster.update(.deployments, test, deployment(replicas: 3), subresource: "status")
        let killed = await failure { () async throws(KubernetesError) in try await cluster.delete(.deployments, test) }
        #expect(killed?.message == "killed")
        #expect(cluster.object(.deployments, test) != nil)
        #expect(
            calls.withLock { $0 } == [
                "create deployments.apps test/podinfo", "list deployments.apps in test",
                "update deployments.apps/status test/podinfo", "delete deployments.apps test/podinfo",
            ]
        )
    }

    @Test func doesNotServeAKindThatIsNotInstalled() async throws {
        cluster.setInstalled(false, .httpProxies)
        let missing = await failure { () async throws(KubernetesError) in
            try await cluster.list(.httpProxies, namespace: nil, labelSelector: nil)
        }
        #expect(missing?.isNotFound == true)
        cluster.setInstalled(true, .httpProxies)
        #expect(try await cluster.list(.httpProxies, namespace: nil, labelSelector: nil).items.isEmpty)
    }
}
