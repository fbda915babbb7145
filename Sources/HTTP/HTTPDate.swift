package import Platform

/// The Date field's form of an instant (RFC 9110 section 5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`.
package enum HTTPDate {
    /// Bytes of a date.
    static let length = 29

    // 1970-01-01 was a Thursday.
    private static let days: StaticString = "Thu, Fri, Sat, Sun, Mon, Tue, Wed, "
    private static let months: StaticString = " Jan  Feb  Mar  Apr  May  Jun  Jul  Aug  Sep  Oct  Nov  Dec "

    /// The text of `instant`, a second of the years 0 to 9999.
    package static func text(of instant: Timestamp) -> String {
        String(decoding: [UInt8](capacity: length) { append(instant, to: &$0) }, as: UTF8.self)
    }

    /// Appends the text of `instant`.
    ///
    /// It is made each time: that takes less than a lock round the last one.
    static func append(_ instant: Timestamp, to output: inout OutputSpan<UInt8>) {
        let days = instant.seconds >= 0 ? instant.seconds / 86_400 : -((86_399 - instant.seconds) / 86_400)
        let second = Int(instant.seconds - days * 86_400)
        let date = CivilDate(daysSinceEpoch: days)
        output.append(Self.days, 5 * Int((days % 7 + 7) % 7), count: 5)
        output.appendDigits(Int(date.day), count: 2)
        output.append(Self.months, 5 * Int(date.month - 1), count: 5)
        output.appendDigits(Int(date.year), count: 4)
        output.append(MessageSyntax.space)
        output.appendDigits(second / 3_600, count: 2)
        output.append(MessageSyntax.colon)
        output.appendDigits(second / 60 % 60, count: 2)
        output.append(MessageSyntax.colon)
        output.appendDigits(second % 60, count: 2)
        output.append(" GMT")
    }
}
