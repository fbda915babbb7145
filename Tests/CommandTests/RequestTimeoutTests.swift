import HTTP
import HTTPTypes
import Testing
import canarygate

@Suite struct RequestTimeoutTests {
    private static let times: [(path: String?, time: Duration)] = [
        ("/validate?timeout=10s", .seconds(10)),
        ("/validate?a=b&timeout=1s&c", .seconds(1)),
        ("/validate?timeout=1m", .seconds(30)),
        ("/validate?timeout=1500ms", .milliseconds(1_500)),
        ("/validate?timeout=2.5s", .milliseconds(2_500)),
        ("/validate?timeout=99s", .seconds(30)),
        ("/validate?timeout=0s", .seconds(30)),
        ("/validate?timeout=-1s", .seconds(30)),
        ("/validate?timeout=", .seconds(30)),
        ("/validate?timeout", .seconds(30)),
        ("/validate?timeout=soon", .seconds(30)),
        ("/validate?notimeout=1s", .seconds(30)),
        ("/timeout=1s", .seconds(30)),
        ("/validate?", .seconds(30)),
        ("/validate", .seconds(30)),
        (nil, .seconds(30)),
    ]

    @Test(arguments: times.indices)
    func isWhatTheQueryNamesUpToTheLongest(index: Int) {
        let (path, time) = Self.times[index]
        #expect(
            RequestTimeout.of(RequestHead(HTTPRequest(method: .post, scheme: nil, authority: nil, path: path))) == time
        )
    }
}
