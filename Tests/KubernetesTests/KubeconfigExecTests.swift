import JSON
import TestSupport
import Testing

@testable import Kubernetes

/// The credential plugin as a kubeconfig names it.
@Suite struct KubeconfigExecTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func load(_ exec: String, cluster: String = "{server: 'https://api'}") throws -> Kubeconfig {
        let text = """
            current-context: a
            contexts: [{name: a, context: {cluster: k, user: u}}]
            clusters: [{name: k, cluster: \(cluster)}]
            users: [{name: u, user: {exec: \(exec)}}]
            """
        return try Kubeconfig.load(path: folder.write(text, to: "config"))
    }

    private func v1(_ rest: String = "", command: String = "aws") -> String {
        "{apiVersion: client.authentication.k8s.io/v1, command: \(command), interactiveMode: Never\(rest)}"
    }

    @Test func readsAPlugin() throws {
        let plugin = try load(
            v1(", args: [eks, get-token], env: [{name: A, value: b}], installHint: 'see https://x'")
        ).exec
        var expected = ExecPlugin(
            apiVersion: "client.authentication.k8s.io/v1",
            command: "aws",
            place: KubeconfigError(path: "\(folder.path)/config", context: "a", field: "users[u].user.exec", reason: "")
        )
        expected.arguments = ["eks", "get-token"]
        expected.environment = ["A": "b"]
        expected.installHint = "see https://x"
        expected.interactiveMode = .never
        #expect(plugin == expected)
    }

    @Test func takesTheModeForGrantedInTheOlderVersionOnly() throws {
        let old = try load("{apiVersion: client.authentication.k8s.io/v1beta1, command: aws}")
        #expect(old.exec?.interactiveMode == .ifAvailable)
        #expect(try load("null").exec == nil)
    }

    @Test func findsAProgramBesidesTheKubeconfig() throws {
        #expect(try load(v1(command: "./bin/login")).exec?.command == "\(folder.path)/./bin/login")
        #expect(try load(v1(command: "/bin/login")).exec?.command == "/bin/login")
    }

    @Test func tellsOfTheClusterWhoAsks() throws {
        let cluster = """
            {server: 'https://api', tls-server-name: n, insecure-skip-tls-verify: false, proxy-url: 'http://p:1',
            certificate-authority-data: Y2E=,
            extensions: [{name: other, extension: 1}, {name: client.authentication.k8s.io/exec, extension: {a: 1}}]}
            """
        let plugin = try load(v1(", provideClusterInfo: true"), cluster: cluster).exec
        #expect(
            plugin?.cluster == [
                "server": "https://api", "tls-server-name": "n", "proxy-url": "http://p:1",
                "certificate-authority-data": "Y2E=", "config": ["a": 1],
            ]
        )
        #expect(try load(v1(), cluster: cluster).exec?.cluster == nil)
    }

    @Test(
        arguments: [
            ("aws", ": string, expected an object"),
            (
                "{command: aws}",
                ".apiVersion: missing, expected client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1"
            ),
            (
                "{apiVersion: client.authentication.k8s.io/v1alpha1, command: aws}",
                ".apiVersion: \"client.authentication.k8s.io/v1alpha1\", "
                    + "expected client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1"
            ),
            (
                "{apiVersion: client.authentication.k8s.io/v1}",
                ".command: missing, expected the name or the path of a program"
            ),
            (
                "{apiVersion: client.authentication.k8s.io/v1, command: aws}",
                ".interactiveMode: missing, expected Never, IfAvailable or Always"
            ),
            (
                "{apiVersion: client.authentication.k8s.io/v1, command: aws, interactiveMode: Perhaps}",
                ".interactiveMode: \"Perhaps\", expected Never, IfAvailable or Always"
            ),
            (
                "{apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: get}",
                ".args: string, expected an array of strings"
            ),
            (
                "{apiVersion: client.authentication.k8s.io/v1beta1, command: aws, args: [a, 1]}",
                ".args[1]: number, expected a string"
            ),
            (
                "{apiVersion: client.authentication.k8s.io/v1beta1, command: aws, env: [{name: A}]}",
                ".env[0]: no name and value, expected both as strings"
            ),
        ] as [(String, String)]
    )
    func namesFileContextAndField(exec: String, expected: String) throws {
        let error = #expect(throws: KubeconfigError.self) { try load(exec) }
        let place = "load kubeconfig \(folder.path)/config, context a, users[u].user.exec"
        #expect(error?.description == place + expected)
    }
}
