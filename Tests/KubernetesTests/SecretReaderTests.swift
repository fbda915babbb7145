import JSON
import Kubernetes
import Platform
import Testing

/// Certificates that say what their bytes say: `named`, `nameless`, `pair`; anything else is none.
private struct Words: CertificateReader {
    func certificate(_ bytes: [UInt8]) -> CertificateFacts? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard ["named", "nameless"].contains(text) else { return nil }
        return CertificateFacts(isNamed: text == "named", notAfter: Timestamp(seconds: 86_400))
    }

    func isKey(_ bytes: [UInt8], labelled label: String) -> Bool { bytes.starts(with: Array("key".utf8)) }

    func isPair(certificate: [UInt8], key: [UInt8], labelled label: String) -> Bool { key == Array("key".utf8) }
}

private func pem(_ label: String, _ content: String) -> String {
    "-----BEGIN \(label)-----\n\(Base64.encode(Array(content.utf8)))\n-----END \(label)-----\n"
}

/// What is kept of a Secret, and what could be done with it.
@Suite(.timeLimit(.minutes(1))) struct SecretReaderTests {
    private func facts(_ data: [String: String], type: JSONValue? = "Opaque") -> SecretFacts {
        SecretFacts(SecretReader(certificates: Words()).kept(of: secret(data, type: type)))
    }

    private func secret(_ data: [String: String], type: JSONValue? = "Opaque") -> JSONValue {
        var secret: JSONValue = ["metadata": ["name": "a", "namespace": "test"], "data": .object(JSONObject())]
        secret["type"] = type
        for (name, value) in data { secret["data"]?[name] = .string(Base64.encode(Array(value.utf8))) }
        return secret
    }

    private let key = pem("PRIVATE KEY", "key")
    private let certificate = pem("CERTIFICATE", "named")

    @Test(arguments: ["Opaque", "kubernetes.io/tls", nil]) func takesAPair(type: JSONValue?) {
        let facts = facts(["tls.crt": certificate, "tls.key": key], type: type)
        #expect(facts.certificateFault == nil)
        #expect(facts.notAfter == Timestamp(seconds: 86_400))
        #expect(!facts.isMismatched)
    }

    @Test func refusesAnotherType() {
        let facts = facts(["tls.crt": certificate, "tls.key": key], type: "kubernetes.io/dockerconfigjson")
        #expect(
            facts.certificateFault
                == "its type is kubernetes.io/dockerconfigjson, neither kubernetes.io/tls nor Opaque"
        )
        #expect(facts.authorityFault != nil)
        #expect(facts.revocationFault != nil)
    }

    static let certificates: [(String, String?)] = [
        ("", "its tls.crt is empty"),
        ("hello", "its tls.crt holds no certificate in PEM"),
        (pem("CERTIFICATE", "named") + pem("CERTIFICATE", "nameless"), nil),
        ("text\n" + pem("CERTIFICATE", "named") + "more text\n", nil),
        (
            pem("CERTIFICATE", "nameless"),
            "the certificate in its tls.crt has neither a common name nor alternative names"
        ),
        (pem("CERTIFICATE", "what"), "its tls.crt holds a certificate that can't be parsed"),
        (pem("CERTIFICATE", "named") + pem("PRIVATE KEY", "key"), "its tls.crt holds a block that is no CERTIFICATE"),
        ("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n", "its tls.crt holds a broken PEM block"),
        ("-----BEGIN CERTIFICATE-----\nbmFtZWQ=\n", "its tls.crt holds a broken PEM block"),
        (pem("CERTIFICATE", "named").replacing("\n", with: "\r\n"), nil),
        ("-----BEGIN CERTIFICATE-----\nx: y\n\nbmFtZWQ=\n-----END CERTIFICATE-----\n", nil),
        // A broken block before a whole one is passed over, as in Go.
        ("-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n" + pem("CERTIFICATE", "named"), nil),
    ]

    @Test(arguments: certificates) func looksIntoEachBlock(text: String, fault: String?) {
        #expect(facts(["tls.crt": text, "tls.key": key]).certificateFault == fault)
    }

    static let keys: [(String, String?)] = [
        (pem("RSA PRIVATE KEY", "key"), nil),
        (pem("EC PARAMETERS", "x") + pem("EC PRIVATE KEY", "key"), nil),
        (pem("EC PARAMETERS", "x"), "its tls.key holds no private key in PEM"),
        (pem("PRIVATE KEY", "key") + pem("PRIVATE KEY", "key"), "its tls.key holds more than one private key"),
        (pem("ENCRYPTED PRIVATE KEY", "key"), "its tls.key holds a block that is no private key"),
        (pem("PRIVATE KEY", "x"), "its tls.key holds a key that can't be parsed"),
    ]

    @Test(arguments: keys) func wantsOneKey(text: String, fault: String?) {
        #expect(facts(["tls.crt": certificate, "tls.key": text]).certificateFault == fault)
    }

    @Test func missesKeys() {
        #expect(facts(["tls.key": key]).certificateFault == "it has no key tls.crt")
        #expect(facts(["tls.crt": certificate]).certificateFault == "it has no key tls.key")
        #expect(facts([:]).authorityFault == "it has no key ca.crt")
        #expect(facts([:]).revocationFault == "it has no key crl.pem")
    }

    @Test func tellsAKeyThatIsNotTheCertificates() {
        #expect(facts(["tls.crt": certificate, "tls.key": pem("PRIVATE KEY", "key of another")]).isMismatched)
    }

    /// Authorities are not parsed.
    @Test func takesAuthoritiesByTheirLabel() {
        #expect(facts(["ca.crt": pem("CERTIFICATE", "what")]).authorityFault == nil)
        #expect(facts(["ca.crt": ""]).authorityFault == "its ca.crt is empty")
        #expect(facts(["ca.crt": "x"]).authorityFault == "its ca.crt holds no certificate in PEM")
        #expect(facts(["ca.crt": key]).authorityFault == "its ca.crt holds a block that is no CERTIFICATE")
    }

    @Test func takesTheFirstRevocationList() {
        #expect(facts(["crl.pem": pem("CERTIFICATE", "a") + pem("X509 CRL", "b")]).revocationFault == nil)
        #expect(facts(["crl.pem": pem("X509 CRL", "b") + "-----BEGIN X-----\n"]).revocationFault == nil)
        #expect(facts(["crl.pem": pem("CERTIFICATE", "a")]).revocationFault == "its crl.pem holds no X509 CRL block")
    }

    static let tokenKeys: [(String, String?)] = [
        (" {\"keys\": []}\n", nil), ("", "its k is empty"), ("[]", "its k is no JSON object"),
        ("{\"keys\": ", "its k is no JSON object"), ("{}", "its k has no \"keys\""),
        ("{\"keys\": {}}", "its k has \"keys\" that are no list"),
    ]

    @Test(arguments: tokenKeys) func takesKeysForTokens(text: String, fault: String?) {
        #expect(facts(["k": text]).tokenKeyFault("k") == fault)
    }

    @Test func takesKeysForTokensFromOpaqueSecretsAlone() {
        #expect(facts(["k": "{\"keys\": []}"], type: "kubernetes.io/tls").tokenKeyFault("k") != nil)
        #expect(facts(["k": "{\"keys\": []}"]).tokenKeyFault("other") == "it has no key other")
    }

    @Test func readsWhatIsWrittenAsText() {
        var object = secret(["tls.crt": "old"])
        object["stringData"] = ["tls.crt": .string(certificate), "tls.key": .string(key)]
        #expect(SecretFacts(SecretReader(certificates: Words()).kept(of: object)).certificateFault == nil)
    }

    @Test func knowsTypeAndKeysWithoutHavingReadTheValues() {
        let facts = SecretFacts(SecretKeys.of(secret(["tls.crt": "x"])))
        #expect(facts.certificateFault == "it has no key tls.key")
        #expect(facts.tokenKeyFault("tls.crt") == nil)
    }

    /// Nothing of a value may stay, in whatever form it comes.
    @Test func keepsNoValue() {
        let values = [
            "tls.crt": pem("SESAME", "sesame"), "tls.key": "sesame", "ca.crt": "-----BEGIN sesame-----",
            "crl.pem": "sesame", "k": "{\"sesame\": 1}", "token": "sesame",
        ]
        let kept = SecretReader(certificates: Words()).kept(of: secret(values))
        let text = String(decoding: kept.serialized, as: UTF8.self).lowercased()
        #expect(!text.contains("sesame"))
        #expect(!text.contains(Base64.encode(Array("sesame".utf8)).lowercased()))
        #expect(kept["data"]?.object?.keys.sorted() == values.keys.sorted())
    }
}
