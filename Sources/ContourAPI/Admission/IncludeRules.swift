import JSON
import Kubernetes

/// What can be wrong with the includes of an HTTPProxy.
enum IncludeRules {
    static func check(_ spec: JSONValue, of proxy: JSONValue, into findings: inout ProxyFindings) {
        var seen: [String: String] = [:]
        for (index, include) in spec.list("includes").enumerated() {
            let path = "spec.includes[\(index)]"
            let conditions = include.list("conditions")
            ConditionRules.check(conditions, at: "\(path).conditions", error: "IncludeError", into: &findings)
            checkTarget(include, at: path, of: proxy, into: &findings)
            guard let key = identity(of: conditions) else { continue }
            if let first = seen[key] {
                findings.deny(
                    "include-duplicate",
                    "\(path).conditions",
                    value: include["conditions"],
                    contour: "IncludeError/DuplicateMatchConditions",
                    "the same conditions as \(first)",
                    write: "give each include its own prefix or headers"
                )
            }
            seen[key] = seen[key] ?? path
        }
    }

    private static func checkTarget(
        _ include: JSONValue,
        at path: String,
        of proxy: JSONValue,
        into findings: inout ProxyFindings
    ) {
        guard let name = include["name"]?.string else { return }
        guard !name.isEmpty else {
            findings.deny(
                "include-name-missing",
                "\(path).name",
                value: "",
                "an include without a name",
                write: "write the HTTPProxy's name"
            )
            return
        }
        let namespace = include.filled("namespace") ?? proxy.namespace
        guard name == proxy.name, namespace == proxy.namespace else { return }
        let isRoot = proxy["spec"]?.has("virtualhost") ?? false
        findings.deny(
            "include-self",
            "\(path).name",
            value: .string(name),
            contour: isRoot ? "IncludeError/RootIncludesRoot" : "IncludeError/IncludeCreatesCycle",
            "the object includes itself",
            write: "write the name of another HTTPProxy"
        )
    }

    /// A text that is equal for includes which match the same requests; nil for those that may repeat: no conditions, or
    /// just the prefix `/`.
    private static func identity(of conditions: [JSONValue]) -> String? {
        let prefix = conditions.compactMap { $0.filled("prefix") }.joined()
        let matches = ["header", "queryParameter"].map { kind in
            conditions.compactMap { $0[kind] }.filter { !$0.isNull }
                .map { String(decoding: $0.canonical, as: UTF8.self) }.sorted()
        }
        if matches.allSatisfy(\.isEmpty), prefix.isEmpty || prefix == "/" { return nil }
        return ([prefix] + matches.map { $0.joined(separator: ",") }).joined(separator: "\n")
    }
}
