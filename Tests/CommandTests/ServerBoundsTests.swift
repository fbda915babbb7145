import Admission
import HTTP
import HTTPTypes
import Testing
import canarygate

@Suite struct ServerBoundsTests {
    @Test func descriptorsBoundTheConnections() {
        #expect(ConnectionBound.connections(wanted: 16_384, descriptors: 1 << 20) == 16_384)
        #expect(ConnectionBound.connections(wanted: 16_384, descriptors: 20_000) == 16_384)
        // Those that are told that the server is full, a sixteenth more, need descriptors as well.
        #expect(ConnectionBound.connections(wanted: 16_384, descriptors: 4_096) == 3_360)
        #expect(ConnectionBound.connections(wanted: 16_384, descriptors: 1_024) == 720)
        #expect(ConnectionBound.connections(wanted: 16_384, descriptors: 4) == 1)
    }

    @Test func theServersCountersAreShown() {
        var statistics = ServerStatistics()
        statistics.connections = 3
        statistics.acceptedConnections = 7
        statistics.handshakes = 5
        statistics.requestsInFlight = 1
        statistics.bodyBytes = 65_536
        statistics.answers = [200: 11, 413: 1]
        statistics.refusals = ["status_413": 1, "handshake_timeout": 0]
        let samples = ServerMetrics.exposition(of: statistics).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            samples == [
                "canarygate_http_connections 3", "canarygate_http_connections_total 7",
                "canarygate_http_handshakes_total 5", "canarygate_http_requests_in_flight 1",
                "canarygate_http_body_bytes 65536",
                "canarygate_http_requests_total{code=\"200\"} 11", "canarygate_http_requests_total{code=\"413\"} 1",
                "canarygate_http_refused_total{reason=\"handshake_timeout\"} 0",
                "canarygate_http_refused_total{reason=\"status_413\"} 1",
            ]
        )
    }

    @Test(
        arguments: [
            (400, "BadRequest"), (408, "Timeout"), (413, "RequestEntityTooLarge"), (431, "BadRequest"),
            (503, "ServiceUnavailable"), (504, "Timeout"), (505, ""),
        ]
    )
    func theAPIServerIsRefusedWithAStatus(code: Int, reason: String) {
        let response = AdmissionHandler.refusal(of: MessageFault(status: code, reason: "no host"))
        #expect(response.head.status.code == code)
        #expect(response.head.headerFields[.contentType] == "application/json")
        guard case .bytes(let bytes) = response.body else {
            Issue.record("a stream")
            return
        }
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                + "\"message\":\"no host\",\"reason\":\"\(reason)\",\"code\":\(code)}"
        )
    }
}
