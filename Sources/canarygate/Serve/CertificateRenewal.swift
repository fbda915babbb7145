package import HTTP
import Logging
package import Platform
import TLS

/// Serves a renewed certificate without a restart: the kubelet replaces the files when their Secret changes.
package final class CertificateRenewal: Sendable {
    /// How often the files are looked at; the kubelet itself takes up to a minute to bring a changed Secret.
    package static let interval = Duration.seconds(60)

    private let settings: ServerSettings
    private let server: HTTPServer
    private let logger = Logger(label: "canarygate.certificate")
    private let current: Locked<ServingCertificate>
    private let clock: any WallClock

    /// Looks after the certificate of `server`, which was read from the settings' files.
    ///
    /// Certificates are valid by the machine's clock, whatever the loop's says; a test has another.
    package init(
        _ certificate: ServingCertificate,
        settings: ServerSettings,
        server: HTTPServer,
        clock: any WallClock = SystemClock()
    ) {
        current = Locked(certificate)
        self.settings = settings
        self.server = server
        self.clock = clock
    }

    /// Why the certificate in use cannot serve; nil when it can.
    package var fault: String? { current.withLock { $0.fault(at: clock.now()) } }

    /// Looks at the files until the task is cancelled; files that cannot be used are logged and passed over.
    package func run() async {
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
