package import Admission
import JSON
import Kubernetes
package import Platform

/// The mutating webhook on ConfigMaps and Secrets that pods of a Canary's target read: a change of what they hold is stamped
/// with who asked for what and when, for the loop, which sees another digest of it and opens a gated revision.
///
/// Registered for UPDATE of `configmaps` and `secrets` with the label `canarygate.dev/managed`. It looks at what the API
/// server sends with the request, and keeps nothing of it: keys are named, values never. What opts out of tracking passes.
package struct ConfigGate: Webhook {
    private static let kinds = ["configmaps": "ConfigMap", "secrets": "Secret"]
    private static let sections = ["data", "binaryData"]
    /// How many keys are named.
    private static let namedKeys = 3
    /// The longest name of a key, as Kubernetes has it, cut: a key may have 253 characters.
    private static let keyLimit = 60

    /// The user as whom the loop asks; its own changes pass untouched.
    package let controllerUsername: String

    /// `/mutate/configs`.
    package let path = "/mutate/configs"

    /// True: it stamps.
    package let isMutating = true

    /// Ignore: no change of a ConfigMap waits for us; the loop sees the digest all the same.
    package let failurePolicy = FailurePolicy.ignore

    /// A gate that lets `controllerUsername` pass, for example `system:serviceaccount:canarygate-system:canarygate`.
    package init(controllerUsername: String) { self.controllerUsername = controllerUsername }

    /// The verdict on an UPDATE; anything else is allowed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.operation == .update, request.subresource == nil, request.username != controllerUsername,
            let kind = Self.kinds[request.resource], let namespace = request.namespace, let name = request.name,
            let object = request.object, let stored = request.oldObject, !request.isBeingDeleted
        else { return .allowed }
        let reference = ConfigReference(kind: kind, name: name)
        let canaries = Self.canaries(of: reference, namespace: namespace, in: view)
        guard !canaries.isEmpty, Self.isTracked(object) else { return .allowed }
        var edits = ObjectEdits(object)
        edits.mark()
        let keys = Self.changedKeys(from: stored, to: object)
        guard !keys.isEmpty else {
            var warnings: [String] = []
            if edits.write(GateStamp(of: stored)) {
                warnings = ["the gate's canarygate.dev annotations stay as they were: they say who changed what last"]
            }
            return Verdict(patch: edits.patch, warnings: warnings)
        }
        let change = Self.text(of: reference, keys)
        let stamp = GateStamp(
            change: change,
            requestedBy: OneLine.cut(request.username, to: TemplateChange.limit),
            requestedAt: now.rfc3339
        )
        _ = edits.write(stamp.keepingTime(of: object, at: now))
        return Verdict(patch: edits.patch, warnings: canaries.map { Self.warning(of: change, $0) })
    }

    /// The live Canaries whose targets read it, by name.
    private static func canaries(
        of reference: ConfigReference,
        namespace: String,
        in view: ClusterView
    ) -> [GatedCanary] {
        var found: [String: GatedCanary] = [:]
        for type in [ResourceType.deployments, .daemonSets] {
            for key in view.keys(type, with: .reads(reference), namespace: namespace) {
                guard let canary = GatedCanary.driving(type.kind, key.name, namespace: namespace, in: view) else {
                    continue
                }
                found[canary.name] = canary
            }
        }
        return found.values.sorted { $0.name < $1.name }
    }

    /// Read off the request without making a tree of what may be a megabyte.
    private static func isTracked(_ object: JSONCursor) -> Bool {
        var head: JSONValue = [:]
        head["metadata"] = object["metadata"]?.value
        head["type"] = object["type"]?.value
        return ConfigReferences.isTracked(head)
    }

    /// The keys whose values differ, sorted; nothing is compared where the texts are the same.
    private static func changedKeys(from stored: JSONCursor, to object: JSONCursor) -> [String] {
        var keys: Set<String> = []
        for section in sections {
            let (old, new) = (stored[section], object[section])
            if let old, let new, old.meansTheSame(as: new) { continue }
            let (before, after) = (old?.value.object ?? JSONObject(), new?.value.object ?? JSONObject())
            for member in before where after[member.key] != member.value { keys.insert(member.key) }
            for member in after where before[member.key] == nil { keys.insert(member.key) }
        }
        return keys.sorted()
    }

    /// `configmap/podinfo-config: key app.yaml`.
    private static func text(of reference: ConfigReference, _ keys: [String]) -> String {
        let named = keys.prefix(namedKeys).map { OneLine.cut($0, to: keyLimit) }.joined(separator: ", ")
        let more = keys.count - namedKeys
        let text =
            "\(reference.title): key\(keys.count > 1 ? "s" : "") \(named)" + (more > 0 ? " and \(more) more" : "")
        return OneLine.cut(text, to: TemplateChange.limit)
    }

    private static func warning(of change: String, _ canary: GatedCanary) -> String {
        let wait = canary.isSuspended ? ", which waits: it is suspended" : ""
        return OneLine.warning("opens a gated revision of canary \(canary.name)\(wait): \(change)")
    }
}
