import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct GoURLTests {
    @Test(
        arguments: [
            ("https://example.com/keys", "https", "example.com", nil),
            ("HTTP://Example.com", "http", "Example.com", nil),
            ("http://host:8080", "http", "host", "8080"), ("http://host:99999/", "http", "host", "99999"),
            ("http://host:", "http", "host", nil), ("http://user:p%20w@host:1/a?b#c", "http", "host", "1"),
            ("http://a@b@host", "http", "host", nil), ("http://[::1]:443/x", "http", "::1", "443"),
            ("http://[fe80::1%25en0]/", "http", "fe80::1%en0", nil),
            ("http://[::ffff:1.2.3.4]", "http", "::ffff:1.2.3.4", nil),
            ("http://h%c3%b6st/", "http", "h\u{f6}st", nil), ("http://h\u{f6}st", "http", "h\u{f6}st", nil),
            ("http://", "http", "", nil), ("http:///path", "http", "", nil), ("http:host:80", "http", "", nil),
            ("host:80", "host", "", nil),
            ("mailto:%zz", "mailto", "", nil), ("//host/path", "", "host", nil), ("/path", "", "", nil),
            ("", "", "", nil),
            ("///a", "", "", nil), ("path/a:b", "", "", nil), ("http://host?%zz", "http", "host", nil),
        ] as [(String, String, String, String?)]
    )
    func takesApartWhatGoDoes(text: String, scheme: String, host: String, port: String?) {
        let url = GoURL(text)
        #expect(url?.scheme == scheme)
        #expect(url?.host == host)
        #expect(url?.port == port)
    }

    @Test(arguments: [
        "://host", ":80", "a/b:c%", "1http://host/", "http://host:80a", "http://host:-1", "http://a:80:80",
        "http://::1/", "http://[::1", "http://[::1]80", "http://[1.2.3.4]", "http://[host]", "http://[]",
        "http://a[::1]",
        "http://[fe80::1%25]", "http://[fe80::1%en0]", "http://[::1%25%41%0a]", "http://ho st", "http://host\u{7f}",
        "http://ho\nst", "http://host/%", "http://host/%4", "http://host/%zz", "http://host/#%zz", "http://h%41st",
        "http://h%20st", "http://h^st", "http://us er@host", "http://us%er@host", "http://host\\a",
    ])
    func refusesTheRest(text: String) {
        #expect(GoURL(text) == nil)
    }
}
