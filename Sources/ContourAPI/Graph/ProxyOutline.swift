import JSON
import Kubernetes

/// An HTTPProxy as the graph reads it: its host, and what it includes.
struct ProxyOutline: Sendable {
    /// One of its includes.
    struct Include: Sendable {
        /// Its place in `spec.includes`.
        let index: Int
        /// The HTTPProxy that it names.
        let target: ObjectKey
        /// Its conditions, in their order.
        let conditions: [JSONValue]

        /// `spec.includes[2]`.
        var path: String { "spec.includes[\(index)]" }

        /// Whether a condition of it is on a header field or a query parameter.
        var looksAtFields: Bool {
            conditions.contains { $0["header"]?.object != nil || $0["queryParameter"]?.object != nil }
        }
    }

    let object: JSONValue
    let key: ObjectKey
    let spec: JSONValue

    init(_ object: JSONValue) {
        self.object = object
        key = object.key
        spec = object["spec"] ?? .null
    }

    /// Whether it has a host of its own; such an object can't be included.
    var isRoot: Bool { spec["virtualhost"]?.object != nil }

    /// The host name, lower case; empty for none.
    var host: String { spec[path: "virtualhost", "fqdn"]?.string?.lowercased() ?? "" }

    /// Who ends TLS.
    var tls: HostTree.TLS {
        guard let tls = spec[path: "virtualhost", "tls"], tls.object != nil else { return .none }
        if let name = tls["secretName"]?.string, !name.isEmpty { return .terminated(secret: name) }
        return .passthrough
    }

    /// Whether its HTTP routes are served over TLS, so that tokens are looked at.
    var checksTokens: Bool { tls != .none && !hasTCP }

    /// Its routes.
    var routes: [JSONValue] { spec["routes"]?.array ?? [] }

    /// What it includes.
    var includes: [Include] {
        (spec["includes"]?.array ?? []).enumerated().map { include($1, at: $0) }
    }

    /// Its includes of the HTTPProxy at `target`.
    func includes(of target: ObjectKey) -> [Include] {
        (spec["includes"]?.array ?? []).enumerated().compactMap { index, content in
            guard content["name"]?.string == target.name else { return nil }
            let include = include(content, at: index)
            return include.target == target ? include : nil
        }
    }

    private func include(_ content: JSONValue, at index: Int) -> Include {
        Include(index: index, target: target(of: content), conditions: content["conditions"]?.array ?? [])
    }

    private func target(of reference: JSONValue) -> ObjectKey {
        let namespace = reference["namespace"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? key.namespace
        return ObjectKey(namespace: namespace, name: reference["name"]?.string ?? "")
    }
}

/// TLS connections that are passed on as they come.
extension ProxyOutline {
    /// Whether it says where TLS connections go.
    var hasTCP: Bool { spec["tcpproxy"]?.object != nil }

    /// The Services that they go to.
    var tcpServices: [JSONValue] { spec[path: "tcpproxy", "services"]?.array ?? [] }

    /// The HTTPProxy that says in its place where they go; nil where it names none, or Services itself.
    var tcpTarget: ObjectKey? {
        guard tcpServices.isEmpty, let include = spec["tcpproxy"]?[tcpIncludeField], include.object != nil else {
            return nil
        }
        return target(of: include)
    }

    /// `spec.tcpproxy.include`, or the old spelling where that is used.
    var tcpIncludePath: String { "spec.tcpproxy.\(tcpIncludeField)" }

    private var tcpIncludeField: String {
        spec[path: "tcpproxy", "include"]?.object == nil && spec[path: "tcpproxy", "includes"]?.object != nil
            ? "includes" : "include"
    }
}
