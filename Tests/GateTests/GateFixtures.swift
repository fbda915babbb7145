import Admission
import Gate
import JSON
import Kubernetes
import Platform

/// The moment of every call in these tests.
let now = Timestamp(seconds: 1_795_579_509)

/// The loop's user.
let controller = "system:serviceaccount:canarygate-system:canarygate"

/// A pod template of podinfo with one image and some environment.
func template(_ image: String, color: String = "blue", annotations: JSONValue? = nil) -> JSONValue {
    var template: JSONValue = [
        "metadata": ["labels": ["app": "podinfo"]],
        "spec": [
            "containers": [
                [
                    "name": "podinfod", "image": .string(image),
                    "env": [["name": "PODINFO_UI_COLOR", "value": .string(color)]],
                ]
            ]
        ],
    ]
    template[path: "metadata", "annotations"] = annotations
    return template
}

let podinfo310 = template("stefanprodan/podinfo:3.1.0")
let podinfo311 = template("stefanprodan/podinfo:3.1.1")
let podinfo312 = template("stefanprodan/podinfo:3.1.2")

/// The Deployment test/podinfo.
func deployment(
    _ template: JSONValue,
    replicas: Int = 0,
    paused: Bool? = nil,
    annotations: JSONValue? = nil
) -> JSONValue {
    var object: JSONValue = [
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": ["name": "podinfo", "namespace": "test", "labels": ["canarygate.dev/managed": "true"]],
        "spec": ["replicas": .number(JSONNumber(replicas)), "template": template],
    ]
    object[path: "metadata", "annotations"] = annotations
    object[path: "spec", "paused"] = paused.map(JSONValue.bool)
    return object
}

/// The DaemonSet test/podinfo; held where the node selector keeps it from having pods.
func agent(
    _ template: JSONValue,
    isHeld: Bool,
    strategy: JSONValue? = nil,
    annotations: JSONValue? = nil
) -> JSONValue {
    var agent = deployment(template, annotations: annotations)
    agent["kind"] = "DaemonSet"
    agent[path: "spec", "replicas"] = nil
    agent[path: "spec", "updateStrategy"] = strategy
    if isHeld { agent[path: "spec", "template", "spec", "nodeSelector"] = ["flagger.app/scale-to-zero": "true"] }
    return agent
}

/// The annotations of a stamp for `template`.
func stamp(
    _ template: JSONValue,
    gate: String = "closed",
    change: String = "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1",
    by user: String = "ada",
    at time: String = "2026-11-25T05:00:00Z"
) -> JSONValue {
    [
        "canarygate.dev/revision": .string(RevisionDigest.of(template: template)),
        "canarygate.dev/gate": .string(gate),
        "canarygate.dev/change": .string(change),
        "canarygate.dev/requested-by": .string(user),
        "canarygate.dev/requested-at": .string(time),
    ]
}

/// The Canary test/podinfo.
func canary(
    phase: String = "Succeeded",
    promoted: JSONValue = podinfo310,
    autoscaler: Bool = true,
    kind: String = "Deployment"
) -> JSONValue {
    var canary: JSONValue = [
        "apiVersion": "flagger.app/v1beta1", "kind": "Canary",
        "metadata": ["name": "podinfo", "namespace": "test", "uid": "canary-uid"],
        "spec": ["targetRef": ["apiVersion": "apps/v1", "kind": .string(kind), "name": "podinfo"]],
        "status": ["phase": .string(phase), "lastPromotedSpec": .string(RevisionDigest.of(template: promoted))],
    ]
    if autoscaler {
        canary[path: "spec", "autoscalerRef"] = ["kind": "HorizontalPodAutoscaler", "name": "podinfo"]
    }
    return canary
}

/// A view of these canaries, Deployments and others, in which ada may break the glass.
func view(_ canaries: JSONValue..., deployments: [JSONValue] = []) -> ClusterView {
    var view = ClusterView()
    for canary in canaries { view.set(.canaries, canary) }
    for deployment in deployments { view.set(.deployments, deployment) }
    view.record(glassQuestion, isAllowed: true, at: now)
    return view
}

/// Whether ada may break the glass.
let glassQuestion = AccessQuestion(username: "ada", groups: [], namespace: "test")

/// What ada is told who breaks the glass on `title`.
func broken(_ title: String, _ reason: String, _ resource: String = "deployments") -> Verdict {
    var verdict = Verdict(warnings: ["break-glass on \(title): \(reason)"])
    verdict.lookup = glassQuestion
    verdict.brokenGlass = BrokenGlass(
        resource: resource,
        title: title,
        namespace: "test",
        canary: "podinfo",
        username: "ada",
        reason: reason
    )
    return verdict
}

/// What the API server asks; objects go through bytes as they do in life.
func request(
    _ operation: AdmissionRequest.Operation = .update,
    _ type: ResourceType = .deployments,
    subresource: String? = nil,
    from stored: JSONValue?,
    to object: JSONValue?,
    by user: String = "ada",
    isDryRun: Bool = false
) throws -> AdmissionRequest {
    let named = object ?? stored ?? .null
    return AdmissionRequest(
        uid: "705ab4f5-6393-11e8-b7cc-42010a800002",
        group: type.group,
        version: type.version,
        resource: type.plural,
        kind: subresource == "scale" ? "Scale" : type.kind,
        subresource: subresource,
        name: named.name,
        namespace: named.namespace,
        operation: operation,
        username: user,
        object: try object.map { try JSONDocument(parsing: $0.serialized).root },
        oldObject: try stored.map { try JSONDocument(parsing: $0.serialized).root },
        isDryRun: isDryRun
    )
}

/// The Scale of `name`.
func scale(_ name: String, _ replicas: Int) -> JSONValue {
    [
        "apiVersion": "autoscaling/v1", "kind": "Scale",
        "metadata": ["name": .string(name), "namespace": "test"],
        "spec": ["replicas": .number(JSONNumber(replicas))],
    ]
}

/// The pointer of one of the gate's annotations.
func annotation(_ name: String) -> JSONPointer { JSONPointer(["metadata", "annotations", "canarygate.dev/\(name)"]) }

let pausedPointer = JSONPointer(["spec", "paused"])
let replicasPointer = JSONPointer(["spec", "replicas"])
