import Platform

/// The sandbox's stand-in for the controller that deletes what has owners none of which is there.
///
/// What a deleted object owns goes with it at once; this is for references to what never was there.
struct GarbageCollector: Sendable {
    /// How long an orphan may stay.
    private static let interval = Duration.seconds(2)

    let cluster: InMemoryCluster
    let clock: any WallClock

    /// Looks every two seconds whether something has changed, until the task is cancelled.
    func run() async {
        var seen = ""
        do {
            while true {
                try await clock.sleep(for: Self.interval)
                let version = cluster.resourceVersion
                guard version != seen else { continue }
                seen = version
                cluster.collectGarbage()
            }
        } catch {
            return
        }
    }
}
