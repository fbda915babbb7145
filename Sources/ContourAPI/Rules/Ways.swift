import JSON
import Kubernetes
import Schema

/// The ways that lead from roots down to one HTTPProxy.
struct Ways {
    /// One of them.
    struct Way {
        /// Where it begins.
        let root: ProxyOutline
        /// The conditions of its includes, from the root down.
        let conditions: [JSONValue]
    }

    /// How many ways are told apart; one object is seldom included from more than a handful.
    static let limit = 64
    /// How many includes are looked at on the way up.
    static let stepLimit = 1_000

    private let around: ProxyNeighbours
    /// Those that Contour goes.
    private(set) var open: [Way] = []
    /// A root that would lead here if it were not refused itself; the first by namespace and name.
    private(set) var refused: ObjectKey?
    /// Whether there are more than were looked at.
    private(set) var isCut = false
    /// Whether a TCP include of a root leads here.
    private(set) var isReachedByTCP = false
    private var served: [ObjectKey: Bool] = [:]
    private var steps = Ways.stepLimit

    /// The ways to `proxy`, one of those in `around`.
    init(to proxy: ProxyOutline, among around: ProxyNeighbours) {
        self.around = around
        if proxy.isRoot {
            if isServed(proxy) { open = [Way(root: proxy, conditions: [])] }
            return
        }
        climb(from: proxy.key, [], below: [proxy.key])
        climbTCP(from: proxy.key, below: [proxy.key])
    }

    /// Whether requests or connections get here.
    var isReached: Bool { !open.isEmpty || isReachedByTCP }

    /// Goes up from `key`, to which `conditions` lead on from there, past the objects that are `below`.
    private mutating func climb(from key: ObjectKey, _ conditions: [JSONValue], below: [ObjectKey]) {
        for holder in around.holders(of: key) where !below.contains(holder.key) {
            let checks = around.checks(of: holder)
            for include in holder.includes(of: key) {
                steps -= 1
                guard steps > 0, open.count < Self.limit, below.count < ProxyGraph.depthLimit else {
                    isCut = true
                    return
                }
                if Self.isSkipped(include, checks) { continue }
                let more = include.conditions + conditions
                guard holder.isRoot else {
                    climb(from: holder.key, more, below: below + [holder.key])
                    continue
                }
                if isServed(holder) {
                    open.append(Way(root: holder, conditions: more))
                } else {
                    refused = refused ?? holder.key
                }
            }
        }
    }

    /// Whether Contour passes `include` over whatever it leads to.
    static func isSkipped(_ include: ProxyOutline.Include, _ checks: ProxyChecks) -> Bool {
        // Without a condition there is nothing to be wrong.
        !include.conditions.isEmpty && checks.includeFaults(include.index).contains { $0.reach == .skipInclude }
    }

    private mutating func climbTCP(from key: ObjectKey, below: [ObjectKey]) {
        for holder in around.tcpHolders(of: key) where !below.contains(holder.key) {
            steps -= 1
            guard steps > 0, below.count < ProxyGraph.depthLimit, !isReachedByTCP else { return }
            let checks = around.checks(of: holder)
            if holder.isRoot {
                let isRefused = !around.rivals(of: holder).isEmpty || Self.stops(checks.rootFaults())
                isReachedByTCP = !isRefused
                if isRefused { refused = refused ?? holder.key }
            } else if !Self.stops(checks.tcpFaults()) {
                climbTCP(from: holder.key, below: below + [holder.key])
            }
        }
    }

    private static func stops(_ faults: [ProxyFault]) -> Bool { faults.contains { $0.reach == .stop } }

    /// Whether Contour follows the includes of `root`.
    private mutating func isServed(_ root: ProxyOutline) -> Bool {
        if let known = served[root.key] { return known }
        let isServed =
            around.rivals(of: root).isEmpty && !Self.stops(around.checks(of: root).rootFaults())
            && TCPChain(from: root, proxy: around.proxy) { [around] in around.checks(of: $0).tcpFaults() }.isSound
        served[root.key] = isServed
        return isServed
    }
}
