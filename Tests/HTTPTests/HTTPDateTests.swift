import HTTP
import HTTPTypes
import Platform
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPDateTests {
    /// The first is RFC 9110's own example.
    @Test(
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"), (1_709_164_800, "Thu, 29 Feb 2024 00:00:00 GMT"),
            (1_795_579_200, "Wed, 25 Nov 2026 04:00:00 GMT"),
        ]
    )
    func writesInstants(seconds: Int64, text: String) {
        #expect(HTTPDate.text(of: Timestamp(seconds: seconds, nanoseconds: 999_999_999)) == text)
    }

    @Test func answersCarryTheTimeOfTheMachine() async throws {
        try await withServer(handler: echo) { server, loops in
            let before = SystemClock().now()
            let response = try await HTTPClient(server, tls: nil, loops: loops)
                .send(ClientRequest(method: .get, path: "/"))
            let possible = (0...Int64(20)).map { HTTPDate.text(of: Timestamp(seconds: before.seconds + $0)) }
            #expect(possible.contains(response.head.headerFields[.date] ?? ""))
        }
    }
}
