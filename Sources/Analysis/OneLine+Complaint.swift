import Platform

extension OneLine {
    /// Long enough for a command's complaint, short enough for a column of events.
    private static let complaintLimit = 300

    /// `text` as the reason why a call failed.
    static func complaint(_ text: String) -> String { cut(text, to: complaintLimit) }
}
