import ContourAPI
import Kubernetes
import Schema

/// A graph as boxes and arrows, for programs that lay them out.
///
/// Each Service's port is one box, whatever leads there; an HTTPProxy is one for each place that it is included at.
struct GraphDrawing {
    /// What a box stands for.
    enum Kind: Hashable {
        case host
        case proxy
        case route
        case service
        /// An answer of Envoy's own.
        case answer
    }

    /// How well it is with it.
    enum State: Hashable {
        case fine
        case doubtful
        case bad
    }

    /// A box; its number is its place among them.
    struct Box {
        let kind: Kind
        /// What it says, a line each; the first is what it is.
        let lines: [String]
        var state: State
    }

    /// An arrow.
    struct Arrow {
        let from: Int
        let to: Int
        let label: String
        /// Whether nothing, or copies alone, go along it.
        let isDashed: Bool
    }

    private(set) var boxes: [Box] = []
    private(set) var arrows: [Arrow] = []
    private let report: GraphReport
    private var services: [String: Int] = [:]

    init(_ report: GraphReport) {
        self.report = report
        for tree in report.hosts { draw(tree) }
        for key in report.orphans {
            let reasons = report.reasons(ofOrphan: key)
            _ = box(.proxy, [key.description, "orphaned"] + reasons, .doubtful)
        }
        for other in report.passedBy {
            _ = box(.proxy, [other.key.description, other.words], .doubtful)
        }
    }

    private mutating func box(_ kind: Kind, _ lines: [String], _ state: State = .fine) -> Int {
        boxes.append(Box(kind: kind, lines: lines.map(GraphWords.safe), state: state))
        return boxes.count - 1
    }

    private mutating func arrow(_ from: Int, _ to: Int, _ label: String = "", isDashed: Bool = false) {
        arrows.append(Arrow(from: from, to: to, label: GraphWords.safe(label), isDashed: isDashed))
    }

    private mutating func draw(_ tree: HostTree) {
        let lines = [GraphWords.host(tree), GraphWords.tls(tree.tls)]
        let state = GraphWords.state(tree.state)
        let host = box(.host, lines + (state.map { [$0] } ?? []), state == nil ? .fine : .bad)
        arrow(host, draw(tree.root))
        var above = host
        for node in tree.tcp {
            let here = box(
                .proxy,
                [node.key.description, "TLS connections"] + Self.words(node.faults),
                Self.state(node.faults)
            )
            arrow(above, here, "TLS")
            for backend in node.backends { draw(backend, from: here) }
            above = here
        }
    }

    private mutating func draw(_ node: ProxyNode, _ faults: [ProxyFault] = []) -> Int {
        var lines = [node.key.description] + (report.verdict(on: node.key).map { [$0.rawValue] } ?? [])
        if report.planned.contains(node.key) { lines.append("to be made by its Canary") }
        if node.isDropped { lines.append("all its routes are dropped") }
        let all = faults + node.faults
        let state = report.verdict(on: node.key) == .invalid ? .bad : Self.state(all)
        let here = box(.proxy, lines + Self.words(all), state)
        for include in node.includes { draw(include, from: here) }
        for route in node.routes { draw(route, from: here) }
        return here
    }

    private mutating func draw(_ include: IncludeNode, from above: Int) {
        guard let child = include.child else {
            let lines = [include.target.description, "not followed"] + Self.words(include.faults)
            let here = box(.proxy, lines, Self.state(include.faults))
            arrow(above, here, include.match.words, isDashed: true)
            if let match = include.badGateway {
                arrow(above, box(.answer, ["answer 502"], .bad), match.words)
            }
            return
        }
        arrow(above, draw(child, include.faults), include.match.words)
    }

    private mutating func draw(_ route: RouteNode, from above: Int) {
        let words = Self.words(route.faults)
        if let answer = GraphWords.answer(route.action) {
            let here = box(.answer, [answer] + words, route.action == nil ? .bad : Self.state(route.faults))
            return arrow(above, here, route.match.words)
        }
        let here = box(.route, [route.match.words] + words, Self.state(route.faults))
        arrow(above, here)
        guard case .services(let backends)? = route.action else { return }
        for backend in backends { draw(backend, from: here) }
    }

    private mutating func draw(_ backend: RouteBackend, from above: Int) {
        let name = GraphWords.service(backend)
        let known = services[name] ?? box(.service, [name])
        services[name] = known
        if backend.isLost || boxes[known].state == .fine {
            boxes[known].state = backend.isLost ? .bad : Self.state(backend.faults)
        }
        let words = [GraphWords.part(backend)] + Self.words(backend.faults)
        arrow(above, known, words.joined(separator: ", "), isDashed: backend.isLost || backend.isMirror)
    }

    private static func words(_ faults: [ProxyFault]) -> [String] {
        faults.map { ($0.isError ? "✗ " : "! ") + $0.finding.account }
    }

    private static func state(_ faults: [ProxyFault]) -> State {
        faults.contains(where: \.isError) ? .bad : faults.isEmpty ? .fine : .doubtful
    }
}
