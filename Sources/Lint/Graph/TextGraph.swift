import ContourAPI
import Kubernetes
import Schema

/// A graph as a tree for people.
struct TextGraph {
    private let report: GraphReport
    private let ink: Ink

    init(_ report: GraphReport, isColored: Bool) {
        self.report = report
        ink = Ink(isColored: isColored)
    }

    /// A tree for each host, the objects that are in none, and the summary.
    var text: String {
        let trees = report.hosts.map { branch($0).lines.joined(separator: "\n") }
        return (trees + [orphans, passedBy].compactMap(\.self) + [summary]).joined(separator: "\n\n") + "\n"
    }

    private func branch(_ tree: HostTree) -> TextBranch {
        var label = ink.strong(GraphWords.safe(GraphWords.host(tree)))
        label += ", \(GraphWords.safe(GraphWords.tls(tree.tls)))"
        if let state = GraphWords.state(tree.state) { label += ": \(ink.bad(state))" }
        var notes: [String] = []
        if report.cut.contains(tree.root.key) {
            notes.append(ink.doubtful("! objects are included too often or too deep to draw them all"))
        }
        let tcp = chain(tree.tcp[...]).map { [$0] } ?? []
        return TextBranch(label: label, notes: notes, children: [branch(tree.root, "root")] + tcp)
    }

    /// The objects that TLS connections are passed by, each below the one before it.
    private func chain(_ nodes: ArraySlice<TCPNode>) -> TextBranch? {
        guard let node = nodes.first else { return nil }
        return TextBranch(
            label: "TLS connections by \(GraphWords.safe(node.key.description))",
            notes: node.faults.map(note),
            children: node.backends.map(branch) + (chain(nodes.dropFirst()).map { [$0] } ?? [])
        )
    }

    private func branch(_ node: ProxyNode, _ title: String) -> TextBranch {
        var label = "\(title) \(GraphWords.safe(node.key.description))"
        if report.planned.contains(node.key) { label += " (to be made by its Canary)" }
        if let verdict = report.verdict(on: node.key) { label += ": \(ink.verdict(verdict))" }
        if node.isDropped { label += ", \(ink.bad("all its routes are dropped"))" }
        return TextBranch(
            label: label,
            notes: node.faults.map(note),
            children: node.includes.map(branch) + node.routes.map(branch)
        )
    }

    private func branch(_ include: IncludeNode) -> TextBranch {
        let title = "\(GraphWords.safe(include.match.words)) include"
        let gateway = include.badGateway.map {
            TextBranch(label: ink.bad("\(GraphWords.safe($0.words)): answer 502"))
        }
        guard let child = include.child else {
            return TextBranch(
                label: "\(title) \(GraphWords.safe(include.target.description))",
                notes: include.faults.map(note),
                children: gateway.map { [$0] } ?? []
            )
        }
        var branch = branch(child, title)
        branch.notes = include.faults.map(note) + branch.notes
        return branch
    }

    private func branch(_ route: RouteNode) -> TextBranch {
        var label = GraphWords.safe(route.match.words)
        if let answer = GraphWords.answer(route.action) { label += ": \(GraphWords.safe(answer))" }
        var children: [TextBranch] = []
        if case .services(let backends)? = route.action { children = backends.map(branch) }
        return TextBranch(label: label, notes: route.faults.map(note), children: children)
    }

    private func branch(_ backend: RouteBackend) -> TextBranch {
        let part = GraphWords.part(backend)
        let label = "\(backend.isLost ? ink.bad(part) : part) to \(GraphWords.safe(GraphWords.service(backend)))"
        return TextBranch(label: label, notes: backend.faults.map(note))
    }

    private func note(_ fault: ProxyFault) -> String {
        let text = GraphWords.safe(fault.finding.text)
        return fault.isError ? "\(ink.bad("✗")) \(text)" : "\(ink.doubtful("!")) \(text)"
    }
}

/// What is in no tree, and how many of what there are.
extension TextGraph {
    private var orphans: String? {
        guard !report.orphans.isEmpty else { return nil }
        let lines = report.orphans.map { key in
            let reasons = report.reasons(ofOrphan: key).map(GraphWords.safe)
            return "  \(GraphWords.safe(key.description)): "
                + ([ink.doubtful("orphaned")] + reasons).joined(separator: ", ")
        }
        return (["below no root, so without requests:"] + lines).joined(separator: "\n")
    }

    private var passedBy: String? {
        guard !report.passedBy.isEmpty else { return nil }
        let lines = report.passedBy.map { other in
            "  \(GraphWords.safe(other.key.description)): \(GraphWords.safe(other.words))"
        }
        return (["passed by, as Contour takes other ingress classes:"] + lines).joined(separator: "\n")
    }

    private var summary: String {
        let marks = GraphMarks(report.hosts)
        let verdicts = report.statuses.values.map(\.verdict)
        let parts = [ProxyStatus.Verdict.valid, .invalid, .orphaned].map { verdict in
            "\(verdicts.count { $0 == verdict }) \(verdict.rawValue)"
        }
        let lost = report.hosts.count { $0.state != .served }
        let hosts = Self.counted(report.hosts.count, "host") + (lost > 0 ? " (\(lost) not served)" : "")
        let proxies = Self.counted(verdicts.count, "HTTPProxy", "HTTPProxies")
        let line = "\(hosts), \(proxies): \(parts.joined(separator: ", ")); \(Self.counted(marks.count, "fault"))"
        guard !report.hasAskedCluster, marks.missesSomething else { return line }
        return "note: what is not in these files counts as missing; --cluster looks there too\n\(line)"
    }

    private static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? "\(one)s")"
    }
}
