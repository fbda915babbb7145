import JSON
import Schema

/// What can be wrong with keys that are fetched.
struct RemoteKeyChecks {
    private static let type = "JWTVerificationError"

    /// Where they are.
    let url: String
    /// The whole of `remoteJWKS`.
    let keys: JSONValue
    /// Where it stands.
    let path: String

    func check(_ context: ProxyContext, into faults: inout FaultList) {
        let parsed = GoURL(url)
        if let problem = problem(with: parsed) {
            add(problem.reason, problem.words, into: &faults)
        } else {
            checkValidation(isPlain: parsed?.scheme == "http", context, into: &faults)
        }
        checkDuration("timeout", "RemoteJWKSTimeoutInvalid", into: &faults)
        checkDuration("cacheDuration", "RemoteJWKSCacheDurationInvalid", into: &faults)
        if let port = parsed?.port, Int(port) == nil {
            add("RemoteJWKSPortInvalid", "\(port) is no port", into: &faults)
        }
        checkFamily(into: &faults)
    }

    private func problem(with parsed: GoURL?) -> (reason: String, words: String)? {
        guard let parsed else { return ("RemoteJWKSURIInvalid", "\(url) is no URL") }
        guard parsed.scheme != "http", parsed.scheme != "https" else { return nil }
        return ("RemoteJWKSSchemeInvalid", "\(url) is not of http or https")
    }

    private func add(_ reason: String, _ words: String, into faults: inout FaultList) {
        faults.add(
            .keyURL.reporting(reason),
            at: "\(path).uri",
            .string(url),
            words,
            write: "write for example https://issuer.example.com/keys.json"
        )
    }

    private func checkValidation(isPlain: Bool, _ context: ProxyContext, into faults: inout FaultList) {
        guard let validation = keys["validation"], !validation.isNull else { return }
        guard !isPlain else {
            faults.add(
                .keyValidation,
                at: "\(path).validation",
                validation,
                "there is no certificate to check where the uri is http",
                write: "write an https uri, or take validation out"
            )
            return
        }
        let condition = (Self.type, "RemoteJWKSUpstreamValidationInvalid")
        ValidationChecks(
            validation,
            at: "\(path).validation",
            condition,
            undelegated: (Self.type, "RemoteJWKSCACertificateNotDelegated"),
            reach: .stop
        )
        .check(context.answers, into: &faults)
    }

    private func checkDuration(_ field: String, _ reason: String, into faults: inout FaultList) {
        guard let text = keys[field]?.string else { return }
        let form = TimeoutText(text)
        let isTaken = form.isTaken(allowingInfinity: false)
        guard !isTaken || !form.isInForm(allowingInfinity: false) else { return }
        let check = ProxyCheck.keyDuration.reporting(reason)
        faults.add(
            isTaken ? check.silent : check,
            at: "\(path).\(field)",
            .string(text),
            text.isEmpty ? "an empty duration" : "\(text) is no duration",
            write: "write for example 5s or 10m"
        )
    }

    private func checkFamily(into faults: inout FaultList) {
        guard let text = keys["dnsLookupFamily"]?.string, !["auto", "v4", "v6"].contains(text) else { return }
        faults.add(
            text == "all" || text.isEmpty ? .keyFamily.silent : .keyFamily,
            at: "\(path).dnsLookupFamily",
            .string(text),
            text.isEmpty ? "no family" : "\(text) is no family that the API server takes",
            write: "write auto, v4 or v6"
        )
    }
}
