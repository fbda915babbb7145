import HTTP
import Logging
import Platform
import TLS

/// Serves a renewed certificate without a restart: the kubelet replaces the files when their Secret changes.
final class CertificateRenewal: Sendable {
    /// How often the files are looked at; the kubelet itself takes up to a minute to bring a changed Secret.
    private static let interval = Duration.seconds(60)

    private let settings: ServerSettings
    private let server: HTTPServer
    private let logger = Logger(label: "canarygate.certificate")
    private let current: Locked<ServingCertificate>
    /// Certificates are valid by the machine's clock, whatever the loop's says.
    private let clock = SystemClock()

    init(_ certificate: ServingCertificate, settings: ServerSettings, server: HTTPServer) {
        current = Locked(certificate)
        self.settings = settings
        self.server = server
    }

    /// Why the certificate in use cannot serve; nil when it can.
    var fault: String? { current.withLock { $0.fault(at: clock.now()) } }

    /// Looks at the files until the task is cancelled; files that cannot be used are logged and passed over.
    func run() async {
        while !Task.isCancelled {
            do { try await clock.sleep(for: Self.interval) } catch { return }
            do {
                try renew()
            } catch {
                logger.error("certificate not renewed", metadata: ["error.message": "\(error)"])
            }
        }
    }

    private func renew() throws {
        let certificate = try ServingCertificate(
            certificatePath: settings.certificatePath,
            privateKeyPath: settings.privateKeyPath
        )
        let isNew = current.withLock { current in
            guard !current.isSame(as: certificate) else { return false }
            current = certificate
            return true
        }
        guard isNew else { return }
        server.replaceTLS(certificate.context)
        logger.notice(
            "certificate renewed",
            metadata: ["tls.not_after": "\(certificate.info.notAfter.rfc3339)"]
        )
    }
}
