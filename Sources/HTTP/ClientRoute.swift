internal import Sockets

/// The way to an endpoint: straight, at another address, or through a proxy.
struct ClientRoute: Sendable {
    let endpoint: HTTPEndpoint
    /// `host:port` to connect to in place of what the name servers say; it goes before any proxy.
    let address: String?
    let proxy: ClientProxy?
    /// Names the other side in errors: `api:443`, `api:443 through proxy http://proxy:3128`.
    let peer: String

    init(to endpoint: HTTPEndpoint, at address: String?, through proxy: ClientProxy?) {
        self.endpoint = endpoint
        self.address = address
        let proxy = address == nil ? proxy : nil
        self.proxy = proxy
        peer = proxy.map { "\(endpoint.hostAndPort) through proxy \($0)" } ?? endpoint.hostAndPort
    }

    /// Whether requests go to the proxy itself, which then asks the server: for plain HTTP.
    var asksProxy: Bool { proxy != nil && !endpoint.isSecure }

    /// What to connect to.
    ///
    /// - Throws: `HTTPError` when the port or the address is none.
    func target() throws(HTTPError) -> (host: String, port: UInt16) {
        if let address {
            do throws(SocketError) { return try SocketAddress.split(address) } catch {
                throw HTTPError(code: .unreachable, operation: "connect to \(peer)", reason: error.description)
            }
        }
        let port = proxy?.port ?? endpoint.port
        guard let number = UInt16(exactly: port), number > 0 else {
            throw HTTPError(
                code: .unreachable,
                operation: "connect to \(peer)",
                reason: "port \(port), expected 1...65535"
            )
        }
        return (proxy?.host ?? endpoint.host, number)
    }

    /// `head` as it is sent on this way: to a proxy with the whole URL for a target (RFC 9112 section 3.2.2) and with
    /// our credentials for it.
    func adapt(_ head: [UInt8]) -> [UInt8] {
        guard asksProxy, let proxy, let space = head.firstIndex(of: 0x20), let lineEnd = head.firstIndex(of: 0x0a)
        else {
            return head
        }
        var bytes = Array(head[...space])
        bytes += "http://\(endpoint.authority)".utf8
        bytes += head[(space + 1)...lineEnd]
        if let authorization = proxy.authorization { bytes += "Proxy-Authorization: \(authorization)\r\n".utf8 }
        bytes += head[(lineEnd + 1)...]
        return bytes
    }
}
