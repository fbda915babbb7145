import ContourAPI
import JSON
import Kubernetes
import Schema

/// A graph as one JSON object.
struct JSONGraph {
    private let report: GraphReport

    init(_ report: GraphReport) { self.report = report }

    /// The object on several lines.
    var text: String {
        let value: JSONValue = [
            "hosts": .array(report.hosts.map(host)),
            "objects": .array(report.objects.map(object)),
            "orphans": .array(report.orphans.map(Self.names)),
            "otherClasses": .array(report.passedBy.map(Self.other)),
        ]
        return value.prettyText + "\n"
    }

    private func host(_ tree: HostTree) -> JSONValue {
        [
            "host": .string(tree.host),
            "state": .string(Self.name(of: tree.state)),
            "tls": Self.value(of: tree.tls),
            "isWhole": .bool(!report.cut.contains(tree.root.key)),
            "root": proxy(tree.root),
            "tcp": .array(tree.tcp.map(Self.tcp)),
            "routes": .array(tree.routes.map(Self.route)),
        ]
    }

    private func object(_ key: ObjectKey) -> JSONValue {
        var members = Self.names(key)
        let status = report.statuses[key] ?? ProxyStatus()
        members["verdict"] = .string(status.verdict.rawValue)
        members["isPlanned"] = .bool(report.planned.contains(key))
        members["errors"] = .array(status.errors.map(Self.error))
        members["warnings"] = .array(status.warnings.map(Self.error))
        return members
    }

    private func proxy(_ node: ProxyNode) -> JSONValue {
        var members = Self.names(node.key)
        members["verdict"] = report.verdict(on: node.key).map { .string($0.rawValue) }
        members["match"] = JSONMatch.value(of: node.match)
        members["isDropped"] = .bool(node.isDropped)
        members["faults"] = Self.faults(node.faults)
        members["includes"] = .array(node.includes.map(include))
        members["routes"] = .array(node.routes.map(Self.node))
        return members
    }

    private func include(_ node: IncludeNode) -> JSONValue {
        var members = Self.names(node.target)
        members["index"] = .number(JSONNumber(node.index))
        members["match"] = JSONMatch.value(of: node.match)
        members["badGateway"] = node.badGateway.map(JSONMatch.value)
        members["faults"] = Self.faults(node.faults)
        members["proxy"] = node.child.map(proxy)
        return members
    }
}

/// The parts that need nothing of the report.
extension JSONGraph {
    private static func names(_ key: ObjectKey) -> JSONValue {
        ["namespace": .string(key.namespace ?? ""), "name": .string(key.name)]
    }

    private static func other(_ other: GraphReport.PassedBy) -> JSONValue {
        var members = names(other.key)
        members["ingressClass"] = .string(other.ingressClass)
        return members
    }

    private static func name(of state: HostTree.State) -> String {
        switch state {
        case .served: "served"
        case .absent: "absent"
        case .withoutRoutes: "withoutRoutes"
        }
    }

    private static func value(of tls: HostTree.TLS) -> JSONValue {
        switch tls {
        case .none: ["mode": "none"]
        case .terminated(let secret): ["mode": "terminated", "secret": .string(secret)]
        case .passthrough: ["mode": "passthrough"]
        }
    }

    private static func tcp(_ node: TCPNode) -> JSONValue {
        var members = names(node.key)
        members["faults"] = faults(node.faults)
        members["services"] = .array(node.backends.map(service))
        return members
    }

    /// A route in force.
    private static func route(_ route: HostRoute) -> JSONValue {
        var members = names(route.proxy)
        members["index"] = route.index.map { .number(JSONNumber($0)) }
        members["match"] = JSONMatch.value(of: route.match)
        members["action"] = action(route.action)
        return members
    }

    /// A route as it is written.
    private static func node(_ node: RouteNode) -> JSONValue {
        var members: JSONValue = ["index": .number(JSONNumber(node.index))]
        members["match"] = JSONMatch.value(of: node.match)
        members["action"] = node.action.map(action)
        members["faults"] = faults(node.faults)
        return members
    }

    private static func action(_ action: RouteAction) -> JSONValue {
        switch action {
        case .services(let backends): ["kind": "services", "services": .array(backends.map(service))]
        case .redirect(let status, let place):
            ["kind": "redirect", "status": .number(JSONNumber(status)), "to": .string(place)]
        case .response(let status): ["kind": "response", "status": .number(JSONNumber(status))]
        }
    }

    private static func service(_ backend: RouteBackend) -> JSONValue {
        var members = names(backend.service)
        members["port"] = .number(JSONNumber(backend.port))
        members["weight"] = backend.weight.map { .number(JSONNumber($0)) }
        members["percent"] = .number(JSONNumber(backend.percent))
        members["isMirror"] = .bool(backend.isMirror)
        members["isLost"] = .bool(backend.isLost)
        members["faults"] = faults(backend.faults)
        return members
    }

    private static func error(_ error: ReportedError) -> JSONValue {
        [
            "type": .string(error.type),
            "reason": .string(error.reason),
            "message": .string(error.message),
            "path": .string(error.path),
        ]
    }

    private static func faults(_ faults: [ProxyFault]) -> JSONValue { .array(faults.map(fault)) }

    private static func fault(_ fault: ProxyFault) -> JSONValue {
        var value: JSONValue = [
            "rule": .string(fault.finding.rule),
            "severity": .string(fault.finding.severity.rawValue),
            "path": .string(fault.finding.path),
            "message": .string(fault.finding.problem),
            "suggestion": .string(fault.finding.remedy),
            "reach": .string(name(of: fault.reach)),
        ]
        if let effect = fault.finding.effect { value["effect"] = .string(effect) }
        if let condition = fault.finding.reported {
            value["condition"] = ["type": .string(condition.type), "reason": .string(condition.reason)]
        }
        return value
    }

    private static func name(of reach: ProxyFault.Reach) -> String {
        switch reach {
        case .stop: "stop"
        case .skipInclude: "skipInclude"
        case .drop: "drop"
        case .nextService: "nextService"
        case .goOn: "goOn"
        case .note: "note"
        case .unreported: "unreported"
        }
    }
}
