import Admission
import JSON
import Kubernetes

/// The walk from the roots down their includes, in Contour's order, and the statuses that come of it.
struct GraphWalk {
    private let proxies: [ObjectKey: ProxyOutline]
    private let view: ClusterView
    private let settings: ContourSettings
    /// The status of every object that was looked at, and at first that of the objects without a host.
    private(set) var statuses: [ObjectKey: ProxyStatus] = [:]
    /// The objects that a root leads to.
    private(set) var reached: Set<ObjectKey> = []
    /// The roots below which not all includes were followed.
    private(set) var cut: [ObjectKey] = []
    /// The objects that were visited below the present root.
    private var visited: Set<ObjectKey> = []
    /// How often objects may still be visited again below it.
    private var repeatsLeft = 0
    /// Whether one was not.
    private var isCut = false

    init(_ proxies: [ObjectKey: ProxyOutline], in view: ClusterView, settings: ContourSettings) {
        self.proxies = proxies
        self.view = view
        self.settings = settings
        for (key, outline) in proxies where !outline.isRoot { statuses[key] = ProxyStatus() }
    }

    /// The HTTPProxy at `key`, as Contour sees it.
    func proxy(_ key: ObjectKey) -> ProxyOutline? { proxies[key] }

    /// The checks of an object by itself.
    func checks(of outline: ProxyOutline) -> ProxyChecks {
        ProxyChecks(
            outline.object,
            among: Neighbourhood(of: outline.key.namespace ?? "", in: view, settings: settings)
        )
    }

    /// Keeps what was recorded on a visit of the object at `key`: a sound visit takes nothing back, of two that are not
    /// the later counts.
    mutating func commit(_ status: ProxyStatus, to key: ObjectKey) {
        if status.errors.isEmpty, statuses[key]?.errors.isEmpty == false { return }
        statuses[key] = status
    }

    /// Begins with the includes of another root.
    mutating func begin() {
        visited = []
        repeatsLeft = ProxyGraph.repeatLimit
        isCut = false
    }

    /// Whether the object at `key`, with so many above it, is still to be visited.
    mutating func mayVisit(_ key: ObjectKey, below depth: Int) -> Bool {
        let isFirst = visited.insert(key).inserted
        guard depth < ProxyGraph.depthLimit, isFirst || repeatsLeft > 0 else {
            isCut = true
            return false
        }
        if !isFirst { repeatsLeft -= 1 }
        return true
    }

    /// Notes that a root leads to the object at `key`.
    mutating func reach(_ key: ObjectKey) { reached.insert(key) }

    /// Gives every object that was not reached its status; their keys.
    mutating func orphans() -> [ObjectKey] {
        let keys = proxies.values.filter { !$0.isRoot && !reached.contains($0.key) }.map(\.key).sorted(
            by: Self.precedes
        )
        for key in keys {
            var status = ProxyStatus()
            status.add(GraphFaults.orphan(key))
            statuses[key] = status
        }
        return keys
    }

    /// The order by namespace and name.
    static func precedes(_ left: ObjectKey, _ right: ObjectKey) -> Bool {
        (left.namespace ?? "", left.name) < (right.namespace ?? "", right.name)
    }

    /// Notes that the root's tree is not whole.
    mutating func markCut(_ root: ObjectKey, in status: inout ProxyStatus) {
        guard isCut else { return }
        cut.append(root)
        status.errors.append(
            ReportedError(
                type: "IncludeError",
                reason: "TooManyIncludes",
                message:
                    "objects are included more than \(ProxyGraph.repeatLimit) times, or \(ProxyGraph.depthLimit) deep"
            )
        )
    }
}
