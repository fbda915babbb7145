import JSON
import Kubernetes

/// What can be wrong with a root before its TLS is looked at.
enum HostChecks {
    static func check(_ context: ProxyContext, into faults: inout FaultList) {
        checkPlace(context, into: &faults)
        if context.spec.list("routes").isEmpty, context.spec.list("includes").isEmpty, !context.spec.has("tcpproxy") {
            faults.add(
                .nothingDefined,
                at: "spec",
                nil,
                "a virtualhost with no routes, no includes and no tcpproxy",
                write: "add spec.routes, or spec.includes with the name of the HTTPProxy that has them"
            )
        }
        checkTLSUsers(context, into: &faults)
        AddressChecks.checkLists(context.virtualHost, at: "spec.virtualhost", .allowAndDeny, into: &faults)
    }

    private static func checkPlace(_ context: ProxyContext, into faults: inout FaultList) {
        if let name = context.virtualHost.text("fqdn"), name.allSatisfy(\.isWhitespace) {
            faults.add(
                .fqdnMissing,
                at: "spec.virtualhost.fqdn",
                context.virtualHost["fqdn"],
                "a virtualhost without a name",
                write: "write the host's name, for example app.example.com"
            )
        }
        let namespaces = context.answers.settings.rootNamespaces
        guard !namespaces.isEmpty, let namespace = context.key.namespace, !namespaces.contains(namespace) else {
            return
        }
        faults.add(
            .rootNamespace,
            at: "spec.virtualhost",
            context.virtualHost,
            "Contour takes no root from the namespace \(namespace)",
            write:
                "put it into \(namespaces.joined(separator: ", ")), or leave virtualhost out and include this object "
                + "from there"
        )
    }

    /// Tokens and authorization are asked for over TLS alone.
    private static func checkTLSUsers(_ context: ProxyContext, into faults: inout FaultList) {
        let host = context.virtualHost
        if !host.list("jwtProviders").isEmpty, context.tls.filled("secretName") == nil {
            faults.add(
                .tokensWithoutTLS,
                at: "spec.virtualhost.jwtProviders",
                host["jwtProviders"],
                "providers of tokens on a host that does not end TLS",
                write: "add spec.virtualhost.tls.secretName, or take jwtProviders out"
            )
        }
        if context.tls.isNull, host[path: "authorization", "extensionRef"]?.filled("name") != nil {
            faults.add(
                .authorizationWithoutTLS,
                at: "spec.virtualhost.authorization.extensionRef",
                host[path: "authorization", "extensionRef"],
                "authorization on a host without TLS",
                write: "add spec.virtualhost.tls, or take authorization out"
            )
        }
    }
}
