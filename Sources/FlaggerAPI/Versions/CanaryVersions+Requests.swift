import JSON
import Schema

/// Canaries that were sent in `v1alpha3` and converted on their way to a webhook.
extension CanaryVersions {
    /// What was deprecated in `canary`, which was sent in `version`.
    static func deprecations(in canary: JSONValue, sentIn version: String?) -> [Finding] {
        sent(canary, in: version).map { deprecations(in: $0) } ?? []
    }

    /// `findings` about `canary`, which was sent in `version`, with the fields called as they were sent.
    static func asSent(_ findings: [Finding], about canary: JSONValue, sentIn version: String?) -> [Finding] {
        guard !findings.isEmpty, let sent = sent(canary, in: version) else { return findings }
        return findings.map { $0.at(path($0.path, in: sent)) }
    }

    /// `canary` as it was sent; nil where it was sent as it is.
    private static func sent(_ canary: JSONValue, in version: String?) -> JSONValue? {
        guard version == former, canary["apiVersion"]?.string == current else { return nil }
        return lowered(canary)
    }
}
