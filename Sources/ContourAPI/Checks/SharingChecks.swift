import JSON

/// What can be wrong with the weights of services that share the requests.
///
/// Contour keeps 32 bits of each weight and of their sum; Envoy refuses a total of 0 and what is above 32 bits. A lone
/// service ignores its weight.
enum SharingChecks {
    private static let limit = Int(UInt32.max)

    /// Checks `services`, those without mirrors.
    static func check(_ services: [JSONValue], at path: String, into faults: inout FaultList) {
        guard services.count > 1 else { return }
        let weights = services.map { $0["weight"]?.number?.int ?? 0 }
        let large = services.indices.filter { weights[$0] > limit }
        for index in large {
            faults.add(
                .weightTooLarge,
                at: path,
                services[index]["weight"],
                "the weight \(weights[index]) of \(services[index]["name"]?.string ?? "a service") is no 32-bit number",
                write: "write 0 to \(limit), for a canary 0 to 100",
                so: "Contour takes \(UInt32(truncatingIfNeeded: weights[index])) for it"
            )
        }
        guard large.isEmpty, weights.allSatisfy({ $0 >= 0 }) else { return }
        let total = weights.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        if total > limit {
            faults.add(
                .weightTotal,
                at: path,
                .number(JSONNumber(total)),
                "the weights add up to \(total), above \(limit), which Envoy refuses",
                write: "write smaller weights in the same proportion",
                so: "Envoy refuses the routes of all hosts"
            )
        }
        guard total == 0, services.contains(where: { $0["weight"]?.int == 0 }) else { return }
        faults.add(
            .weightAllZero,
            at: path,
            0,
            "0 everywhere is even shares",
            write: "write 1 for each, or leave them out"
        )
    }
}
