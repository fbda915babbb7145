import Foundation
import Platform
import Sockets
import TLS
import Testing

/// An etcd and a kube-apiserver, started from a folder that holds both, for as long as a suite runs.
final class RealControlPlane: @unchecked Sendable {
    // Foundation's Process is used from one task at a time.
    private let etcd = Process()
    private let server = Process()
    private let folder: URL

    /// The administrator's kubeconfig.
    let kubeconfig: URL

    /// Starts both programs; they are not ready yet.
    init(assets: URL) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("contract-\(UUID().uuidString)")
        kubeconfig = folder.appendingPathComponent("kubeconfig")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let (store, peer, port) = (try Self.freePort(), try Self.freePort(), try Self.freePort())
        let key = folder.appendingPathComponent("service-accounts.key")
        // The server reads no public key out of a private one that is wrapped (PKCS #8), but out of a certificate.
        let certificate = folder.appendingPathComponent("service-accounts.crt")
        let tokens = folder.appendingPathComponent("tokens.csv")
        let authority = try CertificateAuthority(commonName: "service accounts", now: SystemClock().now())
        try Data(authority.identity.privateKey).write(to: key)
        try Data(authority.identity.certificate).write(to: certificate)
        try Data("contract,contract-admin,1,\"system:masters\"\n".utf8).write(to: tokens)
        try Data(Self.kubeconfig(port: port).utf8).write(to: kubeconfig)
        try start(
            etcd,
            assets.appendingPathComponent("etcd"),
            [
                "--data-dir=\(folder.path)/etcd", "--listen-client-urls=http://127.0.0.1:\(store)",
                "--advertise-client-urls=http://127.0.0.1:\(store)", "--listen-peer-urls=http://127.0.0.1:\(peer)",
                "--unsafe-no-fsync",
            ]
        )
        try start(
            server,
            assets.appendingPathComponent("kube-apiserver"),
            [
                "--etcd-servers=http://127.0.0.1:\(store)", "--cert-dir=\(folder.path)/certificates",
                "--bind-address=127.0.0.1", "--secure-port=\(port)", "--authorization-mode=RBAC",
                "--token-auth-file=\(tokens.path)", "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=\(certificate.path)", "--service-account-signing-key-file=\(key.path)",
                "--service-cluster-ip-range=127.96.0.0/16", "--disable-admission-plugins=ServiceAccount",
                "--advertise-address=127.0.0.1", "--endpoint-reconciler-type=none",
            ]
        )
    }

    /// What a program that has ended said last; nil while both run.
    func failure() throws -> String? {
        guard let ended = [etcd, server].first(where: { !$0.isRunning }) else { return nil }
        let name = ended.executableURL?.lastPathComponent ?? ""
        let log = try String(contentsOf: folder.appendingPathComponent("\(name).log"), encoding: .utf8)
        return
            "\(name) has ended with \(ended.terminationStatus): \(log.split(separator: "\n").suffix(5).joined(separator: "\n"))"
    }

    /// Ends both programs, and removes what they wrote.
    func stop() throws {
        for process in [server, etcd] {
            process.terminate()
            process.waitUntilExit()
        }
        try FileManager.default.removeItem(at: folder)
    }

    private func start(_ process: Process, _ program: URL, _ arguments: [String]) throws {
        let log = folder.appendingPathComponent("\(program.lastPathComponent).log")
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        process.executableURL = program
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    private static func freePort() throws -> Int {
        let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
        return Int(try Socket.listening(on: address).localAddress().port)
    }

    private static func kubeconfig(port: Int) -> String {
        """
        apiVersion: v1
        kind: Config
        current-context: contract
        clusters:
        - name: contract
          cluster: {server: "https://127.0.0.1:\(port)", insecure-skip-tls-verify: true}
        users:
        - name: contract
          user: {token: contract}
        contexts:
        - name: contract
          context: {cluster: contract, user: contract}

        """
    }
}
