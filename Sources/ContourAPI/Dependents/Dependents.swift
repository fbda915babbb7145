import Admission
import JSON
import Kubernetes
import Schema

/// The valid HTTPProxies that lose something when an object changes or goes.
struct Dependents {
    /// How many HTTPProxies are looked at; the rest of those that refer to the object are counted unseen.
    static let searchLimit = 100
    /// How many are named.
    static let nameLimit = 3

    /// Those that were found, in order.
    private let losses: [ProxyLoss]
    /// Further ones that were not looked at.
    private let unseen: Int

    /// Those among `candidates`; nil for none.
    init?(among candidates: [ObjectKey], before: ClusterView, after: ClusterView, settings: ContourSettings) {
        losses = candidates.prefix(Self.searchLimit).compactMap { key in
            after.object(.httpProxies, key).flatMap {
                ProxyLoss(of: $0, before: before, after: after, settings: settings)
            }
        }
        guard !losses.isEmpty else { return nil }
        unseen = max(0, candidates.count - Self.searchLimit)
    }

    /// `HTTPProxy test/shop`, or `HTTPProxies test/a, test/b, test/c and 12 more`.
    var title: String {
        let names = NameList.text(losses.map(\.key.description), limit: Self.nameLimit, unnamed: unseen)
        return (isOne ? "HTTPProxy " : "HTTPProxies ") + names
    }

    /// Whether there is one alone.
    var isOne: Bool { losses.count + unseen == 1 }

    /// What follows for traffic.
    var effect: String {
        let clauses = losses.prefix(Self.nameLimit).map { $0.effect(isNamed: !isOne) }
        let distinct = clauses.enumerated().filter { clauses.firstIndex(of: $0.element) == $0.offset }.map(\.element)
        let more = max(0, losses.count - Self.nameLimit) + unseen
        return distinct.joined(separator: ", ") + (more > 0 ? ", and so on for \(more) more" : "")
    }

    /// What Contour reports on the first of them.
    var reported: ReportedCondition? { losses.first?.broken.first?.reference.reported }

    /// Why the first of them can't use the object any more.
    var reason: String { losses.first?.broken.first?.reason ?? "" }

    /// The ports of a Service that are needed.
    var ports: [Int] {
        let all = losses.flatMap(\.broken).flatMap { broken -> [Int] in
            guard case .service(_, let port, let healthPort) = broken.reference.target else { return [] }
            return [port] + (healthPort.map { [$0] } ?? [])
        }
        return Set(all).sorted()
    }
}
