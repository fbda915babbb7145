import JSON
import Kubernetes
import Platform

/// A simulated pod: an object that becomes ready by the clock; nothing runs in it.
struct PodState {
    /// The Pod.
    let object: JSONValue

    /// Since when it is ready; nil while it is not.
    var readySince: Timestamp? {
        let conditions = object[path: "status", "conditions"]?.array ?? []
        let ready = conditions.first { $0["type"]?.string == "Ready" }
        guard ready?["status"]?.string == "True" else { return nil }
        return ready?["lastTransitionTime"]?.string.flatMap { Timestamp(rfc3339: $0) }
    }

    /// The images of its containers.
    var images: [String] { containers.map { $0["image"]?.string ?? "" } }

    /// Its IP address.
    var address: JSONValue { object[path: "status", "podIP"] ?? "" }

    /// The node that it is on.
    var node: JSONValue { object[path: "spec", "nodeName"] ?? "" }

    /// What Endpoints say an address belongs to.
    var target: JSONValue {
        [
            "kind": "Pod", "name": .string(object.name), "namespace": .string(object.namespace ?? ""),
            "uid": .string(object.uid),
        ]
    }

    private var containers: [JSONValue] { object[path: "spec", "containers"]?.array ?? [] }

    private var creation: Timestamp? {
        object[path: "metadata", "creationTimestamp"]?.string.flatMap { Timestamp(rfc3339: $0) }
    }

    /// When it will have started, by its age.
    func due(_ startup: Duration) -> Timestamp? { creation.map { $0 + startup } }

    /// The pod after its start-up time, whatever came of it; nil when it is so already.
    func started(_ start: PodStart, at now: Timestamp) -> JSONValue? {
        guard readySince == nil else { return nil }
        var pod = object
        pod["status"] =
            switch start {
            case .running: running(at: now)
            case .imageMissing: waiting(reason: "ImagePullBackOff", at: creation ?? now)
            case .crashing: crashing(at: creation ?? now)
            }
        return pod == object ? nil : pod
    }

    /// A new pod of `set`, of kind `type`, scheduled and waiting for its containers.
    static func object(
        of set: JSONValue,
        _ type: ResourceType,
        _ identity: NameSource.PodIdentity,
        at now: Timestamp
    ) -> JSONValue {
        let template = set[path: "spec", "template"] ?? .null
        let name = "\(set.name)-\(identity.suffix)"
        var metadata: JSONValue = [
            "name": .string(name), "namespace": .string(set.namespace ?? ""),
            "generateName": .string("\(set.name)-"), "creationTimestamp": .string(now.rfc3339),
        ]
        metadata["labels"] = template[path: "metadata", "labels"]
        metadata["annotations"] = template[path: "metadata", "annotations"]
        metadata["ownerReferences"] = [ObjectOwner.reference(to: set, type)]
        var spec = template["spec"] ?? .object(JSONObject())
        spec["nodeName"] = .string(identity.node)
        var pod: JSONValue = ["apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec]
        pod["status"] = ["podIP": .string(identity.address)]
        pod["status"] = PodState(object: pod).waiting(reason: "ContainerCreating", at: now)
        return pod
    }

    private func waiting(reason: String, at time: Timestamp) -> JSONValue {
        let statuses = containers.map { container in
            var state: JSONValue = ["reason": .string(reason)]
            if reason == "ImagePullBackOff" {
                state["message"] = .string("Back-off pulling image \"\(container["image"]?.string ?? "")\"")
            }
            return status(of: container, isReady: false, state: ["waiting": state])
        }
        return status(phase: "Pending", isReady: false, statuses: statuses, since: time, start: time)
    }

    /// The kubelet waits before it starts the containers once more.
    private func crashing(at time: Timestamp) -> JSONValue {
        let statuses = containers.map { container in
            let name = container["name"]?.string ?? ""
            let message = "back-off 10s restarting failed container=\(name) pod=\(object.name)"
            let waiting: JSONValue = ["reason": "CrashLoopBackOff", "message": .string(message)]
            var status = status(of: container, isReady: false, state: ["waiting": waiting])
            status["restartCount"] = 1
            status["lastState"] = [
                "terminated": [
                    "exitCode": 1, "reason": "Error", "startedAt": .string(time.rfc3339),
                    "finishedAt": .string(time.rfc3339),
                ]
            ]
            return status
        }
        return status(phase: "Running", isReady: false, statuses: statuses, since: time, start: time)
    }

    private func running(at now: Timestamp) -> JSONValue {
        let statuses = containers.map {
            status(of: $0, isReady: true, state: ["running": ["startedAt": .string(now.rfc3339)]])
        }
        return status(phase: "Running", isReady: true, statuses: statuses, since: now, start: creation ?? now)
    }

    private func status(of container: JSONValue, isReady: Bool, state: JSONValue) -> JSONValue {
        let image = container["image"]?.string ?? ""
        return [
            "name": container["name"] ?? "", "ready": .bool(isReady), "started": .bool(isReady), "restartCount": 0,
            "image": .string(image), "imageID": .string(isReady ? "sandbox://\(image)" : ""), "state": state,
        ]
    }

    private func status(
        phase: String,
        isReady: Bool,
        statuses: [JSONValue],
        since: Timestamp,
        start: Timestamp
    ) -> JSONValue {
        var conditions: [JSONValue] = []
        for (type, isTrue) in [
            ("PodScheduled", true), ("Initialized", true), ("ContainersReady", isReady), ("Ready", isReady),
        ] {
            let time = type.hasSuffix("Ready") ? since : start
            var condition: JSONValue = [
                "type": .string(type), "status": isTrue ? "True" : "False", "lastProbeTime": .null,
                "lastTransitionTime": .string(time.rfc3339),
            ]
            if !isTrue { condition["reason"] = "ContainersNotReady" }
            conditions.append(condition)
        }
        return [
            "phase": .string(phase), "conditions": .array(conditions), "hostIP": "172.18.0.2", "podIP": address,
            "podIPs": [["ip": address]], "startTime": .string(start.rfc3339),
            "containerStatuses": .array(statuses), "qosClass": "Burstable",
        ]
    }
}
