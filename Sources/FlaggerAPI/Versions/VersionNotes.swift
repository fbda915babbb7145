import JSON
import Kubernetes

/// What a Canary said in its other version and cannot say in this one, as an annotation keeps it.
///
/// The annotations belong to the conversion: it writes them, and takes no more from them than it would have written.
struct VersionNotes: Hashable, Sendable {
    /// Which annotation.
    enum Place: String {
        /// On an object of `v1beta1`: how it is written in `v1alpha3`.
        case ofFormer = "canarygate.dev/v1alpha3"
        /// On an object of `v1alpha3`: how it is written in `v1beta1`.
        case ofCurrent = "canarygate.dev/v1beta1"
    }

    /// The name that the analysis has there, when it is not that version's own.
    var analysis: CanaryNames?
    /// The former names of metrics, by their index.
    var metrics: [Int: String] = [:]
    /// The metrics with former names that mean just what they say.
    var literal: Set<Int> = []

    init() {}

    /// The notes at `place` of `canary`; none where there are none, or what is there is none of ours.
    init(in canary: JSONValue, _ place: Place) {
        guard let text = canary.annotation(place.rawValue), let value = Self.parsed(text) else { return }
        analysis = value["analysis"]?.string.flatMap(CanaryNames.init)
        for member in value["metrics"]?.object ?? JSONObject() {
            if let index = Int(member.key), let name = member.value.string { metrics[index] = name }
        }
        literal = Set((value["literalMetrics"]?.array ?? []).compactMap(\.int))
    }

    private static func parsed(_ text: String) -> JSONValue? {
        do { return try JSONValue(parsing: text) } catch {
            // Somebody else's text: the note is lost, and the object is converted as one without.
            return nil
        }
    }

    /// `canary` with these notes at `place`, and with none at the other.
    func written(_ place: Place, on canary: JSONValue) -> JSONValue {
        var canary = canary
        for name in [Place.ofFormer, .ofCurrent] { canary[path: "metadata", "annotations", name.rawValue] = nil }
        if self != VersionNotes() {
            canary[path: "metadata", "annotations", place.rawValue] = .string(value.text)
        } else if canary[path: "metadata", "annotations"]?.object?.isEmpty == true {
            canary[path: "metadata", "annotations"] = nil
        }
        return canary
    }

    private var value: JSONValue {
        var value: JSONValue = .object(JSONObject())
        value["analysis"] = analysis.map { .string($0.rawValue) }
        for (index, name) in metrics.sorted(by: { $0.key < $1.key }) {
            value[path: "metrics", String(index)] = .string(name)
        }
        if !literal.isEmpty {
            value["literalMetrics"] = .array(literal.sorted().map { .number(JSONNumber($0)) })
        }
        return value
    }
}
