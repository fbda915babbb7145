import ContourAPI
import Kubernetes
import Testing

/// V3, V11, V12, V16, V17, V19, V21, V25, V28, V53, V55, V57, V64, V65.
@Suite(.timeLimit(.minutes(1))) struct NeighbourChecksTests {
    private static let routes = "routes: [{services: [{name: a, port: 80}]}]"
    private static let tls = "spec.virtualhost.tls"

    private func found(
        _ spec: String,
        secrets: [String: Neighbourhood.SecretAnswer] = [:],
        services: [String: Neighbourhood.ServiceAnswer] = [:],
        extensions: [String: Neighbourhood.ExtensionAnswer] = [:],
        settings: ContourSettings = ContourSettings()
    ) throws -> [String] {
        let answers = TableOfNeighbours(
            settings: settings,
            secrets: secrets,
            services: services,
            extensions: extensions
        )
        return try CheckedProxy.found(spec, answers)
    }

    @Test func looksForTheRootsNamespace() throws {
        let spec = "{virtualhost: {fqdn: a}, \(Self.routes)}"
        #expect(
            try found(spec, settings: ContourSettings(rootNamespaces: ["edge"])) == [
                "stop spec.virtualhost root-namespace RootNamespaceError/RootProxyNotAllowedInNamespace"
            ]
        )
        #expect(try found(spec, settings: ContourSettings(rootNamespaces: ["web"])).isEmpty)
    }

    @Test func looksForTheHostsSecrets() throws {
        let spec = """
            {virtualhost: {fqdn: a, tls: {secretName: edge/s, clientValidation: {caSecret: c, crlSecret: l}}},
             \(Self.routes)}
            """
        #expect(
            try found(spec, secrets: ["edge/s": .notDelegated, "c": .missing, "l": .unusable("it is empty")]) == [
                "stop \(Self.tls).secretName ~secret-not-delegated TLSError/DelegationNotPermitted",
                "stop \(Self.tls).clientValidation.caSecret ~secret-missing TLSError/ClientValidationInvalid",
                "stop \(Self.tls).clientValidation.crlSecret ~secret-unusable TLSError/ClientValidationInvalid",
            ]
        )
        #expect(
            try found(spec, secrets: ["edge/s": .missing]) == [
                "stop \(Self.tls).secretName ~secret-missing TLSError/SecretNotValid"
            ]
        )
        #expect(try found(spec, secrets: ["edge/s": .fine, "c": .fine, "l": .fine]).isEmpty)
    }

    @Test func looksForTheFallback() throws {
        let spec = "{virtualhost: {fqdn: a, tls: {secretName: s, enableFallbackCertificate: true}}, \(Self.routes)}"
        let settings = ContourSettings(fallbackCertificate: ObjectKey(namespace: "edge", name: "f"))
        let place = "stop \(Self.tls).enableFallbackCertificate"
        #expect(try found(spec) == ["\(place) ~fallback-not-configured TLSError/FallbackNotPresent"])
        #expect(try found(spec, settings: settings).isEmpty)
        #expect(
            try found(spec, secrets: ["edge/f": .notDelegated], settings: settings) == [
                "\(place) ~fallback-unusable TLSError/FallbackNotDelegated"
            ]
        )
        #expect(
            try found(spec, secrets: ["edge/f": .missing], settings: settings) == [
                "\(place) ~fallback-unusable TLSError/FallbackNotValid"
            ]
        )
    }

    @Test func looksForTheServersThatAuthorise() throws {
        let spec = """
            {virtualhost: {fqdn: a, tls: {secretName: s}, authorization: {extensionRef: {name: x, namespace: auth}}},
             \(Self.routes)}
            """
        #expect(
            try found(spec, extensions: ["auth/x": .missing]) == [
                "stop spec.virtualhost.authorization.extensionRef.name ~extension-service-missing "
                    + "AuthError/ExtensionServiceNotFound"
            ]
        )
    }

    /// Contour's own server is looked for once for TLS and once for plain HTTP, where it is no reason to stop.
    @Test func looksForContoursOwnServer() throws {
        let settings = ContourSettings(authorization: ObjectKey(namespace: "auth", name: "x"))
        let answers = TableOfNeighbours(settings: settings, extensions: ["auth/x": .missing])
        let plain = try CheckedProxy.checks("{virtualhost: {fqdn: a}, \(Self.routes)}", answers)
        let line = "spec.virtualhost ~extension-service-missing AuthError/ExtensionServiceNotFound"
        #expect(plain.faults().map(CheckedProxy.line) == ["goOn \(line)"])
        let secure = try CheckedProxy.checks("{virtualhost: {fqdn: a, tls: {secretName: s}}, \(Self.routes)}", answers)
        #expect(secure.faults().map(CheckedProxy.line) == ["stop \(line)"])
        #expect(secure.closingFaults().map(CheckedProxy.line) == ["goOn \(line)"])
        let disabled = "{virtualhost: {fqdn: a, authorization: {authPolicy: {disabled: true}}}, \(Self.routes)}"
        #expect(try CheckedProxy.checks(disabled, answers).faults().isEmpty)
    }

    @Test func looksForTheKeysOfTokens() throws {
        let spec = """
            {virtualhost: {fqdn: a, tls: {secretName: s}, jwtProviders: [
              {name: p, localJWKS: {secretName: k, key: jwks}},
              {name: q, remoteJWKS: {uri: 'https://i', validation: {caSecret: edge/c, subjectName: i}}},
              {name: r, remoteJWKS: {uri: 'https://i', validation: {caSecret: c, subjectName: i}}}]}, \(Self.routes)}
            """
        let path = "spec.virtualhost.jwtProviders"
        let error = "JWTVerificationError"
        #expect(
            try found(spec, secrets: ["k": .missing, "edge/c": .notDelegated, "c": .unusable("it is empty")]) == [
                "stop \(path)[0].localJWKS.secretName ~secret-missing \(error)/LocalJWKSInvalid",
                "stop \(path)[1].remoteJWKS.validation.caSecret ~secret-not-delegated "
                    + "\(error)/RemoteJWKSCACertificateNotDelegated",
                "stop \(path)[2].remoteJWKS.validation.caSecret ~secret-unusable "
                    + "\(error)/RemoteJWKSUpstreamValidationInvalid",
            ]
        )
    }

    @Test(
        arguments: [
            (.missing, "name ~service-missing"),
            (.portMissing(port: 80, has: [8_080]), "port ~service-port-missing"),
            (.portMissing(port: 81, has: [80]), "healthPort ~service-port-missing"),
            (.portNotTCP(port: 80, protocol: "UDP"), "port ~service-port-protocol"),
            (.externalNameOff, "name ~service-external-name"),
            (.externalNameLocal("localhost"), "name ~service-external-name"),
            (.unknown, nil),
            (.fine(protocol: nil), nil),
        ] as [(Neighbourhood.ServiceAnswer, String?)]
    )
    func looksForServices(answer: Neighbourhood.ServiceAnswer, expected: String?) throws {
        let route = "{routes: [{services: [{name: a, port: 80, healthPort: 81}]}]}"
        let unresolved = "ServiceUnresolvedReference"
        let line = expected.map { ["nextService spec.routes[0].services[0].\($0) ServiceError/\(unresolved)"] } ?? []
        #expect(try found(route, services: ["a": answer]) == line)
        let tcp = """
            {virtualhost: {fqdn: a, tls: {passthrough: true}},
             tcpproxy: {services: [{name: a, port: 80, healthPort: 81}]}}
            """
        let stop = expected.map { ["stop spec.tcpproxy.services[0].\($0) TCPProxyError/\(unresolved)"] } ?? []
        #expect(try found(tcp, services: ["a": answer]) == stop)
    }

    /// The health port counts with a health check alone.
    @Test func looksForTheHealthPortWithAHealthCheck() throws {
        let services: [String: Neighbourhood.ServiceAnswer] = ["a:81": .portMissing(port: 81, has: [80])]
        let service = "services: [{name: a, port: 80, healthPort: 81}]"
        #expect(try found("{routes: [{\(service)}]}", services: services).isEmpty)
        #expect(
            try found("{routes: [{\(service), healthCheckPolicy: {path: /}}]}", services: services) == [
                "nextService spec.routes[0].services[0].healthPort ~service-port-missing "
                    + "ServiceError/ServiceUnresolvedReference"
            ]
        )
    }

    /// Validation counts where TLS is spoken, which the Service may say.
    @Test func looksForTheUpstreamsAuthority() throws {
        let spec = "{routes: [{services: [{name: a, port: 80, validation: {caSecret: c, subjectName: n}}]}]}"
        let path = "spec.routes[0].services[0].validation"
        let missing: [String: Neighbourhood.SecretAnswer] = ["c": .missing]
        #expect(try found(spec, secrets: missing).isEmpty)
        #expect(
            try found(spec, secrets: missing, services: ["a": .fine(protocol: "h2")]) == [
                "drop \(path).caSecret ~secret-missing ServiceError/TLSUpstreamValidation"
            ]
        )
        #expect(
            try found(spec, secrets: ["c": .notDelegated], services: ["a": .fine(protocol: "tls")]) == [
                "drop \(path).caSecret ~secret-not-delegated TLSError/CACertificateNotDelegated"
            ]
        )
        #expect(
            try found(spec, secrets: missing, services: ["a": .fine(protocol: nil)]) == [
                "unreported \(path) ~validation-unused"
            ]
        )
    }

    @Test func looksForContoursClientCertificate() throws {
        let settings = ContourSettings(clientCertificate: ObjectKey(namespace: "edge", name: "e"))
        #expect(
            try found("{\(Self.routes)}", secrets: ["edge/e": .missing], settings: settings) == [
                "drop spec.routes[0].services[0] ~client-certificate-unusable TLSError/SecretNotValid"
            ]
        )
    }

    /// A mirror that is not there is none; the second one that is there is one too many.
    @Test func countsTheMirrorsThatAreThere() throws {
        let spec = """
            {routes: [{services: [{name: a, port: 80}, {name: b, port: 80, mirror: true},
             {name: c, port: 80, mirror: true}]}]}
            """
        #expect(
            try found(spec, services: ["b": .missing]) == [
                "nextService spec.routes[0].services[1].name ~service-missing ServiceError/ServiceUnresolvedReference"
            ]
        )
    }
}
