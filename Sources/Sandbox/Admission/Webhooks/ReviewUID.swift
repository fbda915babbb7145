/// The ids of reviews.
package enum ReviewUID {
    /// A new one: a random UUID.
    package static func random() -> String {
        let words = [UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max)]
        // RFC 9562 section 5.4: version 4, variant 10.
        let first = words[0] & ~0xF000 | 0x4000
        let second = words[1] & ~(3 << 62) | 2 << 62
        let digits = [first, second].map { word -> String in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }
        .joined()
        var rest = digits[...]
        let groups = [8, 4, 4, 4, 12].map { count -> Substring in
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        return groups.joined(separator: "-")
    }
}
