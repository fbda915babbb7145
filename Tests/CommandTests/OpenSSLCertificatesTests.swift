import JSON
import Kubernetes
import Platform
import TLS
import Testing
import canarygate

/// Real certificates and keys in Secrets.
@Suite(.timeLimit(.minutes(1))) struct OpenSSLCertificatesTests {
    private static let now = Timestamp(seconds: 1_795_579_509)

    private func facts(_ values: [String: [UInt8]]) -> SecretFacts {
        var secret: JSONValue = ["metadata": ["name": "a", "namespace": "test"], "type": "kubernetes.io/tls"]
        for (name, value) in values { secret[path: "data", name] = .string(Base64.encode(value)) }
        return SecretFacts(SecretReader(certificates: OpenSSLCertificates()).kept(of: secret))
    }

    @Test func readAPair() throws {
        let authority = try CertificateAuthority(commonName: "test authority", now: Self.now)
        let server = try authority.issue(commonName: "server", names: ["a.example"], now: Self.now, days: 1)
        let facts = facts(["tls.crt": server.certificate, "tls.key": server.privateKey])
        #expect(facts.certificateFault == nil)
        #expect(!facts.isMismatched)
        let end = try #require(facts.notAfter)
        #expect(end > Self.now && end <= Self.now + .seconds(86_400))
    }

    @Test func tellAPairThatIsNone() throws {
        let authority = try CertificateAuthority(commonName: "test authority", now: Self.now)
        let one = try authority.issue(commonName: "one", names: ["a.example"], now: Self.now, days: 1)
        let other = try authority.issue(commonName: "other", names: ["a.example"], now: Self.now, days: 1)
        let facts = facts(["tls.crt": one.certificate, "tls.key": other.privateKey])
        #expect(facts.certificateFault == nil)
        #expect(facts.isMismatched)
    }

    @Test func refuseWhatIsNeither() throws {
        let authority = try CertificateAuthority(commonName: "test authority", now: Self.now)
        let server = try authority.issue(commonName: "server", names: ["a.example"], now: Self.now, days: 1)
        let text = "-----BEGIN CERTIFICATE-----\nAAECAw==\n-----END CERTIFICATE-----\n"
        #expect(
            facts(["tls.crt": Array(text.utf8), "tls.key": server.privateKey]).certificateFault
                == "its tls.crt holds a certificate that can't be parsed"
        )
        let key = String(decoding: server.privateKey, as: UTF8.self)
        for label in ["RSA PRIVATE KEY", "EC PRIVATE KEY"] {
            // A key of one form under the label of another.
            let wrong = key.replacing("PRIVATE KEY", with: label)
            #expect(
                facts(["tls.crt": server.certificate, "tls.key": Array(wrong.utf8)]).certificateFault
                    == "its tls.key holds a key that can't be parsed"
            )
        }
        #expect(facts(["tls.crt": server.certificate, "tls.key": server.certificate]).certificateFault != nil)
    }
}
