import JSON
import Platform

/// What a credential plugin has answered.
struct ExecCredential: Hashable, Sendable {
    /// A bearer token.
    let token: String?
    /// PEM of a client certificate.
    let certificate: [UInt8]?
    /// PEM of its key.
    let key: [UInt8]?
    /// Until when it is good; nil for as long as the server takes it.
    let expiration: Timestamp?

    /// Reads what `plugin` has printed.
    ///
    /// - Throws: `KubeconfigError`; its text holds nothing of what was printed.
    init(_ output: [UInt8], of plugin: ExecPlugin) throws(KubeconfigError) {
        let value: JSONValue
        do { value = try JSONValue(parsing: output) } catch {
            throw plugin.failure("its output is no JSON, expected an ExecCredential")
        }
        guard value["kind"]?.string == "ExecCredential", value["apiVersion"]?.string == plugin.apiVersion else {
            throw plugin.failure("its output is no ExecCredential of \(plugin.apiVersion)")
        }
        func text(_ field: String) -> String? {
            value[path: "status", field]?.string.flatMap { $0.isEmpty ? nil : $0 }
        }
        token = text("token")
        certificate = text("clientCertificateData").map { Array($0.utf8) }
        key = text("clientKeyData").map { Array($0.utf8) }
        guard token != nil || certificate != nil else {
            throw plugin.failure("status: neither token nor clientCertificateData, expected one of them")
        }
        guard (certificate == nil) == (key == nil) else {
            let missing = key == nil ? "clientKeyData" : "clientCertificateData"
            throw plugin.failure("status.\(missing): missing, expected a certificate and its key together")
        }
        guard let expiration = text("expirationTimestamp") else {
            self.expiration = nil
            return
        }
        guard let time = Timestamp(rfc3339: expiration) else {
            throw plugin.failure("status.expirationTimestamp: expected a time as RFC 3339 has it")
        }
        self.expiration = time
    }

    /// Whether it can be used at `now`.
    func isGood(at now: Timestamp) -> Bool { expiration.map { now < $0 } ?? true }
}
