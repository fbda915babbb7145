import JSON
import Kubernetes

/// A condition on fields as `fieldSelector` carries it: `metadata.name=a,type!=Normal`, all of which must hold.
struct FieldSelector: Hashable, Sendable {
    private struct Requirement: Hashable {
        let path: [String]
        let value: String
        let isEqual: Bool
    }

    private let requirements: [Requirement]

    /// Parses a selector on objects of `kind`; the empty text selects everything.
    ///
    /// - Throws: the 400 for a field that the kind cannot be selected by.
    init(_ text: String, for kind: ServedKind) throws(KubernetesError) {
        var requirements: [Requirement] = []
        for part in text.split(separator: ",") {
            guard let mark = part.firstIndex(of: "=") else {
                throw .badRequest("invalid selector: '\(text)'; can't understand '\(part)'")
            }
            let isEqual = !part[..<mark].hasSuffix("!")
            let field = String(isEqual ? part[..<mark] : part[..<mark].dropLast())
            guard Self.fields(of: kind).contains(field) else {
                guard Self.special[kind.type.qualifiedPlural] == nil, !kind.isCustom else {
                    throw .badRequest("field label not supported: \(field)")
                }
                let known = "only \"metadata.name\", \"metadata.namespace\""
                throw .badRequest("\"\(field)\" is not a known field selector: \(known)")
            }
            let value = part[part.index(after: mark)...].drop { $0 == "=" }
            let path = field == "source" ? ["source", "component"] : field.split(separator: ".").map(String.init)
            requirements.append(Requirement(path: path, value: String(value), isEqual: isEqual))
        }
        self.requirements = requirements
    }

    /// Whether it selects everything.
    var isEmpty: Bool { requirements.isEmpty }

    /// Whether all parts hold for `object`; a field that is missing is empty.
    func matches(_ object: JSONValue) -> Bool {
        requirements.allSatisfy { requirement in
            let found = requirement.path.reduce(object as JSONValue?) { $0?[$1] }
            let text = found?.string ?? found?.number?.text ?? ""
            return (text == requirement.value) == requirement.isEqual
        }
    }

    private static func fields(of kind: ServedKind) -> Set<String> {
        let common: Set = ["metadata.name", "metadata.namespace"]
        return common.union(special[kind.type.qualifiedPlural] ?? [])
    }

    /// Source: the conversion functions for field labels in Kubernetes' `pkg/apis`.
    private static let special: [String: Set<String>] = [
        "events": [
            "involvedObject.kind", "involvedObject.namespace", "involvedObject.name", "involvedObject.uid",
            "involvedObject.apiVersion", "involvedObject.resourceVersion", "involvedObject.fieldPath", "reason",
            "reportingComponent", "source", "type",
        ],
        "namespaces": ["status.phase"],
        "nodes": ["spec.unschedulable"],
        "pods": [
            "spec.nodeName", "spec.restartPolicy", "spec.schedulerName", "spec.serviceAccountName",
            "spec.hostNetwork", "status.phase", "status.podIP", "status.nominatedNodeName",
        ],
        "replicasets.apps": ["status.replicas"],
        "secrets": ["type"],
        "services": ["spec.clusterIP", "spec.type"],
    ]
}
