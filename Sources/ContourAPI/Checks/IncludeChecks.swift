import JSON
import Kubernetes

/// What can be wrong with an include, whatever it leads to.
struct IncludeChecks {
    private let includes: [JSONValue]
    private let context: ProxyContext
    /// For an include with the conditions of an earlier sound one, which; nil where that is looked for one by one.
    private let repeated: [Int: Int]?

    /// The checks of the includes of `context`, one by one, or of all `atOnce`, which costs more than one and less than
    /// each.
    init(_ context: ProxyContext, atOnce: Bool) {
        self.context = context
        includes = context.spec.list("includes")
        repeated = atOnce ? Self.repeated(among: includes, context) : nil
    }

    private static func repeated(among includes: [JSONValue], _ context: ProxyContext) -> [Int: Int] {
        var first: [String: Int] = [:]
        var repeated: [Int: Int] = [:]
        for (index, include) in includes.enumerated() where includes.count > 1 {
            let conditions = include.list("conditions")
            guard let key = RequestMatch(conditions).includeKey, areSound(conditions, context) else { continue }
            if let other = first[key] { repeated[index] = other } else { first[key] = index }
        }
        return repeated
    }

    /// The earlier sound include with the conditions of the one at `index`; nil for none.
    private func original(of index: Int) -> Int? {
        if let repeated { return repeated[index] }
        let conditions = includes[index].list("conditions")
        guard let key = RequestMatch(conditions).includeKey, Self.areSound(conditions, context) else { return nil }
        let path = PathMatch(conditions).text
        return (0..<index).first { other in
            let conditions = includes[other].list("conditions")
            return PathMatch(conditions).text == path && RequestMatch(conditions).includeKey == key
                && Self.areSound(conditions, context)
        }
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
        if let other = original(of: index) {
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
