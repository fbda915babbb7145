import JSON

/// How requests are spread over the endpoints of a service, as far as Contour understands it.
struct BalancingPolicy {
    /// The strategies that there are.
    static let strategies = ["RoundRobin", "WeightedLeastRequest", "Random", "Cookie", "RequestHash"]

    /// An entry of `requestHashPolicies` that is ignored.
    struct Ignored {
        let index: Int
        let problem: String
        /// Whether the schema tells of it already.
        let isTold: Bool
    }

    /// The strategy that acts; empty for the default.
    let strategy: String
    /// What is ignored.
    let ignored: [Ignored]
    /// Whether RequestHash is left with nothing to hash.
    let hashesNothing: Bool

    /// Reads a `loadBalancerPolicy`; nil for none.
    init(_ policy: JSONValue?) {
        let written = policy?.filled("strategy") ?? ""
        guard written == "RequestHash" else {
            strategy = Self.strategies.contains(written) && written != "RoundRobin" ? written : ""
            ignored = []
            hashesNothing = false
            return
        }
        let entries = policy?.list("requestHashPolicies") ?? []
        var sources = HashSources()
        ignored = entries.enumerated().compactMap { index, entry in
            sources.fault(adding: entry).map { Ignored(index: index, problem: $0.problem, isTold: $0.isTold) }
        }
        hashesNothing = ignored.count == entries.count
        strategy = hashesNothing ? "RoundRobin" : "RequestHash"
    }

    /// Whether a service may warm up slowly under it.
    var allowsSlowStart: Bool { !["Random", "Cookie", "RequestHash"].contains(strategy) }

    /// Tells what is ignored of the policy at `path`.
    func check(at path: String, _ policy: JSONValue?, into faults: inout FaultList) {
        let entries = policy?.list("requestHashPolicies") ?? []
        for entry in ignored {
            faults.add(
                .hashIgnored,
                at: "\(path).requestHashPolicies[\(entry.index)]",
                entries[entry.index],
                entry.problem,
                write: "write one of hashSourceIP, headerHashOptions, queryParameterHashOptions, each source once",
                so: "the entry is ignored",
                isConsequence: entry.isTold
            )
        }
        guard hashesNothing else { return }
        faults.add(
            .hashMissing,
            at: "\(path).requestHashPolicies",
            policy?["requestHashPolicies"],
            "nothing to hash",
            write: "add an entry, or write RoundRobin",
            so: "the strategy is RoundRobin",
            isConsequence: !ignored.isEmpty
        )
    }
}

/// What is hashed already.
private struct HashSources {
    private var hasAddress = false
    private var headers = HeaderNames()
    private var parameters: Set<String> = []

    /// Takes the entry in; why Contour ignores it, or nil.
    mutating func fault(adding entry: JSONValue) -> (problem: String, isTold: Bool)? {
        let kinds = ["hashSourceIP", "headerHashOptions", "queryParameterHashOptions"]
        let used = kinds.filter { $0 == "hashSourceIP" ? entry.flag($0) : entry.has($0) }
        guard used.count == 1 else { return (used.isEmpty ? "hashes nothing" : "hashes several things", false) }
        switch used[0] {
        case "hashSourceIP":
            defer { hasAddress = true }
            return hasAddress ? ("a second hashSourceIP", false) : nil
        case "headerHashOptions":
            guard let name = entry["headerHashOptions"]?.text("headerName") else { return ("no header", true) }
            return headers.fault(adding: name).map { ($0.problem, name.isEmpty) }
        default:
            let name = entry["queryParameterHashOptions"]?.filled("parameterName")?.lowercased() ?? ""
            if name.isEmpty { return ("no parameter", true) }
            return parameters.insert(name).inserted ? nil : ("a second time the parameter \(name)", false)
        }
    }
}
