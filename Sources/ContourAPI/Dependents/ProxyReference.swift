import Kubernetes
import Schema

/// What an HTTPProxy refers to, and what of it is lost without that.
struct ProxyReference {
    /// What is referred to.
    enum Target: Hashable {
        /// A port of a Service.
        case service(String, port: Int, healthPort: Int?)
        /// A Secret, as it is written, for a use.
        case secret(String, Neighbourhood.SecretUse)
        /// The authorities by which a backend is validated, where it speaks TLS.
        case upstream(String, backend: String, port: Int, protocol: String?)
        /// An ExtensionService.
        case extensionService(ObjectKey)
    }

    /// What is lost.
    enum Part: Hashable {
        /// A backend of a route.
        case route(Int)
        /// Every route of the object.
        case object
        /// The host.
        case host
    }

    /// How it stands with what is referred to.
    enum State: Hashable {
        case fine
        case unknown
        /// It can't be used; why, lower case.
        case broken(String)
    }

    let target: Target
    let part: Part
    /// What Contour reports without it.
    let reported: ReportedCondition

    init(_ target: Target, _ part: Part, _ type: String, _ reason: String) {
        self.target = target
        self.part = part
        reported = ReportedCondition(controller: "Contour", type: type, reason: reason)
    }

    /// How it stands among `neighbours`.
    func state(among neighbours: Neighbourhood) -> State {
        switch target {
        case .service(let name, let port, let healthPort):
            Self.state(neighbours.service(name, port: port, healthPort: healthPort))
        case .secret(let reference, let use): Self.state(neighbours.secret(reference, for: use))
        case .extensionService(let key):
            switch neighbours.extensionService(key) {
            case .fine: .fine
            case .unknown: .unknown
            case .missing: .broken("Contour can't use it")
            }
        case .upstream(let reference, let backend, let port, let name):
            upstream(reference, backend, port, name, among: neighbours)
        }
    }

    private func upstream(
        _ reference: String,
        _ backend: String,
        _ port: Int,
        _ name: String?,
        among neighbours: Neighbourhood
    ) -> State {
        var spoken = name
        if spoken == nil, case .fine(let asked) = neighbours.service(backend, port: port, healthPort: nil) {
            spoken = asked
        }
        guard spoken == "tls" || spoken == "h2" else { return .fine }
        return Self.state(neighbours.secret(reference, for: .authority))
    }

    private static func state(_ answer: Neighbourhood.ServiceAnswer) -> State {
        switch answer {
        case .fine: .fine
        case .unknown: .unknown
        case .missing: .broken("it is missing")
        case .portMissing(let port, _): .broken("it has no port \(port)")
        case .portNotTCP(let port, let name): .broken("its port \(port) is \(name)'s")
        case .externalNameOff: .broken("Contour takes no ExternalName")
        case .externalNameLocal(let name): .broken("\(name) is Contour's own machine")
        }
    }

    private static func state(_ answer: Neighbourhood.SecretAnswer) -> State {
        switch answer {
        case .fine: .fine
        case .unknown: .unknown
        case .notDelegated: .broken("it is not delegated")
        case .missing: .broken("it is missing")
        case .unusable(let reason): .broken(reason)
        }
    }
}
