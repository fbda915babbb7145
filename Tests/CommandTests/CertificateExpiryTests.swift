import Platform
import TLS
import TestSupport
import Testing
import canarygate

/// What is said of a certificate's end.
@Suite(.timeLimit(.minutes(1))) struct CertificateExpiryTests {
    private static let day = Duration.seconds(86_400)

    /// What is logged when so many days are left, with a second look to see that it is said once.
    private func lines(_ stage: CertificateStage, daysLeft days: Int) -> [String] {
        stage.clock.advance(by: stage.end - stage.clock.now() - Self.day * days)
        for _ in 1...2 { stage.renewal.look() }
        return stage.log.take()
    }

    @Test func warnsAtThirtySevenAndOneDay() async throws {
        try await CertificateStage.with(days: 90) { stage in
            let end = stage.end.rfc3339
            #expect(lines(stage, daysLeft: 31) == [])
            for days in [30, 7, 1] {
                #expect(
                    lines(stage, daysLeft: days)
                        == ["warning certificate expires soon tls.days_left=\(days) tls.not_after=\(end)"]
                )
            }
            #expect(lines(stage, daysLeft: 0) == ["error certificate has expired tls.not_after=\(end)"])
            #expect(lines(stage, daysLeft: -1) == [])
        }
    }

    @Test func saysTheLatestAloneWhenItBeginsLate() async throws {
        try await CertificateStage.with(days: 90) { stage in
            #expect(lines(stage, daysLeft: 5).map { $0.contains("tls.days_left=5") } == [true])
        }
    }

    @Test func warnsOfARenewedCertificateAnew() async throws {
        try await CertificateStage.with(days: 90) { stage in
            #expect(lines(stage, daysLeft: 20).count == 1)
            try stage.write(stage.issue(days: 90))
            stage.renewal.look()
            #expect(stage.log.take().map { $0.contains("renewed") } == [true])
            #expect(lines(stage, daysLeft: 20).count == 1)
        }
    }

    @Test func aCertificateForADayIsNoReasonToWarn() async throws {
        try await CertificateStage.with(days: 1) { stage in
            stage.renewal.look()
            #expect(stage.log.take() == [])
            #expect(lines(stage, daysLeft: 0).count == 1)
        }
    }

    @Test func showsTheEndAndTheDaysThatAreLeft() async throws {
        try await CertificateStage.with(days: 90) { stage in
            let end = stage.end.seconds
            #expect(
                stage.renewal.exposition == """
                    # HELP canarygate_certificate_expiry_timestamp_seconds When the serving certificate expires, in \
                    seconds since 1970.
                    # TYPE canarygate_certificate_expiry_timestamp_seconds gauge
                    canarygate_certificate_expiry_timestamp_seconds \(end)
                    # HELP canarygate_certificate_days_left Days until the serving certificate expires, negative \
                    afterwards.
                    # TYPE canarygate_certificate_days_left gauge
                    canarygate_certificate_days_left 90
                    # HELP canarygate_certificate_renewals_total Renewed certificates that were taken up.
                    # TYPE canarygate_certificate_renewals_total counter
                    canarygate_certificate_renewals_total 0
                    # HELP canarygate_certificate_refused_renewals_total Changed certificate files that could not be \
                    used.
                    # TYPE canarygate_certificate_refused_renewals_total counter
                    canarygate_certificate_refused_renewals_total 0

                    """
            )
            stage.clock.advance(by: Self.day * 91.5)
            #expect(stage.renewal.exposition.contains("canarygate_certificate_days_left -1.5"))
        }
    }

    @Test func saysSinceWhenACertificateCannotServe() async throws {
        try await CertificateStage.with(days: 1) { stage in
            let certificate = stage.renewal.certificate
            let info = certificate.info
            #expect(certificate.fault(at: info.notBefore) == nil)
            #expect(certificate.fault(at: info.notAfter) == nil)
            #expect(
                certificate.fault(at: info.notAfter + .seconds(1))
                    == "the serving certificate expired at \(info.notAfter.rfc3339)"
            )
            #expect(
                certificate.fault(at: info.notBefore + .seconds(-1))
                    == "the serving certificate is not valid before \(info.notBefore.rfc3339)"
            )
            stage.clock.advance(by: Self.day * 2)
            #expect(stage.renewal.fault == "the serving certificate expired at \(info.notAfter.rfc3339)")
        }
    }
}
