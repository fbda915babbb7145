import JSON

/// What can be wrong with the headers that are set and taken out, on a route or on a service.
struct HeaderPolicyChecks {
    /// The whole of the policy.
    let policy: JSONValue
    /// Where it stands.
    let path: String
    /// Whether it is for responses, whose Host is nobody's to set.
    let isForResponses: Bool
    /// Contour's condition.
    let type: String
    let reason: String

    /// The policies of `owner`, a route or a service, the one for requests first.
    static func check(_ owner: JSONValue, at path: String, isService: Bool, into faults: inout FaultList) {
        for isForResponses in [false, true] {
            let field = isForResponses ? "responseHeadersPolicy" : "requestHeadersPolicy"
            guard let policy = owner[field], !policy.isNull else { continue }
            let response = isService ? "ResponseHeadersPolicyInvalid" : "ResponseHeaderPolicyInvalid"
            HeaderPolicyChecks(
                policy: policy,
                path: "\(path).\(field)",
                isForResponses: isForResponses,
                type: isService ? "ServiceError" : "RouteError",
                reason: isForResponses ? response : "RequestHeadersPolicyInvalid"
            )
            .check(into: &faults)
        }
    }

    private func check(into faults: inout FaultList) {
        var set = HeaderNames()
        for (index, header) in policy.list("set").enumerated() {
            guard let name = header.text("name") else { continue }
            let place = "\(path).set[\(index)].name"
            if name.lowercased() == "host" {
                if isForResponses { addHost(at: place, header["name"], into: &faults) }
                continue
            }
            guard let fault = set.fault(adding: name) else { continue }
            fault.add(fault.check.reporting(type, reason), at: place, header["name"], into: &faults)
        }
        var removed = HeaderNames()
        for (index, name) in policy.list("remove").enumerated() {
            guard let text = name.string, let fault = removed.fault(adding: text) else { continue }
            fault.add(fault.check.reporting(type, reason), at: "\(path).remove[\(index)]", name, into: &faults)
        }
    }

    private func addHost(at place: String, _ name: JSONValue?, into faults: inout FaultList) {
        faults.add(
            .headerHost.reporting(type, reason),
            at: place,
            name,
            "a response has no Host to set",
            write: "take it out, or set it in requestHeadersPolicy"
        )
    }
}
