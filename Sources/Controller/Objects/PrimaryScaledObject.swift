import FlaggerAPI
import JSON
import Kubernetes

/// The ScaledObject of the primary: a copy of the target's that scales the primary.
///
/// Its annotations are its own: a pause of the target's must not hold the primary.
enum PrimaryScaledObject {
    /// The annotation by which KEDA is kept from scaling, and the number of pods it then asks for.
    static let pause = "autoscaling.keda.sh/paused-replicas"

    /// The spec that the copy should have.
    static func spec(for canary: Canary, source: JSONValue) -> JSONValue {
        var spec = source["spec"] ?? .object(JSONObject())
        spec[path: "scaleTargetRef", "name"] = .string(canary.primaryName)
        if let minimum = canary.primaryReplicas.minimum { spec["minReplicaCount"] = .number(JSONNumber(minimum)) }
        if let maximum = canary.primaryReplicas.maximum { spec["maxReplicaCount"] = .number(JSONNumber(maximum)) }
        // Two ScaledObjects cannot make one HorizontalPodAutoscaler.
        spec.change(["advanced", "horizontalPodAutoscalerConfig", "name"]) { name in
            name = name.string.map { .string("\($0)-primary") } ?? name
        }
        spec.changeElements(of: ["triggers"]) { trigger in
            if let query = trigger["name"]?.string.flatMap({ canary.primaryQueries[$0] }) {
                trigger[path: "metadata", "query"] = .string(query)
            } else {
                trigger.change(["metadata", "query"]) { query in
                    query = query.string.map { .string(aimed(at: canary, $0)) } ?? query
                }
            }
        }
        return spec
    }

    /// `query` with the primary's name for the target's, and for that of the Service of the pods under analysis.
    ///
    /// The name counts where it is a word or begins one that goes on with a dash, as those of pods do; what is the
    /// primary's already stays.
    static func aimed(at canary: Canary, _ query: String) -> String {
        let name = canary.target.name
        var aimed = ""
        var rest = query[...]
        while let range = rest.firstRange(of: name) {
            aimed += rest[..<range.lowerBound]
            let isInWord = aimed.last.map { isWordPart($0) || $0 == "-" } ?? false
            aimed += name
            rest = rest[range.upperBound...]
            if isInWord || rest.first.map(isWordPart) ?? false || rest.hasPrefix("-primary") { continue }
            aimed += "-primary"
            if rest.hasPrefix("-canary") { rest = rest.dropFirst("-canary".count) }
        }
        return aimed + rest
    }

    private static func isWordPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_"
    }
}
