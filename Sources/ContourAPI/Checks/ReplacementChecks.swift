import JSON

/// What can be wrong with prefixes that are replaced.
enum ReplacementChecks {
    static func check(_ route: JSONValue, _ match: PathMatch, at path: String, into faults: inout FaultList) {
        let entries = route["pathRewritePolicy"]?.list("replacePrefix") ?? []
        let place = "\(path).pathRewritePolicy.replacePrefix"
        if !entries.isEmpty, match.kind != .prefix {
            faults.add(
                .replaceWithoutPrefix,
                at: place,
                .array(entries),
                "the route matches no prefix",
                write: "match by prefix, or take replacePrefix out"
            )
        }
        var seen: Set<String> = []
        for (index, entry) in entries.enumerated() {
            guard let prefix = entry.text("prefix"), !seen.insert(prefix).inserted else { continue }
            let isDefault = prefix.isEmpty
            faults.add(
                isDefault ? .replaceAmbiguous : .replaceDuplicate,
                at: "\(place)[\(index)]",
                entry,
                isDefault ? "a second replacement without a prefix" : "a second replacement for \(prefix)",
                write: "keep one of the two"
            )
        }
    }

    /// Tells the entries that never match.
    ///
    /// The whole prefix that a root's route has must be an entry's; that of a child's has the route's own at its end.
    static func checkUse(_ route: JSONValue, isRoot: Bool, at path: String, into faults: inout FaultList) {
        let entries = route["pathRewritePolicy"]?.list("replacePrefix") ?? []
        let match = PathMatch(route.list("conditions"))
        guard match.kind == .prefix else { return }
        for (index, entry) in entries.enumerated() {
            guard let prefix = entry.filled("prefix") else { continue }
            let isReached = isRoot || match.text == "/" ? prefix == match.text : prefix.hasSuffix(match.text)
            guard !isReached, isRoot || match.text != "/" else { continue }
            faults.add(
                .replaceUnused,
                at: "\(path).pathRewritePolicy.replacePrefix[\(index)].prefix",
                .string(prefix),
                "never matches",
                write: isRoot ? "write \(match.text)" : "end it in \(match.text)"
            )
        }
    }
}
