import JSON
import Kubernetes

/// What can be wrong with a root's TLS.
enum TLSChecks {
    private static let path = "spec.virtualhost.tls"

    static func check(_ context: ProxyContext, into faults: inout FaultList) {
        let tls = context.tls
        guard !tls.isNull else { return }
        let isPassed = tls.flag("passthrough")
        if isPassed, tls.flag("enableFallbackCertificate") {
            addPassthrough(.passthroughFallback, tls, "enableFallbackCertificate", into: &faults)
        }
        let secret = tls.text("secretName").map { !$0.allSatisfy(\.isWhitespace) } ?? true
        if secret == isPassed {
            faults.add(
                .tlsSource,
                at: path,
                secret ? tls : nil,
                secret ? "both secretName and passthrough" : "neither secretName nor passthrough",
                write: "write one: secretName to end TLS here, passthrough: true to hand it on"
            )
        }
        if isPassed, tls.has("clientValidation") {
            addPassthrough(.passthroughValidation, tls, "clientValidation", into: &faults)
        }
        if !isPassed { checkEnded(context, into: &faults) }
    }

    private static func addPassthrough(
        _ check: ProxyCheck,
        _ tls: JSONValue,
        _ field: String,
        into faults: inout FaultList
    ) {
        faults.add(
            check,
            at: "\(path).\(field)",
            tls[field],
            "\(field) does nothing where TLS is passed through",
            write: "take it out, or write a secretName in place of passthrough"
        )
    }

    /// TLS that ends at Envoy.
    private static func checkEnded(_ context: ProxyContext, into faults: inout FaultList) {
        let tls = context.tls
        if let name = tls.filled("secretName"), !name.allSatisfy(\.isWhitespace) {
            SecretChecks(
                name,
                at: "\(path).secretName",
                ("TLSError", "SecretNotValid"),
                undelegated: ("TLSError", "DelegationNotPermitted")
            )
            .check(for: .certificate, context.answers, into: &faults)
        }
        if tls.filled("minimumProtocolVersion") == "1.3", tls.filled("maximumProtocolVersion") == "1.2" {
            faults.add(
                .tlsVersionOrder,
                at: "\(path).maximumProtocolVersion",
                "1.2",
                "below minimumProtocolVersion (1.3)",
                write: "write 1.3, or a minimumProtocolVersion of 1.2"
            )
        }
        if tls.flag("enableFallbackCertificate") { checkFallback(context, into: &faults) }
        if tls.has("clientValidation") { checkClients(context, into: &faults) }
    }

    private static func checkFallback(_ context: ProxyContext, into faults: inout FaultList) {
        let place = "\(path).enableFallbackCertificate"
        let others = [
            (context.tls.has("clientValidation"), "tls.clientValidation"),
            (context.virtualHost.has("authorization"), "authorization"),
            (!context.virtualHost.list("jwtProviders").isEmpty, "jwtProviders"),
        ]
        for (isThere, name) in others where isThere {
            faults.add(
                .fallbackIncompatible,
                at: place,
                true,
                "a fallback certificate beside \(name)",
                write: "take one of the two out"
            )
        }
        guard let key = context.answers.settings.fallbackCertificate else {
            faults.add(
                .fallbackAbsent,
                at: place,
                true,
                "Contour has none configured",
                write: "set Contour's tls.fallback-certificate"
            )
            return
        }
        checkFallback(
            context.answers.secret(at: key, for: .certificate, needsDelegation: true),
            key.description,
            into: &faults
        )
    }

    private static func checkFallback(
        _ answer: Neighbourhood.SecretAnswer,
        _ name: String,
        into faults: inout FaultList
    ) {
        let place = "\(path).enableFallbackCertificate"
        switch answer {
        case .unknown, .fine: break
        case .missing:
            faults.add(.fallbackUnusable, at: place, true, "no Secret \(name) yet", write: "apply it")
        case .unusable(let why):
            faults.add(.fallbackUnusable, at: place, true, "Secret \(name): \(why)", write: "mend it")
        case .notDelegated:
            faults.add(
                .fallbackUnusable.reporting("FallbackNotDelegated"),
                at: place,
                true,
                "Secret \(name) is not delegated",
                write: "delegate it there"
            )
        }
    }

    private static func checkClients(_ context: ProxyContext, into faults: inout FaultList) {
        let validation = context.tls["clientValidation"] ?? .null
        let place = "\(path).clientValidation"
        let condition = ("TLSError", "ClientValidationInvalid")
        let undelegated = ("TLSError", "DelegationNotPermitted")
        if let name = validation.filled("caSecret") {
            let authority = SecretChecks(name, at: "\(place).caSecret", condition, undelegated: undelegated)
            authority.check(for: .authority, context.answers, into: &faults)
        } else if validation.text("caSecret") != nil {
            let isSkipped = validation.flag("skipClientCertValidation")
            if !isSkipped || validation.has("caSecret") {
                faults.add(
                    isSkipped ? .clientAuthority.silent : .clientAuthority,
                    at: "\(place).caSecret",
                    validation["caSecret"],
                    "clients' certificates have nothing to be checked with",
                    write: "write the Secret with the authorities, or skipClientCertValidation: true"
                )
            }
        }
        if let name = validation.filled("crlSecret") {
            let list = SecretChecks(name, at: "\(place).crlSecret", condition, undelegated: undelegated)
            list.check(for: .revocations, context.answers, into: &faults)
        }
    }
}
