import ArgumentParser
import HTTP
import Kubernetes
import Testing
import canarygate

@Suite struct ClientCertificateOptionsTests {
    private func settings(_ arguments: [String], _ environment: [String: String] = [:]) throws -> ServerSettings {
        var settings = ServerSettings(
            certificatePath: "tls.crt",
            privateKeyPath: "tls.key",
            kubeconfig: Kubeconfig(endpoint: HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: 1)),
            prometheus: "http://127.0.0.1:1"
        )
        try ClientCertificateOptions.parse(arguments)
            .apply(to: &settings, environment: Settings(environment: environment))
        return settings
    }

    @Test func asksForNoCertificateByDefault() throws {
        let settings = try settings([])
        #expect(settings.clientAuthorityPath == nil)
        #expect(settings.clientNames == [])
    }

    @Test func takesAnAuthorityAndNames() throws {
        let settings = try settings(["--client-ca", "ca.crt", "--client-name", "a", "--client-name", "b"])
        #expect(settings.clientAuthorityPath == "ca.crt")
        #expect(settings.clientNames == ["a", "b"])
    }

    @Test func takesThemFromTheEnvironment() throws {
        let settings = try settings([], ["CANARYGATE_CLIENT_CA": "ca.crt", "CANARYGATE_CLIENT_NAME": "a,b"])
        #expect(settings.clientAuthorityPath == "ca.crt")
        #expect(settings.clientNames == ["a", "b"])
    }

    @Test(arguments: [(["--client-name", "a"], [:]), ([], ["CANARYGATE_CLIENT_NAME": "a"])])
    func aNameWithoutAnAuthorityIsRefused(arguments: [String], environment: [String: String]) throws {
        let error = #expect(throws: ValidationError.self) { try settings(arguments, environment) }
        #expect(error?.message == "--client-name: a without --client-ca, expected the authority of client certificates")
    }
}
