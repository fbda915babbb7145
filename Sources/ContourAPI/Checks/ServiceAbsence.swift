import JSON

/// Why requests can't be sent to a Service, in words.
struct ServiceAbsence {
    let check: ProxyCheck
    /// The field that names what is not there.
    let field: String
    let problem: String
    let remedy: String

    private init(_ check: ProxyCheck, _ field: String, _ problem: String, _ remedy: String) {
        self.check = check
        self.field = field
        self.problem = problem
        self.remedy = remedy
    }

    /// The absence that `answer` tells of `service`; nil where it tells of none.
    init?(_ answer: Neighbourhood.ServiceAnswer, _ service: JSONValue) {
        let name = service["name"]?.string ?? ""
        let field = { (port: Int) in service["port"]?.int == port ? "port" : "healthPort" }
        switch answer {
        case .unknown, .fine: return nil
        case .missing: self.init(.serviceMissing, "name", "no Service \(name) yet", "apply it, or its canary")
        case .portMissing(let port, let others):
            let known = others.prefix(3).map(String.init).joined(separator: " or ")
            let remedy = others.isEmpty ? "add it there" : "write \(known)"
            self.init(.servicePort, field(port), "Service \(name) has no port \(port)", remedy)
        case .portNotTCP(let port, let kind):
            self.init(.serviceProtocol, field(port), "port \(port) of Service \(name) is \(kind)", "write a TCP port")
        case .externalNameOff:
            let remedy = "set Contour's enableExternalNameService"
            self.init(.serviceExternal, "name", "Service \(name) is an ExternalName", remedy)
        case .externalNameLocal(let host):
            self.init(.serviceExternal, "name", "Service \(name) leads to \(host)", "write another ExternalName there")
        }
    }
}
