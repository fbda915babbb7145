package import HTTP
import JSON
import Platform
import TLS
import YAML

/// Who may ask the sandbox's API server, and how they prove it.
package struct SandboxAccess: Sendable {
    /// What signs the server's and the clients' certificates.
    let authority: CertificateAuthority
    /// The API server's own certificate.
    let server: Identity
    private let administrator: Identity
    private let token: String
    private let serviceAccount: String

    /// An administrator with a client certificate and a service account with a token, new each time.
    ///
    /// - Throws: `TLSError` when a certificate cannot be made.
    init(serviceAccount: String) throws {
        // Certificates are checked by the machine's clock, whatever the sandbox's says.
        let now = SystemClock().now()
        authority = try CertificateAuthority(commonName: "sandbox authority", now: now)
        server = try authority.issue(
            commonName: "kubernetes",
            names: ["localhost", "kubernetes", "kubernetes.default.svc", "127.0.0.1", "::1"],
            now: now
        )
        administrator = try authority.issue(
            commonName: "kubernetes-admin",
            names: [],
            organizations: ["system:masters"],
            isClient: true,
            now: now
        )
        self.serviceAccount = serviceAccount
        token = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
    }

    /// The users by token.
    var tokens: [String: APIUser] {
        let namespace = serviceAccount.split(separator: ":").dropFirst(2).first.map(String.init) ?? ""
        let groups = ["system:serviceaccounts", "system:serviceaccounts:\(namespace)", "system:authenticated"]
        return [token: APIUser(name: serviceAccount, groups: groups)]
    }

    /// The administrator's kubeconfig, for kubectl.
    package func administratorKubeconfig(server: HTTPEndpoint) -> String {
        kubeconfig(
            server,
            user: "kubernetes-admin",
            [
                "client-certificate-data": .string(Base64.encode(administrator.certificate)),
                "client-key-data": .string(Base64.encode(administrator.privateKey)),
            ]
        )
    }

    /// The service account's kubeconfig, for the server beside the sandbox.
    package func serviceAccountKubeconfig(server: HTTPEndpoint) -> String {
        kubeconfig(server, user: "canarygate", ["token": .string(token)])
    }

    private func kubeconfig(_ server: HTTPEndpoint, user: String, _ credentials: JSONValue) -> String {
        YAMLWriter.text([
            "apiVersion": "v1", "kind": "Config", "current-context": "sandbox",
            "clusters": [
                [
                    "name": "sandbox",
                    "cluster": [
                        "server": .string(server.url),
                        "certificate-authority-data": .string(Base64.encode(authority.identity.certificate)),
                    ],
                ]
            ],
            "users": [["name": .string(user), "user": credentials]],
            "contexts": [["name": "sandbox", "context": ["cluster": "sandbox", "user": .string(user)]]],
        ])
    }
}
