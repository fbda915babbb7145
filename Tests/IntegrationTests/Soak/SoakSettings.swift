import Foundation

/// How long the soak takes and what it allows.
enum SoakSettings {
    private static let environment = ProcessInfo.processInfo.environment
    private static let given = environment["CANARYGATE_SOAK_SECONDS"]

    /// How long it takes: 15 s unless `CANARYGATE_SOAK_SECONDS` says otherwise; one round and the rest after it, up
    /// to 20 s, are made in any case.
    static let seconds = given.flatMap { Int($0) } ?? 15
    /// Whether what was given is a number.
    static let isValid = given == nil || given.flatMap { Int($0) } != nil
    /// How much a server's memory may grow in the last third, in KiB; nil under a sanitizer, which keeps freed memory on
    /// purpose.
    static let growth: Int? = environment["CANARYGATE_SANITIZER"] == nil ? 4 << 10 : nil
}
