import Platform
import Testing

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0, 0),
        ("2026-11-25T04:05:09Z", 1_795_579_509, 0),
        ("2000-02-29T23:59:59Z", 951_868_799, 0),
        ("1969-12-31T23:59:59Z", -1, 0),
        ("2026-11-25T05:05:09.123456+01:00", 1_795_579_509, 123_456_000),
        ("2026-11-25t04:05:09.1z", 1_795_579_509, 100_000_000),
    ])
    func readsRFC3339(text: String, seconds: Int64, nanoseconds: Int64) throws {
        let instant = try #require(Timestamp(rfc3339: text))
        #expect(instant == Timestamp(seconds: seconds, nanoseconds: nanoseconds))
    }

    @Test(arguments: [
        "", "2026-11-25", "2026-11-25 04:05:09Z", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-11-25T24:00:00Z", "2026-11-25T04:05:09", "2026-11-25T04:05:09.Z", "2026-11-25T04:05:09Zx",
        "2026-11-25T04:05:09+1:00", "26-11-25T04:05:09Z",
    ])
    func refusesWhatIsNoTimestamp(text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test func writesSecondsAndMicroseconds() {
        let instant = Timestamp(seconds: 1_795_579_509, nanoseconds: 1_234_567)
        #expect(instant.rfc3339 == "2026-11-25T04:05:09Z")
        #expect(instant.rfc3339Micro == "2026-11-25T04:05:09.001234Z")
    }

    @Test func roundTripsEveryDayOfFourCenturies() {
        var seconds: Int64 = -62_135_596_800 / 86_400 * 86_400 + 86_400 * 365 * 1_900
        for _ in 0..<146_097 {
            let instant = Timestamp(seconds: seconds)
            if Timestamp(rfc3339: instant.rfc3339) != instant {
                Issue.record("\(instant.rfc3339) does not read back")
                return
            }
            seconds += 86_400
        }
    }

    @Test func addsAndSubtractsDurationsAcrossSeconds() {
        let instant = Timestamp(seconds: 10, nanoseconds: 800_000_000)
        #expect(instant + .milliseconds(300) == Timestamp(seconds: 11, nanoseconds: 100_000_000))
        #expect(instant + .milliseconds(-900) == Timestamp(seconds: 9, nanoseconds: 900_000_000))
        #expect((instant + .seconds(90)) - instant == .seconds(90))
        #expect(instant < instant + .nanoseconds(1))
    }
}
