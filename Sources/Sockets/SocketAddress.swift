internal import Glibc

/// An IPv4 or IPv6 address and a port.
package struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four bytes or sixteen, in network order.
    package let bytes: [UInt8]
    /// The IPv6 scope (interface index) of a link-local address; 0 otherwise.
    package let scope: UInt32
    /// 0...65535; 0 lets the system choose one to listen on.
    package let port: UInt16

    init(bytes: [UInt8], scope: UInt32 = 0, port: UInt16) {
        precondition(bytes.count == 4 || bytes.count == 16, "an address has 4 or 16 bytes")
        self.bytes = bytes
        self.scope = scope
        self.port = port
    }

    /// An address written in numbers, an IPv6 one without brackets; nil when `host` is a name.
    package init?(numericHost host: String, port: UInt16) {
        guard let bytes = Self.numericBytes(host) else { return nil }
        self.init(bytes: bytes, port: port)
    }

    /// The 4 or 16 bytes of an address written in numbers, an IPv6 one without brackets; nil when it is none.
    package static func numericBytes(_ host: String) -> [UInt8]? {
        // The system reads up to a zero byte, and would take what is behind it for nothing.
        guard !host.utf8.contains(0) else { return nil }
        var four = [UInt8](repeating: 0, count: 4)
        if unsafe inet_pton(AF_INET, host, &four) == 1 { return four }
        var sixteen = [UInt8](repeating: 0, count: 16)
        return unsafe inet_pton(AF_INET6, host, &sixteen) == 1 ? sixteen : nil
    }

    /// The text of an address of 4 or 16 bytes, without brackets; nil when there are neither.
    package static func numericText(_ bytes: [UInt8]) -> String? {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        var text = [CChar](repeating: 0, count: 64)
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard unsafe inet_ntop(family, bytes, &text, 64) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Splits `host:port`, `[::1]:port` or `:port` (an empty host) into its two parts.
    ///
    /// - Throws: `SocketError` when there is no port in 0...65535, or brackets are missing.
    package static func split(_ text: String) throws(SocketError) -> (host: String, port: UInt16) {
        let expected = "expected host:port or [ipv6]:port"
        guard let mark = text.lastIndex(of: ":"), text[text.index(after: mark)...].utf8.first != UInt8(ascii: "+"),
            let port = UInt16(text[text.index(after: mark)...])
        else {
            throw SocketError(
                code: .badAddress,
                operation: "parse address",
                subject: text,
                reason: "no port in 0...65535, \(expected)"
            )
        }
        var host = text[..<mark]
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
        } else if host.contains(where: { ":[]".contains($0) }) {
            throw SocketError(
                code: .badAddress,
                operation: "parse address",
                subject: text,
                reason: "an IPv6 address without brackets, \(expected)"
            )
        }
        return (String(host), port)
    }

    /// Whether it is an IPv6 address.
    package var isIPv6: Bool { bytes.count == 16 }

    /// `127.0.0.1:80`, `[::1]:80`.
    package var description: String {
        let host = Self.numericText(bytes) ?? "?"
        return isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    var family: Int32 { isIPv6 ? AF_INET6 : AF_INET }

    /// Calls `body` with the address as the system takes it.
    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        var storage = sockaddr_storage()
        let length = unsafe withUnsafeMutableBytes(of: &storage) { raw -> Int in
            if isIPv6 {
                var address = sockaddr_in6()
                address.sin6_family = sa_family_t(AF_INET6)
                address.sin6_port = port.bigEndian
                address.sin6_scope_id = scope
                unsafe withUnsafeMutableBytes(of: &address.sin6_addr) { unsafe $0.copyBytes(from: bytes) }
                unsafe withUnsafeBytes(of: &address) { unsafe raw.copyMemory(from: $0) }
                return MemoryLayout<sockaddr_in6>.size
            }
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = port.bigEndian
            unsafe withUnsafeMutableBytes(of: &address.sin_addr) { unsafe $0.copyBytes(from: bytes) }
            unsafe withUnsafeBytes(of: &address) { unsafe raw.copyMemory(from: $0) }
            return MemoryLayout<sockaddr_in>.size
        }
        return unsafe withUnsafeBytes(of: &storage) { raw in
            guard let base = raw.baseAddress else { preconditionFailure("a structure has an address") }
            return unsafe body(base.assumingMemoryBound(to: sockaddr.self), socklen_t(length))
        }
    }

    /// The address that `storage` holds; nil when its family is neither IPv4 nor IPv6.
    static func from(_ storage: UnsafePointer<sockaddr>) -> SocketAddress? {
        let raw = unsafe UnsafeRawPointer(storage)
        switch Int32(unsafe storage.pointee.sa_family) {
        case AF_INET:
            let address = unsafe raw.loadUnaligned(as: sockaddr_in.self)
            let bytes = unsafe withUnsafeBytes(of: address.sin_addr) { unsafe Array($0) }
            return SocketAddress(bytes: bytes, port: UInt16(bigEndian: address.sin_port))
        case AF_INET6:
            let address = unsafe raw.loadUnaligned(as: sockaddr_in6.self)
            let bytes = unsafe withUnsafeBytes(of: address.sin6_addr) { unsafe Array($0) }
            return SocketAddress(
                bytes: bytes,
                scope: address.sin6_scope_id,
                port: UInt16(bigEndian: address.sin6_port)
            )
        default: return nil
        }
    }
}
