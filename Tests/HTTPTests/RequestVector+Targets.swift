extension RequestVector {
    private static let neither = "400: a request target that is neither a path nor a URL"
    private static let unescaped = "400: a request target with a character that must be escaped"
    private static let hostless = "400: a request target without host"
    private static let noHost = "400: no host"
    private static let badHost = "400: a host that is none"

    /// The target in its four forms, and the Host field.
    static let targets: [RequestVector] = goodTargets + badTargets + hosts + hostTexts

    private static func get(_ target: String, host: String = "a") -> String {
        "GET \(target) HTTP/1.1\r\nHost: \(host)\r\n\r\n"
    }

    private static let goodTargets: [RequestVector] = [
        RequestVector("path and query", "9112 3.2.1", get("/a/b?c=d&e"), "GET /a/b?c=d&e a [] keep"),
        RequestVector("path of two slashes", "9112 3.2.1", get("//b/c"), "GET //b/c a [] keep"),
        RequestVector("dots in the path", "9112 3.2.1", get("/../%2e%2E/x"), "GET /../%2e%2E/x a [] keep"),
        RequestVector("escaped NUL", "9112 3.2.1", get("/%00"), "GET /%00 a [] keep"),
        // RFC 3986 wants these escaped. Browsers do not, and nobody can take them for the end of anything.
        RequestVector("brackets and bars", "9112 3.2.1", get("/?q={a|b}[0]^`"), "GET /?q={a|b}[0]^` a [] keep"),
        RequestVector("URL", "9112 3.2.2", get("http://a/x?y"), "GET /x?y a [] keep"),
        // The target counts, and what the Host field says does not.
        RequestVector("URL with another host", "9112 3.2.2", get("http://b/x?y"), "GET /x?y b [] keep"),
        RequestVector("URL with a port", "9112 3.2.2", get("HTTPS://b:8443"), "GET / b:8443 [] keep"),
        RequestVector("URL with an IPv6 address", "9112 3.2.2", get("http://[::1]:80/"), "GET / [::1]:80 [] keep"),
        RequestVector("URL with a query alone", "9112 3.2.2", get("http://b?q"), "GET /?q b [] keep"),
        RequestVector("asterisk", "9112 3.2.4", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * a [] keep"),
        RequestVector("OPTIONS of all", "9112 3.2.4", "OPTIONS http://b HTTP/1.0\r\n\r\n", "OPTIONS * b [] close"),
        RequestVector("OPTIONS of a path", "9112 3.2.4", "OPTIONS http://b/ HTTP/1.0\r\n\r\n", "OPTIONS / b [] close"),
    ]

    private static let badTargets: [RequestVector] = [
        RequestVector("relative path", "9112 3.2", get("foo"), neither),
        RequestVector("asterisk for GET", "9112 3.2.4", get("*"), neither),
        RequestVector("asterisk and more", "9112 3.2.4", "OPTIONS *x HTTP/1.1\r\nHost: a\r\n\r\n", neither),
        RequestVector("authority for GET", "9112 3.2.3", get("a:443"), neither),
        RequestVector("another scheme", "9112 3.2.2", get("ftp://a/"), neither),
        RequestVector("scheme alone", "9112 3.2.2", get("http:/a"), neither),
        RequestVector("query alone", "9112 3.2.1", get("?a"), neither),
        RequestVector("URL without host", "9110 4.2.1", get("http:///x"), hostless),
        RequestVector("URL with a user", "9110 4.2.4", get("http://u@b/"), hostless),
        RequestVector("URL with a port and no host", "9110 4.2.1", get("http://:80/"), hostless),
        RequestVector("URL with a bad port", "9110 4.2.1", get("http://b:8a/"), hostless),
        RequestVector("fragment", "9112 3.2", get("/a#b"), unescaped),
        RequestVector("letter outside ASCII", "9112 3.2", get("/\u{e9}"), unescaped),
        RequestVector("NUL in the target", "9112 3.2", get("/\0"), unescaped),
        RequestVector("tab in the target", "9112 3.2", get("/\ta"), unescaped),
        RequestVector("delete in the target", "9112 3.2", get("/\u{7f}"), unescaped),
    ]

    private static let hosts: [RequestVector] = [
        RequestVector("no host", "9112 3.2", "GET / HTTP/1.1\r\n\r\n", noHost),
        RequestVector("no host beside a URL", "9112 3.2", "GET http://a/ HTTP/1.1\r\n\r\n", noHost),
        RequestVector("two hosts", "9112 3.2", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", twoHosts),
        RequestVector("the same host twice", "9112 3.2", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", twoHosts),
        RequestVector("two hosts in HTTP/1.0", "9112 3.2", "GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", twoHosts),
        RequestVector(
            "two hosts beside a URL",
            "9112 3.2",
            "GET http://a/ HTTP/1.1\r\nHost: a\r\nHOST: a\r\n\r\n",
            twoHosts
        ),
        RequestVector("host of HTTP/1.0", "9112 3.2", "GET / HTTP/1.0\r\nHost: a\r\n\r\n", "GET / a [] close"),
        RequestVector("bad host in HTTP/1.0", "9112 3.2", "GET / HTTP/1.0\r\nHost: /\r\n\r\n", badHost),
        RequestVector("bad host beside a URL", "9112 3.2", get("http://b/", host: "a/b"), badHost),
    ]

    private static let twoHosts = "400: more than one host"

    private static let hostTexts: [RequestVector] =
        [
            "a", "a.b-c_d~e", "a:80", "a:", "a:65535", "127.0.0.1:8443", "[::1]:80", "[fe80::1]", "[::ffff:10.0.0.1]",
            "a%20b", "!$&'()*+,;=",
        ].map { RequestVector("host \($0)", "9110 7.2", get("/", host: $0), "GET / \($0) [] keep") }
        + [
            // Nobody asks us for a URL without host, so an empty one is refused, as section 4.2.1 of RFC 9110 has it.
            "", "a/b", "a b", "u@a", "a:80:90", ":80", "a:8x", "a:65536", "a:-1", "::1", "[::1", "[::1]x", "[a]", "[]",
            "[fe80::1%25eth0]", "a%2", "a%zz", "a\\b", "a?b", "a#b", "\"a\"", "\u{e9}",
        ].map { RequestVector("bad host \($0)", "9110 7.2", get("/", host: $0), badHost) }
}
