import JSON
import Kubernetes

/// What can be wrong with an include, whatever it leads to.
struct IncludeChecks {
    private let includes: [JSONValue]
    private let context: ProxyContext
    /// For an include with the conditions of an earlier sound one, which.
    private let repeated: [Int: Int]

    init(_ context: ProxyContext) {
        self.context = context
        includes = context.spec.list("includes")
        var first: [String: Int] = [:]
        var repeated: [Int: Int] = [:]
        for (index, include) in includes.enumerated() where includes.count > 1 {
            let conditions = include.list("conditions")
            guard let key = RequestMatch(conditions).includeKey, Self.areSound(conditions, context) else { continue }
            if let other = first[key] { repeated[index] = other } else { first[key] = index }
        }
        self.repeated = repeated
    }

    private static func areSound(_ conditions: [JSONValue], _ context: ProxyContext) -> Bool {
        var faults = context.faultList
        check(conditions, at: "", into: &faults)
        return faults.faults.isEmpty
    }

    private static func check(_ conditions: [JSONValue], at path: String, into faults: inout FaultList) {
        PathConditionChecks(check: .includePath, isInclude: true).check(conditions, at: path, into: &faults)
        RequestConditionChecks(conditions, at: path, reach: .skipInclude).check(into: &faults)
    }

    /// Checks the include at `index`.
    func check(_ index: Int, into faults: inout FaultList) {
        guard includes.indices.contains(index) else { return }
        let include = includes[index]
        let path = "spec.includes[\(index)]"
        Self.check(include.list("conditions"), at: "\(path).conditions", into: &faults)
        if let other = repeated[index] {
            faults.add(
                .includeDuplicate,
                at: "\(path).conditions",
                include["conditions"],
                "the same conditions as spec.includes[\(other)]",
                write: "give each include its own prefix or headers"
            )
        }
        checkTarget(include, at: path, into: &faults)
    }

    private func checkTarget(_ include: JSONValue, at path: String, into faults: inout FaultList) {
        guard let name = include.filled("name") else { return }
        let namespace = include.filled("namespace") ?? context.key.namespace
        guard ObjectKey(namespace: namespace, name: name) == context.key else { return }
        faults.add(
            context.isRoot ? .includeSelf.reporting("RootIncludesRoot") : .includeSelf,
            at: "\(path).name",
            .string(name),
            "the object includes itself",
            write: "write the name of another HTTPProxy"
        )
    }
}
