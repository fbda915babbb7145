import JSON
import Schema

/// What can be wrong with what other origins may do.
enum CORSChecks {
    private static let path = "spec.virtualhost.corsPolicy"

    static func check(_ host: JSONValue, into faults: inout FaultList) {
        guard let policy = host["corsPolicy"], policy.object != nil else { return }
        if isEmpty(policy, "allowOrigin") {
            faults.add(
                .corsOrigin,
                at: "\(path).allowOrigin",
                policy["allowOrigin"],
                "no origin is allowed",
                write: "write origins such as https://app.example.com, or *"
            )
        }
        for (index, origin) in policy.list("allowOrigin").enumerated() {
            guard let text = origin.string, let fault = RE2Syntax.fault(in: text), text != "*", !isOrigin(text) else {
                continue
            }
            faults.add(
                .corsOrigin,
                at: "\(path).allowOrigin[\(index)]",
                origin,
                "\(text) is neither an origin nor an expression: \(fault)",
                write: "write scheme://host[:port], or an expression such as https://.*[.]example[.]com"
            )
        }
        if isEmpty(policy, "allowMethods") {
            faults.add(
                .corsMethods,
                at: "\(path).allowMethods",
                policy["allowMethods"],
                "no method is allowed",
                write: "write methods such as GET"
            )
        }
        checkAge(policy, into: &faults)
    }

    private static func isEmpty(_ policy: JSONValue, _ field: String) -> Bool {
        !policy.has(field) || policy[field]?.array?.isEmpty ?? false
    }

    /// Whether `text` is exactly a scheme, a host and perhaps a port.
    private static func isOrigin(_ text: String) -> Bool {
        guard let url = GoURL(text), !url.scheme.isEmpty, !url.host.isEmpty else { return false }
        let host = url.host.contains(":") ? "[\(url.host)]" : url.host
        return text == "\(url.scheme)://\(host)" + (url.port.map { ":\($0)" } ?? "")
    }

    private static func checkAge(_ policy: JSONValue, into faults: inout FaultList) {
        guard let text = policy["maxAge"]?.string, text != "0" else { return }
        let form = TimeoutText(text)
        let isTaken = text.isEmpty || form.nanoseconds.map { $0 >= 0 } ?? false
        guard !isTaken || !form.isInForm(allowingInfinity: false) else { return }
        faults.add(
            isTaken ? .corsMaxAge.silent : .corsMaxAge,
            at: "\(path).maxAge",
            .string(text),
            text.isEmpty ? "an empty duration" : "\(text) is no duration of 0 or more",
            write: "write for example 10m, or 0 for no caching"
        )
    }
}
