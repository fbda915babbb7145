package import HTTP
import Platform

/// The time that the API server gives a webhook's call.
///
/// Source: Kubernetes, "Dynamic Admission Control", timeouts: the webhook's `timeoutSeconds`, 1 to 30, which the API
/// server sends as `?timeout=10s`.
package enum RequestTimeout {
    /// The longest time that a webhook can have.
    package static let longest = Duration.seconds(30)

    /// The time that `request` names; the longest for one that names none, or none that a webhook can have.
    package static func of(_ request: RequestHead) -> Duration {
        guard let path = request.path else { return longest }
        let name: StaticString = "timeout="
        return name.withUTF8Buffer { name in
            let bytes = path.utf8
            var index = bytes.firstIndex(of: UInt8(ascii: "?"))
            while let mark = index {
                let rest = bytes[bytes.index(after: mark)...]
                if unsafe rest.starts(with: name) { return duration(rest.dropFirst(name.count)) }
                index = rest.firstIndex(of: UInt8(ascii: "&"))
            }
            return longest
        }
    }

    private static func duration(_ rest: Substring.UTF8View) -> Duration {
        let value = rest.prefix { $0 != UInt8(ascii: "&") }
        // All that the API server ever sends.
        if value.count <= 3, value.last == UInt8(ascii: "s"), let seconds = Int(Substring(value.dropLast())),
            seconds > 0
        {
            return min(.seconds(seconds), longest)
        }
        guard let other = GoDuration(String(Substring(value)))?.duration, other > .zero else { return longest }
        return min(other, longest)
    }
}
