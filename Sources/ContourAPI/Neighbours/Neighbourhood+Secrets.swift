import Admission
import JSON
package import Kubernetes
package import Platform

extension Neighbourhood {
    /// The Secret that `reference` names, `name` or `namespace/name`, for `use`.
    package func secret(_ reference: String, for use: SecretUse) -> SecretAnswer {
        // Keys for tokens are looked for in the own namespace whatever the reference looks like.
        if case .tokenKeys = use {
            return secret(at: ObjectKey(namespace: namespace, name: reference), for: use, needsDelegation: false)
        }
        return secret(at: ObjectKey(reference: reference, in: namespace), for: use, needsDelegation: true)
    }

    /// The Secret at `key`, which Contour's own settings name, for a proxy of this namespace; a delegation is asked for
    /// where `needsDelegation`.
    package func secret(at key: ObjectKey, for use: SecretUse, needsDelegation: Bool) -> SecretAnswer {
        guard let view else { return .unknown }
        if needsDelegation, !isDelegated(key, in: view) {
            return view.knows(.tlsCertificateDelegations) ? .notDelegated : .unknown
        }
        guard let secret = view.object(.secrets, key) else { return view.knows(.secrets) ? .missing : .unknown }
        let facts = SecretFacts(secret)
        let fault =
            switch use {
            case .certificate: facts.certificateFault
            case .authority: facts.authorityFault
            case .revocations: facts.revocationFault
            case .tokenKeys(let name): facts.tokenKeyFault(name)
            }
        return fault.map { .unusable($0) } ?? .fine
    }

    /// Whether a delegation of the Secret's namespace lets this one use it; the own namespace needs none.
    ///
    /// `*` stands for every namespace only where it stands alone.
    private func isDelegated(_ secret: ObjectKey, in view: ClusterView) -> Bool {
        guard let owner = secret.namespace, owner != namespace else { return true }
        return view.objects(.tlsCertificateDelegations, with: .delegates(secret.name), namespace: owner).contains {
            ($0["spec"]?.list("delegations") ?? []).contains { delegation in
                let targets = delegation.list("targetNamespaces").compactMap(\.string)
                return delegation["secretName"]?.string == secret.name
                    && (targets == ["*"] || targets.contains(namespace))
            }
        }
    }
}

extension Neighbourhood {
    /// What is to be told of a certificate that Contour serves without a word.
    package struct CertificateConcern: Hashable, Sendable {
        /// Until when the certificate is valid; nil where that was not read.
        package let notAfter: Timestamp?
        /// Whether the key is another one's, so that no handshake succeeds.
        package let isMismatched: Bool
    }

    /// What else there is to say of the certificate that `reference` names, where it is fine to Contour; nil for nothing.
    package func concern(about reference: String) -> CertificateConcern? {
        guard let view, secret(reference, for: .certificate) == .fine,
            let secret = view.object(.secrets, ObjectKey(reference: reference, in: namespace))
        else { return nil }
        let facts = SecretFacts(secret)
        guard facts.notAfter != nil || facts.isMismatched else { return nil }
        return CertificateConcern(notAfter: facts.notAfter, isMismatched: facts.isMismatched)
    }
}
