import HTTP
import Testing

@Suite(.timeLimit(.minutes(1))) struct HTTPEndpointTests {
    @Test(
        arguments: [
            ("http://a", HTTPEndpoint(isSecure: false, host: "a", port: 80), "http://a"),
            ("HTTPS://a/", HTTPEndpoint(isSecure: true, host: "a", port: 443), "https://a"),
            ("https://a:443/b", HTTPEndpoint(isSecure: true, host: "a", port: 443, basePath: "/b"), "https://a/b"),
            (
                "http://10.0.0.1:6443/b/c//",
                HTTPEndpoint(isSecure: false, host: "10.0.0.1", port: 6_443, basePath: "/b/c"),
                "http://10.0.0.1:6443/b/c"
            ),
            ("https://[::1]", HTTPEndpoint(isSecure: true, host: "::1", port: 443), "https://[::1]"),
            ("https://[::1]:6443", HTTPEndpoint(isSecure: true, host: "::1", port: 6_443), "https://[::1]:6443"),
        ]
    )
    func readsURLs(text: String, endpoint: HTTPEndpoint, url: String) {
        #expect(HTTPEndpoint(url: text) == endpoint)
        #expect(endpoint.url == url)
    }

    @Test(
        arguments: [
            "", "a", "a:80", "ftp://a", "http://", "http:///b", "http://:80", "http://a:0", "http://a:65536",
            "http://a:+80", "http://a:b", "http://a:", "http://::1", "http://[::1", "http://[::1]x", "http://[]",
            "http://u@a", "http://a?b", "http://a#b", "http://a b", "http://a\tb", "http://a\0", "http://a\r\nX: y",
            "http://a\nX: y", "http://a\rX: y", "http://\u{e9}.example",
        ]
    )
    func readsNothingElse(text: String) { #expect(HTTPEndpoint(url: text) == nil) }
}
