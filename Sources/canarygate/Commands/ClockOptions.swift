import ArgumentParser
import Platform

/// Which time it is.
///
/// Only the sandbox, and a server beside it, run on anything but the machine's.
struct ClockOptions: ParsableArguments {
    @Option(help: "Run the clock this many times as fast, for use with the sandbox. [CANARYGATE_CLOCK_SPEED]")
    var clockSpeed: Double?

    @Option(help: "When the faster clock and the machine's agreed, RFC 3339. [CANARYGATE_CLOCK_EPOCH]")
    var clockEpoch: String?

    func makeClock(settings: Settings) throws -> any WallClock {
        let speed = try settings.value("CANARYGATE_CLOCK_SPEED", given: clockSpeed) ?? 1
        guard speed > 0, speed.isFinite else {
            throw ValidationError("--clock-speed: \(speed), expected a number above 0")
        }
        let epoch = try settings.value("CANARYGATE_CLOCK_EPOCH", given: clockEpoch)
        if speed == 1, epoch == nil { return SystemClock() }
        guard let epoch else { return ScaledClock(speed: speed, epoch: SystemClock().now()) }
        guard let instant = Timestamp(rfc3339: epoch) else {
            throw ValidationError("--clock-epoch: \(epoch), expected a time like 2026-11-25T04:05:09Z")
        }
        return ScaledClock(speed: speed, epoch: instant)
    }
}
