package import HTTP
package import Logging
package import Platform
import TLS

/// Serves a renewed certificate without a restart: the kubelet replaces the files when their Secret changes.
///
/// Files that cannot be used are logged once and passed over, and what was served goes on being served.
package final class CertificateRenewal: Sendable {
    /// How often the files are looked at: 5 s; reading three small files takes some 50 µs.
    package static let interval = Duration.seconds(5)
    /// How long the keys of session tickets are used: 12 h.
    ///
    /// Whoever gets hold of a key can read the TLS 1.2 sessions that were resumed under it.
    package static let ticketKeyLifetime = Duration.seconds(12 * 3_600)

    /// What the files were when they could not be used.
    private enum Sight: Equatable {
        case files(CertificateFiles)
        case unreadable(FileStore.Failure)
    }

    private struct State {
        var current: ServingCertificate
        /// Since when the context is in use.
        var since: Timestamp
        var refused: Sight?
        var isReported = false
        var renewals = 0
        var refusals = 0
        var notice = ExpiryNotice()
    }

    private let settings: ServerSettings
    private let server: HTTPServer
    private let logger: Logger
    private let state: Locked<State>
    private let clock: any WallClock

    /// Looks after the certificate of `server`, which was read from the settings' files.
    ///
    /// Certificates are valid by the machine's clock, whatever the loop's says; a test has another.
    package init(
        _ certificate: ServingCertificate,
        settings: ServerSettings,
        server: HTTPServer,
        clock: any WallClock = SystemClock(),
        logger: Logger = Logger(label: "canarygate.certificate")
    ) {
        state = Locked(State(current: certificate, since: clock.now()))
        self.settings = settings
        self.server = server
        self.clock = clock
        self.logger = logger
    }

    /// The certificate in use.
    package var certificate: ServingCertificate { state.withLock { $0.current } }

    /// Why the certificate in use cannot serve; nil when it can.
    package var fault: String? { certificate.fault(at: clock.now()) }

    /// How long the certificate in use is good, and how often it was renewed, in Prometheus' text format.
    package var exposition: String {
        let (info, renewals, refusals) = state.withLock { ($0.current.info, $0.renewals, $0.refusals) }
        return CertificateMetrics.exposition(of: info, at: clock.now(), renewals: renewals, refusals: refusals)
    }

    /// Looks at the files until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            look()
            do { try await clock.sleep(for: Self.interval) } catch { return }
        }
    }

    /// Looks at the files once, which blocks for as long as reading them takes; one task at a time.
    package func look() {
        let now = clock.now()
        let sight: Sight
        do { sight = .files(try CertificateFiles(settings)) } catch { sight = .unreadable(error) }
        do {
            try take(sight, at: now)
            state.withLock { $0.refused = nil }
        } catch {
            refuse(sight, because: error)
        }
        warn(at: now)
    }

    /// Serves what was seen.
    ///
    /// - Throws: why it cannot be served.
    private func take(_ sight: Sight, at now: Timestamp) throws {
        let (current, since) = state.withLock { ($0.current, $0.since) }
        switch sight {
        case .unreadable(let failure): throw failure
        case .files(current.files):
            if now - since >= Self.ticketKeyLifetime { serve(try ServingCertificate(current.files), from: now) }
        case .files(let files):
            let certificate = try ServingCertificate(files)
            if let fault = certificate.fault(at: now, name: "the certificate in \(settings.certificatePath)") {
                throw CertificateFault(description: fault)
            }
            serve(certificate, from: now)
            state.withLock { state in
                state.renewals += 1
                state.notice = ExpiryNotice()
            }
            logger.notice(
                "certificate renewed",
                metadata: ["tls.not_after": "\(certificate.info.notAfter.rfc3339)"]
            )
        }
    }

    private func serve(_ certificate: ServingCertificate, from now: Timestamp) {
        server.replaceTLS(certificate.context)
        state.withLock { state in
            state.current = certificate
            state.since = now
        }
    }

    /// Says why files were passed over, once for what is in them.
    ///
    /// Files that are being written, the certificate before its key, are whole at the next look: only what is the same
    /// then is refused.
    private func refuse(_ sight: Sight, because error: any Error) {
        let isNews = state.withLock { state in
            guard state.refused == sight else {
                state.refused = sight
                state.isReported = false
                return false
            }
            guard !state.isReported else { return false }
            state.isReported = true
            state.refusals += 1
            return true
        }
        guard isNews else { return }
        logger.error("certificate not renewed", metadata: ["error.message": "\(error)"])
    }

    private func warn(at now: Timestamp) {
        let (threshold, info) = state.withLock { ($0.notice.due(for: $0.current.info, at: now), $0.current.info) }
        guard let threshold else { return }
        let metadata: Logger.Metadata = ["tls.not_after": "\(info.notAfter.rfc3339)"]
        if threshold == 0 {
            logger.error("certificate has expired", metadata: metadata)
        } else {
            let days = (info.notAfter.seconds - now.seconds + 86_399) / 86_400
            logger.warning(
                "certificate expires soon",
                metadata: metadata.merging(["tls.days_left": "\(days)"]) { $1 }
            )
        }
    }
}

/// Why a certificate that can be read cannot serve.
private struct CertificateFault: Error, CustomStringConvertible {
    let description: String
}
