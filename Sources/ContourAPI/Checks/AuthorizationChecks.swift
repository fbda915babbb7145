import JSON
import Kubernetes

/// What can be wrong with who authorises requests.
enum AuthorizationChecks {
    private static let path = "spec.virtualhost.authorization"
    private static let version = "projectcontour.io/v1alpha1"

    /// Checks the root's own server, or Contour's where the root has none; both are looked for where TLS ends at Envoy.
    static func check(_ context: ProxyContext, into faults: inout FaultList) {
        let authorization = context.virtualHost["authorization"] ?? .null
        let reference = authorization["extensionRef"] ?? .null
        let name = reference.filled("name")
        let isLookedAt = !context.tls.isNull && !context.tls.flag("passthrough")
        if isLookedAt, let name {
            checkServer(name, reference, context, into: &faults)
        } else if isLookedAt {
            checkGlobal(context, .extensionService, into: &faults)
        }
        guard !authorization.isNull else { return }
        let isReached = isLookedAt && name != nil
        checkTimeout(authorization, isReached: isReached, into: &faults)
        if isReached { checkContext(authorization, into: &faults) }
        checkSettings(authorization, isReached: isReached, into: &faults)
    }

    /// Checks Contour's own server once more for plain HTTP, where its absence undoes nothing.
    static func checkClosing(_ context: ProxyContext, into faults: inout FaultList) {
        let authorization = context.virtualHost["authorization"] ?? .null
        guard !(authorization["authPolicy"]?.flag("disabled") ?? false) else { return }
        let isSecure = !context.tls.isNull && !context.tls.flag("passthrough")
        let isTold = isSecure && authorization["extensionRef"]?.filled("name") == nil
        checkGlobal(context, .extensionService.reaching(.goOn), isConsequence: isTold, into: &faults)
    }

    private static func checkServer(
        _ name: String,
        _ reference: JSONValue,
        _ context: ProxyContext,
        into faults: inout FaultList
    ) {
        if let text = reference.filled("apiVersion"), text != version {
            faults.add(
                .authorizationVersion,
                at: "\(path).extensionRef.apiVersion",
                .string(text),
                "\(text) is no version of ExtensionService",
                write: "write \(version), or leave it out"
            )
        }
        let key = ObjectKey(namespace: reference.filled("namespace") ?? context.key.namespace, name: name)
        guard context.answers.extensionService(key) == .missing else { return }
        faults.add(
            .extensionService,
            at: "\(path).extensionRef.name",
            .string(name),
            "no sound ExtensionService \(key)",
            write: "apply it"
        )
    }

    private static func checkGlobal(
        _ context: ProxyContext,
        _ check: ProxyCheck,
        isConsequence: Bool = false,
        into faults: inout FaultList
    ) {
        guard let key = context.answers.settings.authorization, context.answers.extensionService(key) == .missing else {
            return
        }
        faults.add(
            check,
            at: "spec.virtualhost",
            nil,
            "no sound ExtensionService \(key), which Contour's globalExtAuth names",
            write: "apply it",
            isConsequence: isConsequence
        )
    }

    private static func checkTimeout(_ authorization: JSONValue, isReached: Bool, into faults: inout FaultList) {
        guard let text = authorization["responseTimeout"]?.string else { return }
        let form = TimeoutText(text)
        guard !(form.isTaken(allowingInfinity: true) && form.isInForm(allowingInfinity: true)) else { return }
        faults.add(
            isReached && !form.isTaken(allowingInfinity: true) ? .authorizationTimeout : .authorizationTimeout.silent,
            at: "\(path).responseTimeout",
            .string(text),
            "\(text) is no duration",
            write: "write for example 500ms or infinity"
        )
    }

    private static func checkContext(_ authorization: JSONValue, into faults: inout FaultList) {
        guard let context = authorization[path: "authPolicy", "context"]?.object, !context.isEmpty,
            authorization.filled("serviceType") == "http"
        else { return }
        faults.add(
            .authorizationContext,
            at: "\(path).authPolicy.context",
            .object(context),
            "a server asked over HTTP gets no context",
            write: "take it out, or write serviceType: grpc"
        )
    }

    private static func checkSettings(_ authorization: JSONValue, isReached: Bool, into faults: inout FaultList) {
        guard let settings = authorization["httpSettings"], !settings.isNull else { return }
        if authorization.filled("serviceType") != "http" {
            faults.add(
                .authorizationSettings,
                at: "\(path).httpSettings",
                settings,
                "httpSettings without serviceType: http",
                write: "write serviceType: http, or take httpSettings out"
            )
        }
        let operators = ["exact", "prefix", "suffix", "contains"]
        for field in ["allowedAuthorizationHeaders", "allowedUpstreamHeaders"] {
            for (index, header) in settings.list(field).enumerated() {
                let used = operators.filter { header.filled($0) != nil }
                let written = operators.filter { header.has($0) }
                guard used.count != 1 || written.count != 1 else { continue }
                faults.add(
                    isReached && used.count != 1 ? .authorizationHeader : .authorizationHeader.silent,
                    at: "\(path).httpSettings.\(field)[\(index)]",
                    header,
                    used.isEmpty ? "no operator" : "several operators: \(written.joined(separator: ", "))",
                    write: "write exactly one of \(operators.joined(separator: ", "))"
                )
            }
        }
    }
}
