import HTTP
import Testing

/// Which proxy is asked for what: the rules of Go's `golang.org/x/net/http/httpproxy`.
@Suite(.timeLimit(.minutes(1))) struct ProxySettingsTests {
    private func proxy(_ url: String, _ environment: [String: String]) throws -> String? {
        let endpoint = try #require(HTTPEndpoint(url: url))
        return try ProxySettings(environment: environment).proxy(for: endpoint)?.description
    }

    @Test(
        arguments: [
            ("https://api.example", ["HTTPS_PROXY": "http://p:3128"], "http://p:3128"),
            ("http://api.example", ["HTTP_PROXY": "http://p:3128"], "http://p:3128"),
            ("https://api.example", ["https_proxy": "http://p:3128"], "http://p:3128"),
            ("http://api.example", ["http_proxy": "p:3128"], "http://p:3128"),
            ("https://api.example", ["HTTPS_PROXY": "http://p:1", "https_proxy": "http://p:2"], "http://p:1"),
            ("https://api.example", ["HTTPS_PROXY": "", "https_proxy": "http://p:2"], "http://p:2"),
            ("https://api.example", ["HTTPS_PROXY": "p"], "http://p:80"),
            ("https://api.example", ["HTTPS_PROXY": "[fd00::1]:3128"], "http://[fd00::1]:3128"),
            ("https://api.example", ["HTTPS_PROXY": "HTTP://p:3128/ignored?x"], "http://p:3128"),
        ] as [(String, [String: String], String)]
    )
    func asksTheProxyOfTheScheme(url: String, environment: [String: String], expected: String) throws {
        #expect(try proxy(url, environment) == expected)
    }

    @Test(
        arguments: [
            ("https://api.example", [:]), ("https://api.example", ["HTTP_PROXY": "http://p"]),
            ("http://api.example", ["HTTPS_PROXY": "http://p"]), ("https://api.example", ["HTTPS_PROXY": ""]),
        ] as [(String, [String: String])]
    )
    func asksNoneOfAnother(url: String, environment: [String: String]) throws {
        #expect(try proxy(url, environment) == nil)
    }

    @Test(
        arguments: [
            "localhost", "LOCALHOST", "localhost:8080", "127.0.0.1", "127.9.9.9:80", "[::1]", "[::ffff:127.0.0.1]",
        ]
    )
    func neverProxiesThisMachine(host: String) throws {
        #expect(try proxy("http://\(host)", ["HTTP_PROXY": "http://p:3128"]) == nil)
    }

    @Test(
        arguments: [
            ("*", "anything.example"), (" * ", "10.0.0.1"), ("a.example", "a.example"), ("a.example", "b.a.example"),
            ("A.Example", "a.eXample"), (".a.example", "b.a.example"), ("*.a.example", "b.a.example"),
            ("x, a.example ,y", "a.example"), ("a.example:8080", "a.example:8080"), ("a.example:80", "a.example"),
            ("svc", "prometheus.monitoring.svc"), ("10.0.0.0/8", "10.1.2.3"), ("10.0.0.0/9", "10.127.0.1:90"),
            ("0.0.0.0/0", "1.2.3.4"), ("10.0.0.1", "10.0.0.1"), ("10.0.0.1:80", "10.0.0.1"),
            ("fd00::/8", "[fd12::1]"), ("fd00::1", "[fd00:0::1]"), ("[fd00::1]:80", "[fd00::1]"),
            ("10.0.0.1", "[::ffff:10.0.0.1]"), ("10.0.0.0/8", "[::ffff:10.0.0.1]"),
        ]
    )
    func passesByWhatIsExcluded(list: String, host: String) throws {
        #expect(try proxy("http://\(host)", ["HTTP_PROXY": "http://p:3128", "NO_PROXY": list]) == nil)
        #expect(try proxy("http://\(host)", ["HTTP_PROXY": "http://p:3128", "no_proxy": list]) == nil)
    }

    @Test(
        arguments: [
            ("", "a.example"), (",,", "a.example"), ("a.example", "ba.example"), ("a.example", "example"),
            (".a.example", "a.example"), ("*.a.example", "a.example"), ("a.example:8080", "a.example"),
            ("a.*", "a.example"), ("10.0.0.0/8", "11.0.0.1"), ("10.0.0.0/9", "10.128.0.1"),
            ("10.0.0.0/33", "10.0.0.1"), ("10.0.0.1:81", "10.0.0.1"), ("0.1", "10.0.0.1"), ("fd00::/8", "[fe00::1]"),
            ("::/0", "10.0.0.1"), ("10.0.0.0/8", "a10.example"), ("a/b", "a"),
        ]
    )
    func proxiesWhatIsNot(list: String, host: String) throws {
        #expect(
            try proxy("http://\(host)", ["HTTP_PROXY": "http://p:3128", "NO_PROXY": list]) == "http://p:3128"
        )
    }

    @Test(
        arguments: [
            ("https://u:secret@p", "a proxy that is spoken to over TLS is not supported"),
            ("socks5://u:secret@p", "a SOCKS proxy is not supported"), ("ftp://p", "not the URL of a proxy"),
            ("://p", "not the URL of a proxy"), ("http://", "no host and port"), ("http://p:0", "no host and port"),
            ("http://u:secret@p:x", "no host and port"), ("p q", "no host and port"),
        ]
    )
    func saysWhatIsNoProxyAndNoPassword(text: String, reason: String) throws {
        let error = #expect(throws: HTTPError.self) { try ProxySettings(environment: ["https_proxy": text]) }
        #expect(
            error?.description
                == "read https_proxy: \(reason), expected http://host:port or http://user:password@host:port"
        )
    }

    @Test func saysThatAnEscapeIsBroken() throws {
        let error = #expect(throws: HTTPError.self) { try ClientProxy(url: "http://u:%zz@p") }
        #expect(
            error?.description
                == "read proxy: a broken escape in user or password, expected % and two hexadecimal digits"
        )
    }

    @Test func aProxysTextHoldsNoPassword() throws {
        #expect(try ClientProxy(url: "http://u:secret@p:3128").description == "http://p:3128")
    }
}
