import Admission
import HTTP
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport

/// A cluster, a server of webhooks in memory, and the admission between them.
struct AdmissionBench {
    let cluster = InMemoryCluster(clock: ManualClock())
    let server: FakeWebhookServer
    let admission: WebhookAdmission

    /// Webhooks that answer with these members of `response`.
    init(response: @escaping @Sendable (String, JSONValue) -> JSONValue = { _, _ in ["allowed": true] }) {
        self.init(FakeWebhookServer(response: response))
    }

    /// Webhooks of `server`; their reviews are called `uid-1`, `uid-2` and so on.
    init(_ server: FakeWebhookServer) {
        self.server = server
        let count = Locked(0)
        admission = WebhookAdmission(
            cluster: cluster,
            makeUID: {
                let number = count.withLock { count -> Int in
                    count += 1
                    return count
                }
                return "uid-\(number)"
            },
            connect: { _, _ in InMemoryTransport(handler: server) }
        )
        cluster.put(.namespaces, ["metadata": ["name": "test", "labels": ["team": "a"]]])
    }

    /// Registers webhooks in a configuration named `name`.
    func register(mutating isMutating: Bool, _ webhooks: [JSONValue], name: String = "hooks") {
        let type = isMutating ? ResourceType.mutatingWebhooks : .validatingWebhooks
        let object: JSONValue = ["metadata": ["name": .string(name)], "webhooks": .array(webhooks)]
        cluster.put(type, ObjectDefaults.completed(object, type))
    }
}

/// A registration of everything with `changes`, a merge patch; called at `https://hook.test/` and the name's first part.
func webhook(_ name: String = "check.example.com", _ changes: JSONValue = .object(JSONObject())) -> JSONValue {
    let path = name.prefix { $0 != "." }
    let registration: JSONValue = [
        "name": .string(name), "admissionReviewVersions": ["v1"], "sideEffects": "None",
        "clientConfig": ["url": .string("https://hook.test/\(path)")],
        "rules": [["operations": ["*"], "apiGroups": ["*"], "apiVersions": ["*"], "resources": ["*"]]],
    ]
    return registration.merging(changes)
}

/// The write of `object`, in place of `old` when there is one; a deletion of `old` when there is no object.
func attempt(
    _ object: JSONValue? = configMap("a"),
    replacing old: JSONValue? = nil,
    type: ResourceType = .configMaps,
    subresource: String? = nil,
    isDryRun: Bool = false
) -> AdmissionAttempt {
    let key = (object ?? old)?.key ?? ObjectKey(namespace: nil, name: "")
    let kind = object == nil ? "DeleteOptions" : old == nil ? "CreateOptions" : "UpdateOptions"
    return AdmissionAttempt(
        operation: object == nil ? .delete : old == nil ? .create : .update,
        type: type,
        key: key,
        subresource: subresource,
        object: object,
        oldObject: old,
        user: APIUser(name: "admin", groups: ["system:masters", "system:authenticated"]),
        options: ["kind": .string(kind), "apiVersion": "meta.k8s.io/v1"],
        isDryRun: isDryRun
    )
}

/// The answer's `patch` and `patchType` for these operations.
func patching(_ operations: JSONValue) -> JSONValue {
    [
        "allowed": true, "patchType": "JSONPatch", "patch": .string(Base64.encode(operations.serialized)),
    ]
}
