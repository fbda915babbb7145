import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct IPNetworkTests {
    @Test(
        arguments: [
            ("10.0.0.1", [10, 0, 0, 1], nil), ("10.1.2.3/8", [10, 1, 2, 3], 8), ("0.0.0.0/0", [0, 0, 0, 0], 0),
            ("255.255.255.255/32", [255, 255, 255, 255], 32), ("10.0.0.0/08", [10, 0, 0, 0], 8 as Int?),
        ] as [(String, [UInt8], Int?)]
    )
    func readsVersion4(text: String, address: [UInt8], length: Int?) {
        let network = IPNetwork(text)
        #expect(network?.address == address)
        #expect(network?.prefixLength == length)
    }

    @Test(
        arguments: [
            ("::", [:], nil), ("::1", [15: 1], nil), ("1::", [1: 1], nil),
            ("2001:DB8::a:1/32", [0: 32, 1: 1, 2: 13, 3: 184, 13: 10, 15: 1], 32),
            ("1:2:3:4:5:6:7:8/128", [1: 1, 3: 2, 5: 3, 7: 4, 9: 5, 11: 6, 13: 7, 15: 8], 128),
            ("::ffff:10.0.0.1/104", [10: 255, 11: 255, 12: 10, 15: 1], 104),
            ("1:2:3:4:5:6:7::", [1: 1, 3: 2, 5: 3, 7: 4, 9: 5, 11: 6, 13: 7], nil),
            ("1:2:3:4:5:6:1.2.3.4", [1: 1, 3: 2, 5: 3, 7: 4, 9: 5, 11: 6, 12: 1, 13: 2, 14: 3, 15: 4], nil),
        ] as [(String, [Int: UInt8], Int?)]
    )
    func readsVersion6(text: String, filled: [Int: UInt8], length: Int?) {
        let network = IPNetwork(text)
        #expect(network?.address == (0..<16).map { filled[$0] ?? 0 })
        #expect(network?.prefixLength == length)
    }

    @Test(arguments: [
        "", "/", "/8", "10", "10.0.0", "10.0.0.0.0", "10.0.0.", ".10.0.0.0", "10..0.0", "256.0.0.1", "01.0.0.1",
        "10.0.0.00",
        "10.0.0.1 ", "+1.0.0.0", "0x1.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/a",
        "10.0.0.0/255.0.0.0", "10.0.0.0/99999999999999999999", "*", "localhost",
    ])
    func refusesWhatIsNoVersion4(text: String) {
        #expect(IPNetwork(text) == nil)
    }

    @Test(arguments: [
        ":", ":::", "1", ":1", "1:", "::1::", "1:::2", "12345::", "00001::", "g::", "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "::1/129", "fe80::1%eth0", "fe80::1%eth0/64", "[::1]", "::1.2.3",
        "::1.2.3.04", "1.2.3.4::", "::1.2.3.4:5", "1:2:3:4:5:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::ffff:10.0.0.256",
    ])
    func refusesWhatIsNoVersion6(text: String) {
        #expect(IPNetwork(text) == nil)
    }
}
