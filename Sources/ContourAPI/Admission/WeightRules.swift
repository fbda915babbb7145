import JSON

/// What can be wrong with the weights of services that share the requests.
enum WeightRules {
    /// Envoy keeps weights and their total in 32 bits.
    private static let maximum = Int(UInt32.max)

    /// Checks `services`, those without mirrors.
    static func check(_ services: [JSONValue], at path: String, into findings: inout ProxyFindings) {
        var total = 0
        var isSound = true
        for service in services {
            guard let weight = service["weight"], case .number(let number) = weight else { continue }
            if let count = number.int, (0...maximum).contains(count) {
                total += count
                continue
            }
            isSound = false
            let isNegative = number.double < 0
            findings.deny(
                isNegative ? "weight-negative" : "weight-too-large",
                path,
                value: weight,
                "the weight \(number.text) of \(service["name"]?.string ?? "a service") is \(isNegative ? "below 0" : "no 32-bit number")",
                write: "write 0 to \(maximum), for a canary 0 to 100"
            )
        }
        guard isSound else { return }
        if total > maximum {
            findings.deny(
                "weight-total",
                path,
                value: .number(JSONNumber(total)),
                "the weights add up to \(total), above \(maximum), which Envoy refuses",
                write: "write smaller weights in the same proportion"
            )
        }
        if services.count > 1, total == 0, services.contains(where: { $0["weight"]?.int == 0 }) {
            findings.deny(
                "weight-all-zero",
                path,
                value: 0,
                "weights of 0 everywhere share the requests evenly",
                write: "give the service that is to be used a weight above 0, or equal weights to all"
            )
        }
    }
}
