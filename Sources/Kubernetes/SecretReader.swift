package import JSON
internal import Platform

/// Reduces a Secret to what may be kept of it: whose it is, its type, the names of its keys, and what each could be
/// used for.
///
/// No value is kept, and none is in a reason. Source: Contour's checks of the Secrets that an HTTPProxy refers to.
package struct SecretReader: Sendable {
    /// Reads what is in PEM blocks; nil where their labels have to do.
    private let certificates: (any CertificateReader)?

    package init(certificates: (any CertificateReader)? = nil) { self.certificates = certificates }

    /// What may be kept of `secret`: `SecretKeys.of` it, and the facts that `SecretFacts` reads.
    package func kept(of secret: JSONValue) -> JSONValue {
        var kept = SecretKeys.of(secret)
        guard SecretFacts.couldBeUsed(kept) else { return kept }
        let values = Self.values(of: secret)
        var faults = JSONObject()
        for (name, value) in values { faults[name] = fault(in: value, of: name).map { .string($0) } }
        kept["faults"] = .object(faults)
        var tokenKeys = JSONObject()
        for (name, value) in values { tokenKeys[name] = Self.tokenKeyFault(in: value).map { .string($0) } }
        kept["tokenKeys"] = .object(tokenKeys)
        if faults["tls.crt"] == nil, faults["tls.key"] == nil { addPair(in: values, to: &kept) }
        return kept
    }

    /// Adds how long the certificate is valid, and whether the key is its own.
    private func addPair(in values: [(name: String, value: [UInt8])], to kept: inout JSONValue) {
        guard let certificates, let first = values.first(where: { $0.name == "tls.crt" })?.value,
            let certificate = PEMBlock.all(in: first)?.first,
            let facts = certificates.certificate(certificate.bytes)
        else { return }
        kept["notAfter"] = .string(facts.notAfter.rfc3339)
        guard let second = values.first(where: { $0.name == "tls.key" })?.value, let key = Self.key(in: second) else {
            return
        }
        let isPair = certificates.isPair(certificate: certificate.bytes, key: key.bytes, labelled: key.label)
        kept["isPair"] = .bool(isPair)
    }

    /// Why the value of the key `name` can't be used for what keys of that name are; nil where it can.
    private func fault(in value: [UInt8], of name: String) -> String? {
        guard !value.isEmpty else { return "its \(name) is empty" }
        switch name {
        case "tls.crt": return certificateFault(in: value)
        case "tls.key": return keyFault(in: value)
        case "ca.crt": return authorityFault(in: value)
        case "crl.pem": return revocationFault(in: value)
        default: return nil
        }
    }

    /// The values, `stringData` over `data` as the API server takes them; one that is no Base64 is left out.
    private static func values(of secret: JSONValue) -> [(name: String, value: [UInt8])] {
        var values: [(name: String, value: [UInt8])] = []
        let written = secret["stringData"]?.object ?? JSONObject()
        for member in secret["data"]?.object ?? JSONObject() where written[member.key] == nil {
            guard let value = Base64.decode(member.value.string ?? "") else { continue }
            values.append((member.key, value))
        }
        for member in written { values.append((member.key, Array((member.value.string ?? "").utf8))) }
        return values
    }
}

extension SecretReader {
    private static let brokenBlock = "holds a broken PEM block"

    private func certificateFault(in value: [UInt8]) -> String? {
        guard let blocks = PEMBlock.all(in: value) else { return "its tls.crt \(Self.brokenBlock)" }
        for (index, block) in blocks.enumerated() {
            guard block.label == "CERTIFICATE" else { return "its tls.crt holds a block that is no CERTIFICATE" }
            guard let certificates else { continue }
            guard let facts = certificates.certificate(block.bytes) else {
                return "its tls.crt holds a certificate that can't be parsed"
            }
            guard index > 0 || facts.isNamed else {
                return "the certificate in its tls.crt has neither a common name nor alternative names"
            }
        }
        return blocks.isEmpty ? "its tls.crt holds no certificate in PEM" : nil
    }

    private func keyFault(in value: [UInt8]) -> String? {
        guard let blocks = PEMBlock.all(in: value) else { return "its tls.key \(Self.brokenBlock)" }
        var count = 0
        for block in blocks where block.label != "EC PARAMETERS" {
            guard Self.keyLabels.contains(block.label) else {
                return "its tls.key holds a block that is no private key"
            }
            if let certificates, !certificates.isKey(block.bytes, labelled: block.label) {
                return "its tls.key holds a key that can't be parsed"
            }
            count += 1
        }
        if count == 0 { return "its tls.key holds no private key in PEM" }
        return count == 1 ? nil : "its tls.key holds more than one private key"
    }

    private static let keyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"]

    private static func key(in value: [UInt8]) -> PEMBlock? {
        PEMBlock.all(in: value)?.first { keyLabels.contains($0.label) }
    }

    private func authorityFault(in value: [UInt8]) -> String? {
        guard let blocks = PEMBlock.all(in: value) else { return "its ca.crt \(Self.brokenBlock)" }
        guard blocks.allSatisfy({ $0.label == "CERTIFICATE" }) else {
            return "its ca.crt holds a block that is no CERTIFICATE"
        }
        return blocks.isEmpty ? "its ca.crt holds no certificate in PEM" : nil
    }

    private func revocationFault(in value: [UInt8]) -> String? {
        // Contour stops at the first list, whatever follows.
        PEMBlock.read(value).blocks.contains { $0.label == "X509 CRL" } ? nil : "its crl.pem holds no X509 CRL block"
    }

    /// Why `value` can't be keys for JSON web tokens; empty where it can, nil where it is no JSON at all.
    private static func tokenKeyFault(in value: [UInt8]) -> String? {
        guard let first = value.first(where: { !isSpace($0) }), first == UInt8(ascii: "{") else { return nil }
        let document: JSONDocument
        do { document = try JSONDocument(parsing: value) } catch { return nil }
        guard let keys = document.root["keys"] else { return "has no \"keys\"" }
        return keys.value.array == nil ? "has \"keys\" that are no list" : ""
    }

    private static func isSpace(_ byte: UInt8) -> Bool { [9, 10, 13, 32].contains(byte) }
}
