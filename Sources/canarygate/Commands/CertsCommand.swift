package import ArgumentParser
import Platform
import Sockets
import TLS

/// `canarygate certs`: an authority and a serving certificate for the webhook's Service.
package struct CertsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "certs",
        abstract: "Make a certificate authority and a serving certificate, and print the caBundle.",
        discussion: """
            Writes ca.crt, ca.key, tls.crt and tls.key (PEM, mode 0600) into the directory. An authority that is there \
            already is used again, so that the caBundle in the webhook configurations stays right.
            """
    )

    @Option(help: "The Service that the API server calls.")
    var service = "canarygate"

    @Option(help: "The Service's namespace.")
    var namespace = "canarygate-system"

    @Option(name: .customLong("name"), help: "A further DNS name; may be given several times.")
    var names: [String] = []

    @Option(name: .customLong("ip"), help: "A further IP address; may be given several times.")
    var addresses: [String] = []

    @Option(help: "Where the files go.")
    var directory = "certs"

    @Option(help: "How many days the serving certificate is valid, 1 to 825.")
    var days = 365

    package init() {}

    package func validate() throws {
        guard (1...825).contains(days) else { throw ValidationError("--days: \(days), expected 1...825") }
        for address in addresses where SocketAddress.numericBytes(address) == nil {
            throw ValidationError("--ip: \(address), expected an IP address; a DNS name is given with --name")
        }
    }

    package func run() throws { ProcessEnvironment.print(try makeFiles() + "\n") }

    /// Writes the files.
    ///
    /// - Returns: the caBundle.
    /// - Throws: `FileStore.Failure` or `TLSError`.
    package func makeFiles() throws -> String {
        let now = SystemClock().now()
        try FileStore.makeFolder(directory)
        let authority = try takeUpOrMakeAuthority(now: now)
        let serviceNames = [
            "\(service).\(namespace).svc", service, "\(service).\(namespace)",
            "\(service).\(namespace).svc.cluster.local",
            // The Service under which Canaries are converted before the server is ready (manifests/base/service.yaml).
            "\(service)-conversion.\(namespace).svc",
        ]
        let identity = try authority.issue(
            commonName: serviceNames[0],
            names: serviceNames + names + addresses,
            now: now,
            days: days
        )
        try FileStore.write(identity.certificate, to: "\(directory)/tls.crt")
        try FileStore.write(identity.privateKey, to: "\(directory)/tls.key")
        return Base64.encode(authority.identity.certificate)
    }

    private func takeUpOrMakeAuthority(now: Timestamp) throws -> CertificateAuthority {
        let certificatePath = "\(directory)/ca.crt"
        let keyPath = "\(directory)/ca.key"
        guard FileStore.exists(certificatePath), FileStore.exists(keyPath) else {
            let authority = try CertificateAuthority(commonName: "\(service) \(namespace) authority", now: now)
            try FileStore.write(authority.identity.certificate, to: certificatePath)
            try FileStore.write(authority.identity.privateKey, to: keyPath)
            return authority
        }
        let identity = Identity(
            certificate: try FileStore.read(certificatePath),
            privateKey: try FileStore.read(keyPath)
        )
        return try CertificateAuthority(identity: identity)
    }
}
