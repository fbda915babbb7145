import ArgumentParser
import ContourAPI
import Kubernetes
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct ContourOptionsTests {
    private func settings(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ContourSettings {
        try ContourOptions.parse(arguments).settings(Settings(environment: environment))
    }

    @Test func areContoursDefaultsByDefault() throws { #expect(try settings([]) == ContourSettings()) }

    @Test func sayHowContourIsSetUp() throws {
        let given = try settings([
            "--contour-root-namespaces", "edge, ops", "--contour-ingress-class", "inner,outer",
            "--contour-external-names", "--contour-fallback-certificate", "edge/fallback",
            "--contour-client-certificate", "edge/client", "--contour-authorization", "edge/auth",
        ])
        #expect(
            given
                == ContourSettings(
                    rootNamespaces: ["edge", "ops"],
                    ingressClasses: ["inner", "outer"],
                    allowsExternalNames: true,
                    fallbackCertificate: ObjectKey(namespace: "edge", name: "fallback"),
                    clientCertificate: ObjectKey(namespace: "edge", name: "client"),
                    authorization: ObjectKey(namespace: "edge", name: "auth")
                )
        )
    }

    @Test func aFlagGoesBeforeTheEnvironment() throws {
        let environment = [
            "CANARYGATE_CONTOUR_ROOT_NAMESPACES": "edge", "CANARYGATE_CONTOUR_EXTERNAL_NAMES": "true",
            "CANARYGATE_CONTOUR_AUTHORIZATION": "edge/auth",
        ]
        let settings = try settings(["--contour-root-namespaces", "ops"], environment)
        #expect(settings.rootNamespaces == ["ops"])
        #expect(settings.allowsExternalNames)
        #expect(settings.authorization == ObjectKey(namespace: "edge", name: "auth"))
    }

    @Test func theOldNameStillHolds() throws {
        #expect(try settings(["--root-namespaces", "edge"]).rootNamespaces == ["edge"])
    }

    @Test(arguments: [
        (
            ["--contour-authorization", "auth"], "--contour-authorization: auth, expected namespace/name"
        ),
        (
            ["--contour-fallback-certificate", "a/b/c"],
            "--contour-fallback-certificate: a/b/c, expected namespace/name"
        ),
        (["--contour-ingress-class", ","], "--contour-ingress-class: \",\", expected names like a,b"),
    ])
    func whatIsNoNameIsRefused(arguments: [String], message: String) {
        let error = #expect(throws: (any Error).self) { try settings(arguments) }
        #expect(error.map { ContourOptions.message(for: $0) } == message)
    }
}
