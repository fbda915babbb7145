import JSON
import Platform
import Sockets

/// The rules by which processes agree on a leader through a Lease; no suspension, no clock.
///
/// Whoever finds the lease free takes it; the server lets one of several write. One that is held is taken to be free
/// when it was seen unchanged for its duration, by the clock of who looks: what stands in it as a time is compared with
/// nothing. Source: client-go's `leaderelection`.
struct LeaderElection: Sendable {
    /// What is to be asked of the server next.
    enum Step: Hashable, Sendable {
        /// The lease.
        case read
        /// This new lease.
        case create(JSONValue)
        /// This in place of the lease.
        case replace(JSONValue)
    }

    let lease: ObjectKey
    let settings: LeaderElectionSettings
    /// Whether we hold the lease, as far as we know.
    private(set) var isLeading = false
    /// When the last renewal that succeeded was sent.
    private(set) var renewal: MonotonicTime?
    /// What was seen last, and when it was first seen.
    private(set) var seen: (record: LeaseRecord, time: MonotonicTime)?
    /// The lease as it was read or written last; nil where the next step must be to read it.
    private var known: JSONValue?
    /// Whether the write that is under way was made without reading first.
    private var isOptimistic = false

    /// An election for the lease at `key`, in which nothing has been seen yet.
    init(lease key: ObjectKey, settings: LeaderElectionSettings) {
        lease = key
        self.settings = settings
    }

    /// Who holds the lease, as far as we know; empty for nobody.
    var holder: String { seen?.record.holder ?? "" }

    /// How often the lease changed hands, as far as we know.
    var transitions: Int { seen?.record.transitions ?? 0 }

    /// Whether the leader may write: we lead, and the lease has at least the margin to go.
    func mayWrite(at now: MonotonicTime) -> Bool {
        guard isLeading, let renewal else { return false }
        return now < renewal + (settings.leaseDuration - settings.margin)
    }

    /// Until when a leader goes on without another renewal; nil for who does not lead.
    var deadline: MonotonicTime? { isLeading ? renewal.map { $0 + settings.renewDeadline } : nil }

    /// Begins to acquire or to renew.
    mutating func begin(at now: MonotonicTime, _ time: Timestamp) -> Step {
        isOptimistic = false
        guard isLeading, let known, isHeld(at: now) else { return .read }
        isOptimistic = true
        return .replace(mine(after: LeaseRecord(known), at: time).written(into: known))
    }

    /// Takes in the lease, nil when there is none; returns what to do about it, nil when it is somebody else's.
    mutating func read(_ found: JSONValue?, at now: MonotonicTime, _ time: Timestamp) -> Step? {
        isOptimistic = false
        guard let found else {
            let record = LeaseRecord(
                holder: settings.identity,
                durationSeconds: settings.leaseSeconds,
                transitions: 0,
                at: time
            )
            return .create(record.written(into: newLease))
        }
        known = found
        let record = LeaseRecord(found)
        if seen?.record != record { seen = (record, now) }
        let isOurs = record.holder == settings.identity
        // Somebody led meanwhile, or it was taken from us: that is an end, even where we could begin again at once.
        let isLost = isLeading && !isOurs
        if isLost { isLeading = false }
        let isFree = isOurs || record.holder.isEmpty || !isHeld(at: now)
        guard isFree, !isLost else { return nil }
        return .replace(mine(after: record, at: time).written(into: found))
    }

    /// Takes in that the lease was written as asked, with a request that was sent at `sent`, and is now `stored`.
    mutating func written(_ stored: JSONValue, sent: MonotonicTime) {
        known = stored
        seen = (LeaseRecord(stored), sent)
        renewal = sent
        isLeading = true
    }

    /// Takes in that a step failed; returns what can be done at once, nil for nothing.
    mutating func failed() -> Step? {
        known = nil
        defer { isOptimistic = false }
        return isOptimistic ? .read : nil
    }

    /// Gives up leading.
    mutating func stopLeading() {
        isLeading = false
        known = nil
    }

    /// The lease `found` released, as it is handed over; nil when it is not ours.
    func released(_ found: JSONValue, at time: Timestamp) -> JSONValue? {
        let record = LeaseRecord(found)
        guard record.holder == settings.identity else { return nil }
        // A second, as client-go writes it: the next leader need not wait.
        return LeaseRecord(holder: "", durationSeconds: 1, transitions: record.transitions, at: time)
            .written(into: found)
    }

    /// The lease as we know it to be stored; nil where it must be read first.
    var stored: JSONValue? { known }

    /// Whether what was seen last still counts.
    private func isHeld(at now: MonotonicTime) -> Bool {
        guard let seen else { return false }
        return now < seen.time + .seconds(seen.record.durationSeconds)
    }

    /// Our record in place of `record`: renewed where that is ours, else acquired.
    private func mine(after record: LeaseRecord, at time: Timestamp) -> LeaseRecord {
        let isOurs = record.holder == settings.identity
        var mine = LeaseRecord(
            holder: settings.identity,
            durationSeconds: settings.leaseSeconds,
            transitions: record.transitions + (isOurs ? 0 : 1),
            at: time
        )
        if isOurs { mine.acquireTime = record.acquireTime }
        return mine
    }

    private var newLease: JSONValue {
        var metadata: JSONValue = ["name": .string(lease.name)]
        if let namespace = lease.namespace { metadata["namespace"] = .string(namespace) }
        return ["apiVersion": "coordination.k8s.io/v1", "kind": "Lease", "metadata": metadata]
    }
}
