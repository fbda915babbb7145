package import JSON
package import Kubernetes

/// A kind whose objects are judged for what Contour makes of them.
package enum ContourKind: String, CaseIterable, Sendable {
    case httpProxy = "HTTPProxy"
    case delegation = "TLSCertificateDelegation"
    case service = "Service"
    case secret = "Secret"
    case extensionService = "ExtensionService"

    /// The kind of `object`, in whatever version of its group; nil for anything else.
    package init?(of object: JSONValue) {
        guard let kind = ContourKind(rawValue: object["kind"]?.string ?? ""), let version = object["apiVersion"]?.string
        else { return nil }
        let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
        guard group == kind.type.group else { return nil }
        self = kind
    }

    /// The kind whose rules' ids begin with `prefix`.
    package init?(prefix: String) {
        guard let kind = ContourKind.allCases.first(where: { $0.prefix == prefix }) else { return nil }
        self = kind
    }

    /// How the API server addresses it.
    package var type: ResourceType {
        switch self {
        case .httpProxy: .httpProxies
        case .delegation:
            .tlsCertificateDelegations
        case .service: .services
        case .secret: .secrets
        case .extensionService: .extensionServices
        }
    }

    /// What its rules' ids begin with: `httpproxy`.
    package var prefix: String { rawValue.lowercased() }

    /// Whether its objects are judged for themselves; the others are for what they do to those that refer to them.
    package var isJudgedForItself: Bool { self == .httpProxy || self == .delegation }
}
