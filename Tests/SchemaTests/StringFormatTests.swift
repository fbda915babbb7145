import Schema
import Testing

@Suite struct StringFormatTests {
    @Test(arguments: ["30s", "1m30s", "1.5h", "250ms", "1h", "10us", "1µs", "0.5s", "1.s", "10ns"])
    func takesDurations(text: String) {
        #expect(StringFormat.duration.accepts(text))
    }

    @Test(arguments: [
        "", "0", "0s", "-5s", "90", "1min", "30sec", "5m30", "s", "1..5s", ".s", "1 m", "1d", "+1s", "0.1ns",
        "9999999h",
    ])
    func refusesWhatIsNoDuration(text: String) {
        #expect(!StringFormat.duration.accepts(text))
    }

    @Test(arguments: [
        ("90", "90s"), ("1min", "1m"), ("30sec", "30s"), ("5m30", "5m30s"), ("15 s", "15s"), ("2 Hours", "2h"),
        ("100msec", "100ms"),
    ])
    func suggestsADuration(text: String, expected: String) {
        #expect(StringFormat.duration.suggestion(text) == expected)
    }

    @Test(arguments: ["", "soon", "0", "1d", "-5s"])
    func suggestsNothingForTheRest(text: String) {
        #expect(StringFormat.duration.suggestion(text) == nil)
    }

    @Test(arguments: [("1m", true), ("1h30m", true), ("1.5m", false), ("30m1h", false), ("10us", false), ("0s", false)])
    func knowsAQuerysWindow(text: String, isOne: Bool) {
        #expect(StringFormat.queryWindow.accepts(text) == isOne)
    }

    @Test(arguments: [
        ("podinfo", true), ("a-1", true), ("1a", false), ("-a", false), ("a-", false), ("A", false), ("a.b", false),
        ("", false), (String(repeating: "a", count: 63), true), (String(repeating: "a", count: 64), false),
        ("\u{e9}", false),
    ])
    func knowsADNSLabel(text: String, isOne: Bool) {
        #expect(StringFormat.dnsLabel.accepts(text) == isOne)
    }

    @Test(arguments: [
        ("http", true), ("9p", true), ("my-port", true), ("my_port", false), ("Http", false), ("", false),
        ("a-", false),
    ])
    func knowsAServicesPortName(text: String, isOne: Bool) {
        #expect(StringFormat.servicePortName.accepts(text) == isOne)
    }

    @Test(arguments: [
        ("http", true), ("9p", true), ("a-23456789-1234", true), ("a-23456789-12345", false), ("8080", false),
        ("a--b", false), ("-a", false), ("Http", false), ("", false),
    ])
    func knowsAContainersPortName(text: String, isOne: Bool) {
        #expect(StringFormat.containerPortName.accepts(text) == isOne)
    }

    @Test(arguments: [
        ("", true), ("a", true), ("Web_1.x-y", true), ("web team", false), ("-a", false), ("a.", false),
        ("\u{e9}", false),
        (String(repeating: "a", count: 63), true), (String(repeating: "a", count: 64), false),
    ])
    func knowsALabelsValue(text: String, isOne: Bool) {
        #expect(StringFormat.labelValue.accepts(text) == isOne)
    }

    @Test(arguments: [
        ("pod.info", true), ("2048", true), ("a..b", false), (".a", false), ("a_b", false),
        (String(repeating: "a.", count: 126) + "a", true), (String(repeating: "a.", count: 127) + "a", false),
    ])
    func knowsADNSSubdomain(text: String, isOne: Bool) {
        #expect(StringFormat.dnsSubdomain.accepts(text) == isOne)
    }

    @Test(arguments: [
        ("http://a/", true), ("https://a.b:8443/c?d#e", true), ("http://[::1]:80/", true), ("HTTP://a", true),
        ("http://user@a/", true), ("a/", false), ("ftp://a/", false), ("http://", false), ("http:///x", false),
        ("http://a:0/", false), ("http://a:x/", false), ("http://a b/", false), ("", false),
    ])
    func knowsAURL(text: String, isOne: Bool) {
        #expect(StringFormat.httpURL.accepts(text) == isOne)
    }

    @Test(arguments: [
        ("100m", true), ("1.5Gi", true), ("1e3", true), ("1E", true), (".5", true), ("-1", true), ("1K", false),
        ("", false), ("Gi", false), ("1.2.3", false), ("1e", false),
    ])
    func knowsAQuantity(text: String, isOne: Bool) {
        #expect(StringFormat.quantity.accepts(text) == isOne)
    }

    @Test(arguments: [
        ("treshold", "threshold"), ("Threshold", "threshold"), ("thershold", "threshold"), ("intervall", "interval"),
        ("colour", nil), ("x", nil),
    ])
    func findsTheNameThatWasMeant(name: String, expected: String?) {
        #expect(NearestName.find(name, among: ["interval", "threshold", "maxWeight"]) == expected)
    }
}
