package import ArgumentParser
import FlaggerAPI
import HTTP
import Platform
import YAML

/// `canarygate crds`: the CustomResourceDefinitions, as they are in `manifests/base/crds`.
package struct CRDsCommand: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "crds",
        abstract: "Print the CustomResourceDefinitions as YAML documents.",
        discussion: """
            Canaries are served in flagger.app/v1beta1 and, where the API server is told who converts them, in v1alpha3 too: \
            give --conversion-service (or --conversion-url) and --ca-file.
            """
    )

    @Option(
        name: .customLong("conversion-service"),
        help: "The Service that converts Canaries of v1alpha3, namespace/name or namespace/name:port."
    )
    var service: String?

    @Option(
        name: .customLong("conversion-url"),
        help: "The same where the server is outside of the cluster: https://host:port, without a path."
    )
    var url: String?

    @Option(
        name: .customLong("ca-file"),
        help: "PEM file of the authorities that are trusted there, such as certs/ca.crt; the system's by default."
    )
    var authority: String?

    package init() {}

    package func validate() throws {
        guard service == nil || url == nil else {
            throw ValidationError("--conversion-url: \(url ?? "") beside --conversion-service, expected one of them")
        }
        guard authority == nil || service != nil || url != nil else {
            throw ValidationError(
                "--ca-file: \(authority ?? ""), expected --conversion-service or --conversion-url too"
            )
        }
        _ = try address()
    }

    package func run() throws { ProcessEnvironment.print(try text()) }

    /// The documents.
    ///
    /// - Throws: `FileStore.Failure` for a file of authorities that cannot be read.
    package func text() throws -> String {
        let documents = CustomResources.crds(conversion: try conversion()).map(YAMLWriter.text)
        return documents.joined(separator: "---\n")
    }

    private func conversion() throws -> ConversionWebhook? {
        guard let address = try address() else { return nil }
        return ConversionWebhook(address, authorities: try authority.map { try FileStore.read($0) } ?? [])
    }

    private func address() throws -> ConversionWebhook.Address? {
        if let service { return try Self.service(service) }
        guard let url else { return nil }
        guard let endpoint = HTTPEndpoint(url: url), endpoint.isSecure, endpoint.basePath.isEmpty else {
            throw ValidationError("--conversion-url: \(url), expected https://host:port")
        }
        return .url(endpoint.url)
    }

    private static func service(_ text: String) throws -> ConversionWebhook.Address {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let ends = parts.last?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        let port = ends.count == 2 ? Int(ends[1]) : nil
        guard parts.count == 2, !parts[0].isEmpty, let name = ends.first, !name.isEmpty,
            ends.count == 1 || port.map({ (1...65_535).contains($0) }) == true
        else {
            throw ValidationError("--conversion-service: \(text), expected namespace/name or namespace/name:port")
        }
        return .service(namespace: String(parts[0]), name: String(name), port: port)
    }
}
