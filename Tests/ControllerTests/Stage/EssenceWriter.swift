import JSON
import Kubernetes
import Platform

/// Writes objects down in a form that is the same for those that come to the same.
struct EssenceWriter {
    /// What it has written.
    var text = ""
    /// The moment from which times are reckoned; nil to leave them out.
    private let now: Timestamp?
    private var generation = 0

    /// What somebody writes on an object while the loop has it in hand.
    static let mark = "example.com/touched"

    /// What is handed out, only told, or follows from the rest.
    private static let left: Set<String> = [
        "resourceVersion", "uid", "creationTimestamp", "managedFields", "generation", "journal", "history",
        "nextCheckTime", "estimatedEndTime", "startedAt", "requestedAt", "endedAt", "time", mark,
        "canarygate.dev/requested-at", "canarygate.dev/ended-at",
    ]

    init(now: Timestamp?) { self.now = now }

    /// Writes `object` in a line.
    mutating func write(_ type: ResourceType, _ object: JSONValue) {
        generation = object.generation
        text += "\(type.kind) \(object.name) "
        write(object, isCondition: false)
        text += "\n"
    }

    private mutating func write(_ value: JSONValue, isCondition: Bool) {
        switch value {
        case .object(let object):
            text += "{"
            for member in object.members.sorted(by: { $0.key < $1.key }) where !Self.left.contains(member.key) {
                write(member, isCondition: isCondition)
            }
            text += "}"
        case .array(let elements):
            text += "["
            for element in elements {
                write(element, isCondition: isCondition)
                text += ","
            }
            text += "]"
        case .string(let string): write(string)
        default: text += value.text
        }
    }

    private mutating func write(_ member: JSONObject.Member, isCondition: Bool) {
        if isCondition, member.key == "lastTransitionTime" { return }
        // Annotations come and go with their last one.
        if member.key == "annotations", member.value.object?.keys.allSatisfy(Self.left.contains) ?? true { return }
        text += member.key
        text += ":"
        if member.key == "observedGeneration" {
            text += "\(generation - (member.value.int ?? 0)) behind"
        } else {
            write(member.value, isCondition: member.key == "conditions")
        }
        text += " "
    }

    private mutating func write(_ string: String) {
        guard string.utf8.count == 20, string.utf8.last == UInt8(ascii: "Z"), let time = Timestamp(rfc3339: string)
        else {
            text += string
            return
        }
        if let now { text += "\(now.seconds - time.seconds) s ago" }
    }
}
