import JSON

/// What can be wrong with how a new endpoint warms up.
enum SlowStartChecks {
    static func check(_ policy: JSONValue, at path: String, into faults: inout FaultList) {
        if let text = policy.text("window") {
            let form = TimeoutText(text)
            let isTaken = form.nanoseconds != nil
            if !isTaken || !form.isInForm(allowingInfinity: false) {
                faults.add(
                    isTaken ? .slowStart.silent : .slowStart,
                    at: "\(path).window",
                    policy["window"],
                    text.isEmpty ? "a slow start without a window" : "\(text) is no duration",
                    write: "write for example 30s"
                )
            }
        }
        guard let text = policy["aggression"]?.string, !isDecimal(text) else { return }
        faults.add(
            text.isEmpty || isNumber(text) ? .slowStart.silent : .slowStart,
            at: "\(path).aggression",
            .string(text),
            text.isEmpty ? "an empty number" : "\(text) is no number as the API server takes it",
            write: "write for example \"1.0\""
        )
    }

    /// Whether `text` is digits, with a point and more of them perhaps.
    static func isDecimal(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let last = parts.last, !last.isEmpty else { return false }
        return parts.allSatisfy { $0.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } }
    }

    /// Whether Go reads a number in `text`: signs, exponents and `inf` are fine with it, but not one out of range.
    private static func isNumber(_ text: String) -> Bool {
        guard let number = Double(text) else { return false }
        return number.isFinite || text.lowercased().contains("n")
    }
}
