import JSON
import Schema

/// What can be wrong with the addresses that are let in or kept out, of a host or of a route.
enum AddressChecks {
    private static let lists = ["ipAllowPolicy", "ipDenyPolicy"]

    /// Checks that there is one list at most in `owner`; whether there is.
    @discardableResult
    static func checkLists(
        _ owner: JSONValue,
        at path: String,
        _ check: ProxyCheck,
        into faults: inout FaultList
    ) -> Bool {
        guard lists.allSatisfy({ !owner.list($0).isEmpty }) else { return true }
        faults.add(
            check,
            at: "\(path).ipDenyPolicy",
            owner["ipDenyPolicy"],
            "stands beside ipAllowPolicy",
            write: "keep one of the two"
        )
        return false
    }

    /// Checks the entries for a route.
    ///
    /// With the last entry a bad one Contour drops the routes; otherwise the filter is in force without the bad ones.
    static func checkRoute(_ route: JSONValue, at path: String, into faults: inout FaultList) {
        let isSound = checkLists(route, at: path, .allowAndDeny.reaching(.drop), into: &faults)
        for entry in bad(in: route, at: path) {
            add(entry, .addressRange.reaching(entry.isLast && isSound ? .drop : .goOn), into: &faults)
        }
    }

    /// Checks the entries for a host; with TLS ended here Contour looks at them twice.
    static func checkHost(_ context: ProxyContext, into faults: inout FaultList) {
        let entries = bad(in: context.virtualHost, at: "spec.virtualhost")
        for entry in entries { add(entry, .addressRange, into: &faults) }
        if let last = entries.last, last.isLast {
            let check = ProxyCheck.addressRange.reaching(.stop).reporting("IPFilterPolicyNotValid")
            add(last, check, isConsequence: true, into: &faults)
        } else if !context.tls.isNull, !context.spec.has("tcpproxy") {
            for entry in entries { add(entry, .addressRange, isConsequence: true, into: &faults) }
        }
    }

    /// An entry that is neither an address nor a range.
    private struct Entry {
        let path: String
        let text: String
        let isLast: Bool
    }

    private static func bad(in owner: JSONValue, at path: String) -> [Entry] {
        // Contour looks into the first list that is there.
        guard let name = lists.first(where: { !owner.list($0).isEmpty }) else { return [] }
        let entries = owner.list(name)
        return entries.enumerated().compactMap { index, entry in
            guard let text = entry.text("cidr"), !isRange(text) else { return nil }
            return Entry(path: "\(path).\(name)[\(index)].cidr", text: text, isLast: index == entries.count - 1)
        }
    }

    /// Whether Go reads `text` as a range; to a bare address Contour adds the length that its form suggests.
    private static func isRange(_ text: String) -> Bool {
        let isBare = !text.contains("/")
        let range = isBare ? text + (text.contains(":") ? "/128" : "/32") : text
        return IPNetwork(range)?.prefixLength != nil
    }

    private static func add(
        _ entry: Entry,
        _ check: ProxyCheck,
        isConsequence: Bool = false,
        into faults: inout FaultList
    ) {
        faults.add(
            check,
            at: entry.path,
            .string(entry.text),
            entry.text.isEmpty ? "no address" : "\(entry.text) is neither an address nor a range",
            write: "write for example 10.0.0.0/8 or 192.0.2.1",
            so: check.reach == .goOn && !entry.isLast ? "the list is in force without it" : nil,
            isConsequence: isConsequence
        )
    }
}
