import JSON

/// What can be wrong with a rate limit, of a host or of a route.
struct RateLimitChecks {
    /// The whole of `rateLimitPolicy`.
    let policy: JSONValue
    /// Where it stands.
    let path: String
    /// Contour's condition type.
    let type: String
    /// What Contour leaves undone.
    let reach: ProxyFault.Reach

    func check(into faults: inout FaultList) {
        if let local = policy["local"], local.object != nil { checkLocal(local, into: &faults) }
        guard let global = policy["global"], !global.flag("disabled") else { return }
        for (index, descriptor) in global.list("descriptors").enumerated() {
            let place = "\(path).global.descriptors[\(index)].entries"
            for (number, entry) in descriptor.list("entries").enumerated() {
                checkEntry(entry, at: "\(place)[\(number)]", into: &faults)
            }
        }
    }

    private func placed(_ check: ProxyCheck) -> ProxyCheck {
        check.reporting(type, "RateLimitPolicyNotValid").reaching(reach)
    }

    private func checkLocal(_ local: JSONValue, into faults: inout FaultList) {
        if let requests = local.whole("requests"), requests <= 0 {
            faults.add(
                placed(.rateRequests),
                at: "\(path).local.requests",
                local["requests"],
                "a rate limit of \(requests) requests",
                write: "write how many requests are let through, 1 or more"
            )
        }
        if let unit = local.text("unit"), !["second", "minute", "hour"].contains(unit) {
            faults.add(
                placed(.rateUnit),
                at: "\(path).local.unit",
                local["unit"],
                unit.isEmpty ? "a rate limit without a unit" : "\(unit) is no unit",
                write: "write second, minute or hour"
            )
        }
        var names = HeaderNames()
        for (index, header) in local.list("responseHeadersToAdd").enumerated() {
            guard let name = header.text("name") else { continue }
            let place = "\(path).local.responseHeadersToAdd[\(index)].name"
            guard let fault = names.fault(adding: name) else { continue }
            fault.add(placed(fault.check), at: place, header["name"], into: &faults)
        }
    }

    private func checkEntry(_ entry: JSONValue, at place: String, into faults: inout FaultList) {
        let kinds = ["genericKey", "requestHeader", "requestHeaderValueMatch", "remoteAddress"]
        let used = kinds.filter(entry.has)
        guard used.count != 1, entry.object != nil else { return }
        faults.add(
            placed(.rateEntry),
            at: place,
            entry,
            used.isEmpty ? "an entry that counts nothing" : "several kinds: \(used.joined(separator: ", "))",
            write: "write exactly one of \(kinds.joined(separator: ", "))"
        )
    }
}
