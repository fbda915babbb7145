import Admission
package import JSON
import Kubernetes
package import Platform
package import Schema

/// What Contour does not look at in a certificate, and clients do.
package enum CertificateRules {
    /// What is wrong with the certificate that `proxy` serves with, though Contour takes it.
    ///
    /// `now` is the time, nil where it is not asked.
    package static func findings(
        in proxy: JSONValue,
        among neighbours: Neighbourhood,
        at now: Timestamp? = nil
    ) -> [Finding] {
        guard let reference = proxy[path: "spec", "virtualhost", "tls"]?.filled("secretName"),
            let concern = neighbours.concern(about: reference)
        else { return [] }
        let path = "spec.virtualhost.tls.secretName"
        let value = Finding.shown(.string(reference))
        let key = ObjectKey(reference: reference, in: neighbours.namespace)
        var findings: [Finding] = []
        if concern.isMismatched {
            let problem = "the key in Secret \(key) is not its certificate's"
            findings.append(mismatch("httpproxy/secret-key-mismatch", path, value, problem))
        }
        if let end = concern.notAfter, let now, end < now {
            let problem = "the certificate in Secret \(key) expired at \(end.rfc3339)"
            findings.append(expiry("httpproxy/secret-expired", path, value, problem))
        }
        return findings
    }

    /// What is wrong with the certificate that a Secret is to get, where HTTPProxies serve with it.
    static func findings(
        changing stored: JSONValue,
        to object: JSONValue,
        _ change: ReferentChange,
        _ settings: ContourSettings,
        at now: Timestamp?
    ) -> [Finding] {
        let (old, new) = (SecretFacts(stored), SecretFacts(object))
        guard new.certificateFault == nil else { return [] }
        let isMismatched = new.isMismatched && !old.isMismatched
        let end = new.notAfter.flatMap { end in now.map { end < $0 } == true && old.notAfter != end ? end : nil }
        guard isMismatched || end != nil, let title = servers(change, settings) else { return [] }
        var findings: [Finding] = []
        if isMismatched {
            let problem = "its tls.key is not that of its tls.crt, and \(title) with it"
            findings.append(mismatch("secret/key-mismatch-for-proxy", "data", "{...}", problem))
        }
        if let end {
            let problem = "its certificate expired at \(end.rfc3339), and \(title) with it"
            findings.append(expiry("secret/expired-for-proxy", "data", "{...}", problem))
        }
        return findings
    }

    /// `HTTPProxy test/shop serves`: who serves with the Secret; nil for nobody.
    private static func servers(_ change: ReferentChange, _ settings: ContourSettings) -> String? {
        let keys = change.candidates.prefix(Dependents.searchLimit).filter { key in
            guard let proxy = change.after.object(.httpProxies, key), settings.takes(proxy),
                let reference = proxy[path: "spec", "virtualhost", "tls"]?.filled("secretName")
            else { return false }
            return ObjectKey(reference: reference, in: key.namespace ?? "") == change.stored.key
        }
        guard !keys.isEmpty else { return nil }
        let names = NameList.text(keys.map(\.description), limit: Dependents.nameLimit)
        return keys.count == 1 ? "HTTPProxy \(names) serves" : "HTTPProxies \(names) serve"
    }

    private static func mismatch(_ rule: String, _ path: String, _ value: String, _ problem: String) -> Finding {
        Finding(
            rule: rule,
            severity: .warn,
            path: path,
            value: value,
            problem: problem,
            remedy: "write both anew",
            effect: "Envoy refuses it and no handshake succeeds"
        )
    }

    private static func expiry(_ rule: String, _ path: String, _ value: String, _ problem: String) -> Finding {
        Finding(
            rule: rule,
            severity: .warn,
            path: path,
            value: value,
            problem: problem,
            remedy: "renew it",
            effect: "clients refuse the connection"
        )
    }
}
