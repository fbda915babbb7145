import ContourAPI
import Kubernetes
import Schema

/// The objects and faults of some trees, each once.
struct GraphMarks {
    /// A fault of an object: one that two roots include has it in both trees.
    private struct Mark: Hashable {
        let key: ObjectKey
        let finding: Finding
    }

    /// The HTTPProxies.
    private(set) var objects: Set<ObjectKey> = []
    private var marks: Set<Mark> = []

    init(_ trees: [HostTree]) {
        for tree in trees {
            take(tree.root)
            for node in tree.tcp {
                add(node.faults + node.backends.flatMap(\.faults), of: node.key)
                objects.insert(node.key)
            }
        }
    }

    /// How many faults there are.
    var count: Int { marks.count }

    /// Whether one is that something is not there which the cluster may have.
    var missesSomething: Bool { marks.contains { MissingReference.isOne($0.finding) } }

    private mutating func take(_ node: ProxyNode) {
        objects.insert(node.key)
        add(node.faults, of: node.key)
        for include in node.includes {
            add(include.faults, of: node.key)
            if let child = include.child { take(child) }
        }
        for route in node.routes {
            add(route.faults, of: node.key)
            guard case .services(let backends)? = route.action else { continue }
            add(backends.flatMap(\.faults), of: node.key)
        }
    }

    private mutating func add(_ faults: [ProxyFault], of key: ObjectKey) {
        for fault in faults { marks.insert(Mark(key: key, finding: fault.finding)) }
    }
}

extension ProxyFault {
    /// Whether it makes the object invalid, or the webhook refuses it.
    var isError: Bool { finding.severity == .deny || (reach != .note && reach != .unreported) }
}
