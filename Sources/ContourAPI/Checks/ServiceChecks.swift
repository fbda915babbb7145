import JSON
import Schema

/// What can be wrong with one service of a route or of a TCP proxy, in Contour's order.
struct ServiceChecks {
    let service: JSONValue
    let path: String
    let context: ProxyContext
    /// Whether it is a TCP proxy's: then a fault stops the root.
    let isTCP: Bool
    /// What is known of it in the cluster; nil where it has no sound name and port to look for.
    private let answer: Neighbourhood.ServiceAnswer?

    init(_ service: JSONValue, at path: String, _ context: ProxyContext, isTCP: Bool, isHealthChecked: Bool) {
        self.service = service
        self.path = path
        self.context = context
        self.isTCP = isTCP
        let ports = 1...65_535
        guard let name = service.filled("name"), let port = service["port"]?.int, ports.contains(port) else {
            answer = nil
            return
        }
        let health = service["healthPort"]?.int ?? 0
        let isOther = isHealthChecked && health != port && ports.contains(health)
        answer = context.answers.service(name, port: port, healthPort: isOther ? health : nil)
    }

    /// Whether it gets copies alone.
    var isMirror: Bool { service.flag("mirror") && !isTCP }

    /// Whether nothing is known against there being such a Service.
    var isResolved: Bool {
        switch answer {
        case .unknown, .fine: true
        case nil: service.text("name") == nil || service.text("name")?.isEmpty == false
        default: false
        }
    }

    /// Checks a service of a TCP proxy.
    func check(into faults: inout FaultList) { check(nil, withoutIt: nil, into: &faults) }

    /// Checks it; `effect` is what is said where it is not there.
    func check(_ balancing: BalancingPolicy?, withoutIt effect: String?, into faults: inout FaultList) {
        checkPort(into: &faults)
        checkPresence(effect, into: &faults)
        checkProtocol(into: &faults)
        if !isTCP {
            HeaderPolicyChecks.check(service, at: path, isService: true, into: &faults)
            CookieChecks.check(service, at: path, into: &faults)
        }
        checkClientCertificate(into: &faults)
        if let balancing { checkSlowStart(balancing, into: &faults) }
    }

    func addSecondMirror(into faults: inout FaultList) {
        faults.add(
            .secondMirror,
            at: "\(path).mirror",
            true,
            "a route copies its requests to one service only",
            write: "keep one mirror"
        )
    }

    /// The check as it is for a TCP proxy's service, where that is one.
    func placed(_ check: ProxyCheck) -> ProxyCheck { isTCP ? check.reaching(.stop) : check }

    private func unresolved(_ check: ProxyCheck) -> ProxyCheck {
        isTCP ? check.reaching(.stop).reporting("TCPProxyError", "ServiceUnresolvedReference") : check
    }

    private func checkPort(into faults: inout FaultList) {
        guard service["port"]?.number != nil || !service.has("port") else { return }
        let port = service["port"]?.int ?? 0
        guard !(1...65_535).contains(port) else { return }
        faults.add(
            isTCP ? unresolved(.port) : .port,
            at: "\(path).port",
            service["port"],
            service.has("port") ? "\(service["port"]?.number?.text ?? "") is no port" : "a service without a port",
            write: "write a port number of the Service, 1 to 65535"
        )
    }

    private func checkPresence(_ effect: String?, into faults: inout FaultList) {
        if service.text("name")?.isEmpty ?? false {
            faults.add(
                unresolved(.serviceName),
                at: "\(path).name",
                service["name"],
                "a service without a name",
                write: "write the name of a Service in the object's namespace",
                so: effect
            )
        }
        guard let answer, let absence = ServiceAbsence(answer, service) else { return }
        faults.add(
            unresolved(absence.check),
            at: "\(path).\(absence.field)",
            service[absence.field],
            absence.problem,
            write: absence.remedy,
            so: isTCP ? nil : effect
        )
    }

    /// The protocol that the service is spoken to in; nil where that is not known.
    var effectiveProtocol: String? {
        if let text = service["protocol"]?.string { return text }
        if case .fine(let announced)? = answer { return announced ?? "" }
        return nil
    }

    private func checkProtocol(into faults: inout FaultList) {
        if let text = service["protocol"]?.string, !["tls", "h2", "h2c"].contains(text) {
            faults.add(
                placed(.upstreamProtocol),
                at: "\(path).protocol",
                service["protocol"],
                text.isEmpty ? "an empty protocol" : "\(text) is no protocol for a service",
                write: "write tls, h2 or h2c, or leave it out for plain HTTP"
            )
        }
        guard let validation = service["validation"], validation.object != nil else { return }
        let checks = ValidationChecks(
            validation,
            at: "\(path).validation",
            ("ServiceError", "TLSUpstreamValidation"),
            undelegated: ("TLSError", "CACertificateNotDelegated"),
            reach: isTCP ? .stop : .drop
        )
        if effectiveProtocol == "tls" || effectiveProtocol == "h2" {
            checks.check(context.answers, into: &faults)
        } else {
            checks.checkNames(isLookedAt: false, into: &faults)
        }
    }

    private func checkClientCertificate(into faults: inout FaultList) {
        guard let key = context.answers.settings.clientCertificate else { return }
        let problem: String
        switch context.answers.secret(at: key, for: .certificate, needsDelegation: false) {
        case .unknown, .fine, .notDelegated: return
        case .missing: problem = "no Secret \(key) yet"
        case .unusable(let why): problem = "Secret \(key): \(why)"
        }
        faults.add(
            placed(.clientCertificate),
            at: path,
            nil,
            "\(problem), which Contour shows to upstreams",
            write: "mend it there"
        )
    }

    private func checkSlowStart(_ balancing: BalancingPolicy, into faults: inout FaultList) {
        guard let policy = service["slowStartPolicy"], policy.object != nil else { return }
        if !balancing.allowsSlowStart {
            faults.add(
                .slowStartStrategy,
                at: "\(path).slowStartPolicy",
                policy,
                "no slow start with the strategy \(balancing.strategy)",
                write: "take it out, or write RoundRobin or WeightedLeastRequest"
            )
        }
        SlowStartChecks.check(policy, at: "\(path).slowStartPolicy", into: &faults)
    }
}
