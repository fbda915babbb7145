package import Admission
import Kubernetes

/// What the checks of one HTTPProxy ask of the objects around it.
///
/// Every answer may be that it is not known: the kind is not watched, or there is no picture at all. Then nothing is
/// found.
package struct Neighbourhood: Sendable {
    /// What a Secret is referred to for.
    package enum SecretUse: Hashable, Sendable {
        /// A certificate and its key (`tls.crt`, `tls.key`).
        case certificate
        /// Authorities (`ca.crt`).
        case authority
        /// A revocation list (`crl.pem`).
        case revocations
        /// Keys for JSON web tokens, under the key that is named; in the namespace of the object alone.
        case tokenKeys(String)
    }

    /// What is to be said of a Secret.
    package enum SecretAnswer: Hashable, Sendable {
        case unknown
        case fine
        /// It is in another namespace, which does not delegate it; whether it is there was not looked at.
        case notDelegated
        case missing
        /// It is there and can't be used; why, lower case: `its type is kubernetes.io/dockerconfigjson`.
        case unusable(String)
    }

    /// What is to be said of a Service and its ports.
    package enum ServiceAnswer: Hashable, Sendable {
        case unknown
        /// It can be routed to; the protocol that it asks for itself, by `appProtocol` or an annotation: `tls`, `h2`,
        /// `h2c`.
        case fine(protocol: String?)
        case missing
        /// It has no such port; those that it has.
        case portMissing(port: Int, has: [Int])
        /// The port is there, but not TCP's.
        case portNotTCP(port: Int, protocol: String)
        /// It is of the type ExternalName, which Contour is not set up for.
        case externalNameOff
        /// It is of the type ExternalName and leads to Contour's own machine: the name.
        case externalNameLocal(String)
    }

    /// What is to be said of an ExtensionService.
    package enum ExtensionAnswer: Hashable, Sendable {
        case unknown
        case fine
        case missing
    }

    /// The objects; nil where nothing is known.
    package let view: ClusterView?
    /// How Contour is set up.
    package let settings: ContourSettings
    /// The namespace of the HTTPProxy.
    package let namespace: String

    package init(of namespace: String, in view: ClusterView? = nil, settings: ContourSettings = ContourSettings()) {
        self.namespace = namespace
        self.view = view
        self.settings = settings
    }
}
