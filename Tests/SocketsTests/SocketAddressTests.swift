import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct SocketAddressTests {
    @Test(
        arguments: [
            ("127.0.0.1", "127.0.0.1:80"), ("0.0.0.0", "0.0.0.0:80"), ("::1", "[::1]:80"), ("::", "[::]:80"),
            ("2001:DB8:0:0::7", "[2001:db8::7]:80"), ("::ffff:10.0.0.1", "[::ffff:10.0.0.1]:80"),
        ]
    )
    func readsAndWritesAddressesInNumbers(text: String, description: String) throws {
        let address = try #require(SocketAddress(numericHost: text, port: 80))
        #expect(address.description == description)
        #expect(address.isIPv6 == text.contains(":"))
    }

    @Test(
        arguments: [
            "", "localhost", "127.1", "256.0.0.1", "127.0.0.1 ", "[::1]", ":::", "1:2:3", "127.0.0.1\0.example.com",
        ]
    )
    func takesNothingElseForNumbers(text: String) {
        #expect(SocketAddress(numericHost: text, port: 80) == nil)
    }

    @Test func writesBytesAsText() {
        #expect(SocketAddress.numericText([10, 0, 0, 1]) == "10.0.0.1")
        #expect(SocketAddress.numericText([UInt8](repeating: 0, count: 15) + [1]) == "::1")
        #expect(SocketAddress.numericText([10, 0, 0]) == nil)
    }

    @Test(
        arguments: [
            ("a.example:8443", "a.example", 8_443), (":8443", "", 8_443), ("[::1]:0", "::1", 0),
            ("127.0.0.1:65535", "127.0.0.1", 65_535),
        ]
    )
    func splitsHostAndPort(text: String, host: String, port: UInt16) throws {
        let parts = try SocketAddress.split(text)
        #expect(parts.host == host)
        #expect(parts.port == port)
    }

    @Test(
        arguments: ["", "localhost", "localhost:", "localhost:http", "localhost:65536", "h:-1", "h:+80", "[::1]"]
    )
    func refusesAnAddressWithoutPort(text: String) {
        let error = #expect(throws: SocketError.self) { try SocketAddress.split(text) }
        let subject = text.isEmpty ? "" : " " + text
        #expect(error?.code == .badAddress)
        #expect(
            error?.description
                == "parse address\(subject): no port in 0...65535, expected host:port or [ipv6]:port"
        )
    }

    @Test(arguments: ["::1:80", "fe80::1:443", "a]b:80", "[::1:80"])
    func refusesAnIPv6AddressWithoutBrackets(text: String) {
        let error = #expect(throws: SocketError.self) { try SocketAddress.split(text) }
        #expect(
            error?.description
                == "parse address \(text): an IPv6 address without brackets, expected host:port or [ipv6]:port"
        )
    }
}
