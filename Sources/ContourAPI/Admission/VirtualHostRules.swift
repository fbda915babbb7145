import JSON

/// What can be wrong with the root of an HTTPProxy: its host name, TLS and TCP part.
enum VirtualHostRules {
    static func check(_ spec: JSONValue, into findings: inout ProxyFindings) {
        if let host = spec["virtualhost"], !host.isNull {
            checkName(host, into: &findings)
            checkContent(spec, into: &findings)
            if let tls = host["tls"], !tls.isNull { checkTLS(tls, spec: spec, into: &findings) }
            if spec.has("tcpproxy"), !host.has("tls") {
                findings.deny(
                    "tcpproxy-without-tls",
                    "spec.tcpproxy",
                    contour: "TCPProxyError/TLSMustBeConfigured",
                    "a TCP proxy listens on TLS alone",
                    write: "add spec.virtualhost.tls with a secretName or passthrough: true"
                )
            }
            if !host.list("ipAllowPolicy").isEmpty, !host.list("ipDenyPolicy").isEmpty {
                findings.deny(
                    "ip-allow-and-deny",
                    "spec.virtualhost.ipDenyPolicy",
                    value: host["ipDenyPolicy"],
                    contour: "IPFilterError/IncompatibleIPAddressFilters",
                    "stands beside ipAllowPolicy",
                    write: "keep one of the two"
                )
            }
        }
        if let tcp = spec["tcpproxy"], !tcp.isNull { checkTCP(tcp, into: &findings) }
    }

    private static func checkName(_ host: JSONValue, into findings: inout ProxyFindings) {
        let path = "spec.virtualhost.fqdn"
        guard let name = host["fqdn"]?.string else { return }
        guard name.contains(where: { !$0.isWhitespace }) else {
            findings.deny(
                "fqdn-missing",
                path,
                value: .string(name),
                contour: "VirtualHostError/FQDNNotSpecified",
                "a virtualhost without a name",
                write: "write the host's name, for example app.example.com"
            )
            return
        }
        guard !isHostName(name) else { return }
        let lower = name.lowercased()
        let remedy = isHostName(lower) ? "write \(lower)" : "write a name such as app.example.com or *.example.com"
        findings.deny(
            "fqdn-invalid",
            path,
            value: .string(name),
            "\(name) is no host name: lower case letters, digits, - and dots, no port, no dot at the end",
            write: remedy
        )
    }

    /// Whether `text` is a name as the CRD wants it: labels of lower case letters, digits and inner hyphens, with at
    /// most one `*.` in front.
    static func isHostName(_ text: String) -> Bool {
        let name = text.hasPrefix("*.") ? text.dropFirst(2) : Substring(text)
        return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            guard let first = label.utf8.first, let last = label.utf8.last else { return false }
            let hyphen = UInt8(ascii: "-")
            return first != hyphen && last != hyphen && label.utf8.allSatisfy { isNameByte($0) }
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }

    private static func checkContent(_ spec: JSONValue, into findings: inout ProxyFindings) {
        guard spec.list("routes").isEmpty, spec.list("includes").isEmpty, !spec.has("tcpproxy") else { return }
        findings.deny(
            "nothing-defined",
            "spec",
            contour: "SpecError/NothingDefined",
            "a virtualhost with no routes, no includes and no tcpproxy",
            write: "add spec.routes, or spec.includes with the name of the HTTPProxy that has them"
        )
    }

    private static func checkTLS(_ tls: JSONValue, spec: JSONValue, into findings: inout ProxyFindings) {
        let path = "spec.virtualhost.tls"
        let hasSecret = tls.filled("secretName")?.contains { !$0.isWhitespace } ?? false
        if hasSecret == tls.flag("passthrough") {
            findings.deny(
                "tls-source",
                path,
                value: hasSecret ? tls : nil,
                contour: "TLSError/TLSConfigNotValid",
                hasSecret ? "both secretName and passthrough" : "neither secretName nor passthrough",
                write: "write one: secretName to end TLS here, passthrough: true to hand it on"
            )
        }
        if tls.flag("passthrough") { checkPassthrough(tls, spec: spec, into: &findings) }
        if tls.filled("minimumProtocolVersion") == "1.3", tls.filled("maximumProtocolVersion") == "1.2" {
            findings.deny(
                "tls-version-order",
                "\(path).maximumProtocolVersion",
                value: "1.2",
                contour: "TLSError/TLSConfigNotValid",
                "below minimumProtocolVersion (1.3)",
                write: "write 1.3, or a minimumProtocolVersion of 1.2"
            )
        }
        for field in ["minimumProtocolVersion", "maximumProtocolVersion"] {
            guard let version = tls.filled(field), version != "1.2", version != "1.3" else { continue }
            findings.warn(
                "tls-version-unknown",
                "\(path).\(field)",
                value: .string(version),
                "\(version) is ignored",
                write: "write 1.2 or 1.3, in quotes"
            )
        }
    }

    private static func checkPassthrough(_ tls: JSONValue, spec: JSONValue, into findings: inout ProxyFindings) {
        let path = "spec.virtualhost.tls"
        for field in ["clientValidation", "enableFallbackCertificate"] where tls.has(field) {
            guard field == "clientValidation" || tls.flag(field) else { continue }
            let reason = "\(field) does nothing where TLS is passed through"
            findings.deny(
                field == "clientValidation" ? "passthrough-client-validation" : "passthrough-fallback",
                "\(path).\(field)",
                value: tls[field],
                contour: "TLSError/TLSIncompatibleFeatures",
                reason,
                write: "take it out, or write a secretName in place of passthrough"
            )
        }
        if !spec.has("tcpproxy") {
            findings.warn(
                "passthrough-without-tcpproxy",
                "\(path).passthrough",
                value: true,
                "nothing answers",
                write: "add spec.tcpproxy"
            )
        }
    }

    private static func checkTCP(_ tcp: JSONValue, into findings: inout ProxyFindings) {
        let services = tcp.list("services")
        let hasInclude = tcp.has("include") || tcp.has("includes")
        if services.isEmpty == !hasInclude {
            findings.deny(
                hasInclude ? "tcpproxy-services-and-include" : "tcpproxy-empty",
                "spec.tcpproxy",
                value: hasInclude ? tcp : nil,
                contour: hasInclude ? "TCPProxyError/NoServicesAndInclude" : "TCPProxyError/NothingDefined",
                hasInclude ? "both services and include" : "neither services nor include",
                write: "write one of them"
            )
        }
        for (index, service) in services.enumerated() {
            ServiceRules.check(service, at: "spec.tcpproxy.services[\(index)]", into: &findings)
        }
        WeightRules.check(services, at: "spec.tcpproxy.services", into: &findings)
    }
}
