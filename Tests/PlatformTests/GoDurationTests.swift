import Platform
import Testing

@Suite struct GoDurationTests {
    @Test(arguments: [
        ("30s", Duration.seconds(30)),
        ("1m", .seconds(60)),
        ("1m30s", .seconds(90)),
        ("1.5h", .seconds(5_400)),
        ("250ms", .milliseconds(250)),
        ("0", .zero),
        (".5s", .milliseconds(500)),
        ("5.s", .seconds(5)),
        ("-10s", .seconds(-10)),
        ("100µs", .microseconds(100)),
    ])
    func readsGosForm(text: String, expected: Duration) {
        #expect(GoDuration(text)?.duration == expected)
    }

    @Test(arguments: [
        "", "30", "s", ".s", "30sec", "1min", "5m30", "1 s", "1h 2m", "--1s", "1..5s", "1e3s", "99999999h",
    ])
    func refusesWhatGoRefuses(text: String) {
        #expect(GoDuration(text) == nil)
    }

    @Test(arguments: [
        (Duration.seconds(30), "30s"),
        (.seconds(90), "1m30s"),
        (.seconds(3_600), "1h0m0s"),
        (.milliseconds(1_500), "1.5s"),
        (.milliseconds(250), "250ms"),
        (.microseconds(1), "1µs"),
        (.nanoseconds(1), "1ns"),
        (.zero, "0s"),
        (.seconds(-61), "-1m1s"),
    ])
    func writesGosForm(duration: Duration, expected: String) {
        #expect(GoDuration(duration).text == expected)
    }
}
