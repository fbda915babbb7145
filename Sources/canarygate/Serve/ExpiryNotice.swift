import Platform
import TLS

/// Which warnings of a certificate's end have been given.
struct ExpiryNotice {
    /// The days before the end at which somebody should know; none left is the end itself.
    private static let thresholds = [30, 7, 1, 0]
    private static let day = Duration.seconds(86_400)

    private var last = Int.max

    /// The threshold that has been passed and not been told of; nil when there is none.
    ///
    /// One that is more than half of the certificate's life says nothing: a certificate for a day always has less than
    /// seven left.
    mutating func due(for info: CertificateInfo, at now: Timestamp) -> Int? {
        let left = info.notAfter - now
        let life = info.notAfter - info.notBefore
        let passed = Self.thresholds.filter { left <= Self.day * $0 && Self.day * $0 * 2 <= life }
        guard let lowest = passed.min(), lowest < last else { return nil }
        last = lowest
        return lowest
    }
}
