package import JSON
package import Platform

/// What is known of a Secret: its type and keys, and what it could be used for by Contour.
///
/// Read off what `SecretReader` keeps; of what `SecretKeys` alone keeps only type and keys are known.
package struct SecretFacts: Hashable, Sendable {
    /// The object as it is kept.
    private let kept: JSONValue

    package init(_ kept: JSONValue) { self.kept = kept }

    /// The type; `Opaque` where none is written.
    package var type: String { kept["type"]?.string ?? "Opaque" }

    /// The names of the keys.
    package var keys: [String] { kept["data"]?.object?.keys ?? [] }

    /// Until when its certificate is valid; nil where there is none, or it was not read.
    package var notAfter: Timestamp? { kept["notAfter"]?.string.flatMap { Timestamp(rfc3339: $0) } }

    /// Whether its key is not that of its certificate; false where they were not read.
    package var isMismatched: Bool { kept["isPair"] == false }

    /// Why it can't be used as a certificate and its key, lower case; nil where it can.
    package var certificateFault: String? { typeFault ?? fault(of: "tls.crt") ?? fault(of: "tls.key") }

    /// Why it can't be used for authorities; nil where it can.
    package var authorityFault: String? { typeFault ?? fault(of: "ca.crt") }

    /// Why it can't be used as a revocation list; nil where it can.
    package var revocationFault: String? { typeFault ?? fault(of: "crl.pem") }

    /// Why the value of `key` can't be used as keys for JSON web tokens; nil where it can.
    package func tokenKeyFault(_ key: String) -> String? {
        guard type == "Opaque" else { return "its type is \(type), not Opaque" }
        guard keys.contains(key) else { return "it has no key \(key)" }
        guard let faults = kept["faults"] else { return nil }
        if let fault = faults[key]?.string, fault == "its \(key) is empty" { return fault }
        guard let fault = kept[path: "tokenKeys", key]?.string else { return "its \(key) is no JSON object" }
        return fault.isEmpty ? nil : "its \(key) \(fault)"
    }

    /// Whether a Secret of the type of `kept` could be used by Contour at all.
    static func couldBeUsed(_ kept: JSONValue) -> Bool { SecretFacts(kept).typeFault == nil }

    private var typeFault: String? {
        ["Opaque", "kubernetes.io/tls"].contains(type)
            ? nil : "its type is \(type), neither kubernetes.io/tls nor Opaque"
    }

    private func fault(of key: String) -> String? {
        guard keys.contains(key) else { return "it has no key \(key)" }
        let fault = kept[path: "faults", key]?.string ?? ""
        return fault.isEmpty ? nil : fault
    }
}
