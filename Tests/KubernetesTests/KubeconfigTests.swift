import HTTP
import Kubernetes
import Platform
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct KubeconfigTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A kubeconfig with one context `a`, its cluster `k` and its user `u`, both in flow style.
    private static func text(cluster: String, user: String = "{}") -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: a
        contexts: [{name: a, context: {cluster: k, user: u, namespace: test}}]
        clusters: [{name: k, cluster: \(cluster)}]
        users: [{name: u, user: \(user)}]
        """
    }

    private func load(_ text: String, context: String? = nil) throws -> Kubeconfig {
        try Kubeconfig.load(path: folder.write(text, to: "config"), context: context)
    }

    @Test func readsTheCurrentContext() throws {
        let cluster = "{server: 'https://10.0.0.1:6443/k8s/', tls-server-name: api, certificate-authority-data: Y2E=}"
        let config = try load(Self.text(cluster: cluster, user: "{token: t}"))
        #expect(
            config
                == Kubeconfig(
                    endpoint: HTTPEndpoint(isSecure: true, host: "10.0.0.1", port: 6443, basePath: "/k8s"),
                    authorities: Array("ca".utf8),
                    token: "t",
                    serverName: "api",
                    namespace: "test"
                )
        )
    }

    @Test func readsTheProxyOfTheCluster() throws {
        let config = try load(Self.text(cluster: "{server: 'https://api', proxy-url: 'http://p:3128/'}"))
        #expect(config.proxy?.description == "http://p:3128")
        #expect(try load(Self.text(cluster: "{server: 'https://api', proxy-url: ''}")).proxy == nil)
    }

    @Test func readsFilesBesidesTheKubeconfig() throws {
        for name in ["ca", "cert", "key"] { try folder.write("pem of \(name)", to: "\(name).pem") }
        let config = try load(
            Self.text(
                cluster: "{server: 'https://api', certificate-authority: ca.pem}",
                user: "{client-certificate: cert.pem, client-key: \(folder.path)/key.pem, tokenFile: token}"
            )
        )
        #expect(config.authorities == Array("pem of ca".utf8))
        #expect(config.clientCertificate == Array("pem of cert".utf8))
        #expect(config.clientKey == Array("pem of key".utf8))
        #expect(config.tokenFile == "\(folder.path)/token")
        #expect(config.authoritiesFile == "\(folder.path)/ca.pem")
        #expect(config.clientCertificateFile == "\(folder.path)/cert.pem")
        #expect(config.clientKeyFile == "\(folder.path)/key.pem")
    }

    @Test func prefersInlineDataToFiles() throws {
        let cluster = "{server: 'https://api', certificate-authority: missing, certificate-authority-data: Y2E=}"
        #expect(try load(Self.text(cluster: cluster)).authorities == Array("ca".utf8))
        #expect(try load(Self.text(cluster: cluster)).authoritiesFile == nil)
    }

    @Test func takesTheContextThatIsAskedFor() throws {
        let text =
            Self.text(cluster: "{server: 'https://api'}")
            .replacing("contexts: [", with: "contexts: [{name: b, context: {cluster: k}}, ")
        #expect(try load(text, context: "b").namespace == nil)
        #expect(try load(text).namespace == "test")
    }

    @Test func putsSeveralFilesTogetherTheFirstOneCounting() throws {
        let first = try folder.write(
            "current-context: a\nusers: [{name: u, user: {token: one}}]",
            to: "first"
        )
        let second = try folder.write(Self.text(cluster: "{server: 'https://api'}", user: "{token: two}"), to: "second")
        let paths = [first, "\(folder.path)/missing", second]
        #expect(try Kubeconfig.load(paths: paths).token == "one")
        #expect(try Kubeconfig.load(paths: paths.reversed()).token == "two")
    }

    @Test(
        arguments: [
            ("", ", current-context: missing, expected the name of a context"),
            ("current-context: b", ", context b, contexts[b]: nothing of that name"),
            (
                "current-context: a\ncontexts: [{name: a}]",
                ", context a, contexts[a].context.cluster: missing, expected the name of a cluster"
            ), ("---\na: 1\n---\nb: 2", ": 2 documents, expected one"),
            (
                "a: *b",
                ": parse YAML: unknown alias *b at line 1, column 4"
            ), (text(cluster: "{}"), ", context a, clusters[k].cluster.server: missing, expected a URL"),
            (text(cluster: "{server: 7}"), ", context a, clusters[k].cluster.server: number, expected a string"),
            (
                text(cluster: "{server: kind}"),
                ", context a, clusters[k].cluster.server: \"kind\", expected a URL such as https://127.0.0.1:6443"
            ),
            (
                text(cluster: "{server: 'https://me:secret@kind'}"),
                ", context a, clusters[k].cluster.server: a text with an @, "
                    + "expected a URL such as https://127.0.0.1:6443"
            ),
            (
                text(cluster: "{server: 'https://api', insecure-skip-tls-verify: 'yes'}"),
                ", context a, clusters[k].cluster.insecure-skip-tls-verify: string, expected a boolean"
            ),
            (
                text(
                    cluster:
                        "{server: 'https://api', insecure-skip-tls-verify: true, certificate-authority-data: Y2E=}"
                ),
                ", context a, clusters[k].cluster.insecure-skip-tls-verify: true, "
                    + "expected false where a certificate-authority is given"
            ),
            (
                text(cluster: "{server: 'https://api', proxy-url: 'https://me:secret@p'}"),
                ", context a, clusters[k].cluster.proxy-url: a proxy that is spoken to over TLS is not supported, "
                    + "expected http://host:port or http://user:password@host:port"
            ),
            (
                text(cluster: "{server: 'https://api', proxy-url: 'p:3128'}"),
                ", context a, clusters[k].cluster.proxy-url: no URL, "
                    + "expected http://host:port or http://user:password@host:port"
            ),
            (
                text(cluster: "{server: 'https://api'}", user: "{username: me}"),
                ", context a, users[u].user.username: basic passwords are not supported, "
                    + "expected token, tokenFile, exec or a client certificate"
            ),
            (
                text(cluster: "{server: 'https://api'}", user: "{client-certificate-data: '!'}"),
                ", context a, users[u].user.client-certificate-data: not base64"
            ),
            (
                text(cluster: "{server: 'https://api'}", user: "{client-certificate-data: Y2E=}"),
                ", context a, users[u].user.client-key: missing, expected a certificate and its key together"
            ),
        ] as [(String, String)]
    )
    func namesFileContextAndField(text: String, expected: String) throws {
        let error = #expect(throws: KubeconfigError.self) { try load(text) }
        #expect(error?.description == "load kubeconfig \(folder.path)/config\(expected)")
    }

    @Test func namesTheFileThatIsNotThere() throws {
        let text = Self.text(cluster: "{server: 'https://api', certificate-authority: ca.pem}")
        let error = #expect(throws: KubeconfigError.self) { try load(text) }
        #expect(
            error?.description
                == "load kubeconfig \(folder.path)/config, context a, clusters[k].cluster.certificate-authority: "
                + "read \(folder.path)/ca.pem: no such file or directory"
        )
        let missing = #expect(throws: KubeconfigError.self) { try Kubeconfig.load(path: "\(folder.path)/none") }
        #expect(missing?.description == "load kubeconfig \(folder.path)/none: no such file or directory")
    }

    @Test func findsItsFilesByTheEnvironment() {
        #expect(Kubeconfig.paths(environment: ["KUBECONFIG": "/a::/b", "HOME": "/root"]) == ["/a", "/b"])
        #expect(Kubeconfig.paths(environment: ["KUBECONFIG": "", "HOME": "/root"]) == ["/root/.kube/config"])
        #expect(Kubeconfig.paths(environment: ["HOME": "/"]) == ["/.kube/config"])
        #expect(Kubeconfig.paths(environment: [:]).isEmpty)
    }

    @Test func readsTheServiceAccount() throws {
        for (name, text) in [("token", "t"), ("ca.crt", "ca"), ("namespace", "prod\n")] {
            try folder.write(text, to: name)
        }
        let environment = ["KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "6443"]
        let config = try #require(try Kubeconfig.inCluster(environment: environment, folder: folder.path))
        #expect(config.endpoint.url == "https://[fd00::1]:6443")
        #expect(config.authorities == Array("ca".utf8))
        #expect(config.tokenFile == "\(folder.path)/token")
        #expect(config.authoritiesFile == "\(folder.path)/ca.crt")
        #expect(config.namespace == "prod")
        #expect(try Kubeconfig.inCluster(environment: [:], folder: folder.path) == nil)
    }

    @Test func saysWhatTheServiceAccountLacks() throws {
        let environment = ["KUBERNETES_SERVICE_HOST": "10.96.0.1"]
        let missing = #expect(throws: KubeconfigError.self) {
            try Kubeconfig.inCluster(environment: environment, folder: folder.path)
        }
        #expect(
            missing?.description == "load kubeconfig \(folder.path), token: read \(folder.path)/token: "
                + "no such file or directory"
        )
        let port = #expect(throws: KubeconfigError.self) {
            try Kubeconfig.inCluster(
                environment: environment.merging(["KUBERNETES_SERVICE_PORT": "tcp://10"]) { $1 },
                folder: folder.path
            )
        }
        #expect(port?.reason == "\"tcp://10\", expected a port 1...65535")
    }
}
