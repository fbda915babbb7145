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
        let bytes = path.utf8.span
        var place = 0
        while place < bytes.count, bytes[place] != UInt8(ascii: "?") { place += 1 }
        while place < bytes.count {
            // Behind the sign that an item begins with.
            place += 1
            var end = place
            while end < bytes.count, bytes[end] != UInt8(ascii: "&") { end += 1 }
            let item = bytes.extracting(place..<end)
            if let duration = duration(item) { return min(duration, longest) }
            place = end
        }
        return longest
    }

    /// The time that the item `timeout=10s` of a query names; nil for any other item, the longest for one that is no
    /// time.
    private static func duration(_ item: Span<UInt8>) -> Duration? {
        let name: StaticString = "timeout="
        let start = name.utf8CodeUnitCount
        guard item.count >= start else { return nil }
        let isNamed = name.withUTF8Buffer { name in
            for index in name.indices where unsafe name[index] != item[index] { return false }
            return true
        }
        guard isNamed else { return nil }
        // All that the API server ever sends: a digit or two and the letter.
        if (start + 2...start + 3).contains(item.count), item[item.count - 1] == UInt8(ascii: "s") {
            var seconds = 0
            var isNumber = true
            for index in start..<item.count - 1 {
                isNumber = isNumber && (0x30...0x39).contains(item[index])
                seconds = seconds * 10 + Int(item[index] &- 0x30)
            }
            if isNumber, seconds > 0 { return .seconds(seconds) }
        }
        let text = unsafe item.withUnsafeBufferPointer { unsafe String(decoding: $0.dropFirst(start), as: UTF8.self) }
        guard let other = GoDuration(text)?.duration, other > .zero else { return longest }
        return other
    }
}
