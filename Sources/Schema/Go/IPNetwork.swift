/// An IP address or network as Go's `net.ParseIP` and `net.ParseCIDR` read it: `10.0.0.0/8`, `::1`.
///
/// Source: https://pkg.go.dev/net#ParseCIDR and https://pkg.go.dev/net/netip#ParseAddr.
package struct IPNetwork: Hashable, Sendable {
    /// Four or sixteen bytes of the address as written, bits of the host among them.
    package let address: [UInt8]
    /// Bits of the network; nil for a bare address.
    package let prefixLength: Int?

    /// Reads `text`; nil where Go would not: an octet with a leading zero, a zone, a prefix that is too long.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        let slash = bytes.firstIndex(of: UInt8(ascii: "/"))
        guard let address = Self.address(bytes[..<(slash ?? bytes.count)]) else { return nil }
        self.address = address
        guard let slash else {
            prefixLength = nil
            return
        }
        guard let length = Self.length(bytes[(slash + 1)...]), length <= address.count * 8 else { return nil }
        prefixLength = length
    }

    /// A prefix' length; Go minds no leading zeros here.
    private static func length(_ digits: ArraySlice<UInt8>) -> Int? {
        guard !digits.isEmpty else { return nil }
        var length = 0
        for digit in digits {
            guard let value = decimal(digit), length < 1000 else { return nil }
            length = length * 10 + value
        }
        return length
    }

    /// The bytes of the address `text`, one of the sort that its first dot or colon tells; nil for none.
    static func address(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        switch text.first(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }) {
        case UInt8(ascii: "."): version4(text)
        case UInt8(ascii: ":"): version6(text)
        default: nil
        }
    }

    private static func version4(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let fields = text.split(separator: UInt8(ascii: "."), maxSplits: 4, omittingEmptySubsequences: false)
        guard fields.count == 4 else { return nil }
        var octets: [UInt8] = []
        for field in fields {
            guard (1...3).contains(field.count), field.count == 1 || field.first != UInt8(ascii: "0") else {
                return nil
            }
            var value = 0
            for digit in field {
                guard let number = decimal(digit) else { return nil }
                value = value * 10 + number
            }
            guard value <= 255 else { return nil }
            octets.append(UInt8(value))
        }
        return octets
    }

    private static func version6(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var rest = text
        var bytes: [UInt8] = []
        var gap: Int?
        if rest.starts(with: [colon, colon]) {
            gap = 0
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            guard bytes.count < 16 else { return nil }
            let field = rest.prefix { $0 != colon }
            if field.contains(UInt8(ascii: ".")) {
                // An IPv4 address may end it, and takes the place of two fields.
                guard field.endIndex == rest.endIndex, bytes.count <= 12, gap != nil || bytes.count == 12,
                    let octets = version4(field)
                else { return nil }
                bytes += octets
                break
            }
            guard let group = group(field) else { return nil }
            bytes += group
            rest = rest.dropFirst(field.count)
            guard !rest.isEmpty else { break }
            rest.removeFirst()
            guard !rest.isEmpty else { return nil }
            if rest.first == colon {
                guard gap == nil else { return nil }
                gap = bytes.count
                rest.removeFirst()
            }
        }
        guard let gap else { return bytes.count == 16 ? bytes : nil }
        // The gap stands for one field at least.
        guard bytes.count < 16 else { return nil }
        bytes.insert(contentsOf: repeatElement(0, count: 16 - bytes.count), at: gap)
        return bytes
    }

    private static let colon = UInt8(ascii: ":")

    /// The two bytes of one to four hexadecimal digits.
    private static func group(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        guard (1...4).contains(digits.count) else { return nil }
        var value = 0
        for digit in digits {
            guard let number = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            value = value * 16 + number
        }
        return [UInt8(value >> 8), UInt8(value & 0xff)]
    }

    private static func decimal(_ digit: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) ? Int(digit - UInt8(ascii: "0")) : nil
    }
}
