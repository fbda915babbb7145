package import JSON

/// Where the loop's journal goes in full: one line for each tick that asked, wrote or did something.
package protocol JournalSink: Sendable {
    /// Takes `entry` down. It never fails: what cannot be written is lost, and it is up to the sink to say so.
    func write(_ entry: JSONValue) async
}

/// A journal that nobody reads.
package struct NoJournal: JournalSink {
    package init() {}

    package func write(_ entry: JSONValue) async {}
}
