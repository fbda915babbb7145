internal import Sockets

/// The servers that are reached without a proxy: `NO_PROXY`, this machine, and nothing else.
struct ProxyExclusions: Hashable, Sendable {
    private enum Rule: Hashable {
        case everything
        /// The first so many bits of an address.
        case network([UInt8], bits: Int)
        case address([UInt8], port: String)
        /// A name with a leading dot: what ends in it, and the name itself when `isExact`.
        case domain(Substring, isExact: Bool, port: String)
    }

    private let rules: [Rule]

    /// Reads a list with commas of addresses, networks (`10.0.0.0/8`), names (with all below them), `.suffix` and
    /// `*.suffix` (only what is below them), each but a network with `:port` if it is for that port alone, or `*`.
    init(_ list: String) {
        rules = list.lowercased().split(separator: ",").compactMap { Self.rule($0.trimmingBlanks) }
    }

    /// Whether no proxy is to be asked for that server; never is for `localhost` and loopback addresses.
    func contains(host: String, port: Int) -> Bool {
        let name = host.lowercased()
        if name == "localhost" { return true }
        let address = Self.address(name)
        if let address, Self.isLoopback(address) { return true }
        return rules.contains { Self.matches($0, name, address, String(port)) }
    }

    private static func matches(_ rule: Rule, _ name: String, _ address: [UInt8]?, _ port: String) -> Bool {
        switch rule {
        case .everything: return true
        case .network(let network, let bits): return address.map { isWithin($0, network, bits) } ?? false
        case .address(let wanted, let only): return address == wanted && (only.isEmpty || only == port)
        case .domain(let suffix, let isExact, let only):
            guard address == nil, only.isEmpty || only == port else { return false }
            return name.hasSuffix(suffix) || (isExact && name == suffix.dropFirst())
        }
    }

    private static func rule(_ entry: Substring) -> Rule? {
        if entry == "*" { return .everything }
        if let slash = entry.firstIndex(of: "/"), let network = address(entry[..<slash]),
            let bits = Int(entry[entry.index(after: slash)...]), (0...network.count * 8).contains(bits)
        {
            return .network(network, bits: bits)
        }
        var (host, port) = split(entry)
        if let address = address(host) { return .address(address, port: port) }
        if host.hasPrefix("*.") { host = host.dropFirst() }
        guard !host.isEmpty else { return nil }
        let isExact = host.first != "."
        return .domain(isExact ? ".\(host)" : host, isExact: isExact, port: port)
    }

    /// The host without brackets, and the port behind it; a text with several colons is an IPv6 address.
    private static func split(_ entry: Substring) -> (host: Substring, port: String) {
        if entry.first == "[", let end = entry.firstIndex(of: "]") {
            let port = entry[end...].dropFirst()
            return (entry[..<end].dropFirst(), port.first == ":" ? String(port.dropFirst()) : "")
        }
        guard let mark = entry.firstIndex(of: ":"), !entry[mark...].dropFirst().contains(":") else {
            return (entry, "")
        }
        return (entry[..<mark], String(entry[mark...].dropFirst()))
    }

    /// The bytes of an address in numbers, four for an IPv4 one that is written as IPv6 too.
    private static func address(_ text: some StringProtocol) -> [UInt8]? {
        guard let bytes = SocketAddress.numericBytes(String(text)) else { return nil }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        return bytes.starts(with: mapped) ? Array(bytes[mapped.count...]) : bytes
    }

    private static func isLoopback(_ address: [UInt8]) -> Bool {
        address.count == 4 ? address[0] == 127 : address.dropLast().allSatisfy { $0 == 0 } && address.last == 1
    }

    private static func isWithin(_ address: [UInt8], _ network: [UInt8], _ bits: Int) -> Bool {
        guard address.count == network.count else { return false }
        return address.indices.allSatisfy { index in
            let mask = UInt8(truncatingIfNeeded: 0xff00 >> min(8, max(0, bits - index * 8)))
            return address[index] & mask == network[index] & mask
        }
    }
}

extension Substring {
    fileprivate var trimmingBlanks: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
