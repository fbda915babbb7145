import Admission
package import HTTP
import HTTPTypes
import Logging
import Platform

/// Lets only clients with a certificate for one of some names through to a handler.
///
/// The TLS layer has checked who signed the certificate; an authority usually signs for others, too.
package struct ClientNameCheck: HTTPHandler {
    private let names: [String]
    private let hostNames: Set<String>
    private let next: any HTTPHandler
    private let logger = Logger(label: "canarygate.clients")

    /// Expects a common name, or a DNS name or IP address of the certificate, that is one of `names`; `next` answers
    /// then.
    package init(names: [String], next: any HTTPHandler) {
        self.names = names
        hostNames = Set(names.map { $0.lowercased() })
        self.next = next
    }

    /// The answer of the next handler, or 403 with a `v1 Status` that names what came and what is expected.
    package func response(to request: ServerRequest) async -> ServerResponse {
        if isExpected(request) { return await next.response(to: request) }
        let found = Self.found(request)
        logger.info("client refused", metadata: ["tls.client": "\(found)", "http.path": "\(request.path)"])
        return StatusResponse.make(
            .forbidden,
            reason: "Forbidden",
            message: "client certificate of \(found): not let in, expected one of \(names.joined(separator: ", "))"
        )
    }

    private func isExpected(_ request: ServerRequest) -> Bool {
        if let name = request.clientCommonName, names.contains(name) { return true }
        // Host names know no case (RFC 5280 section 7.2); a common name does.
        return request.clientNames.contains { hostNames.contains($0.lowercased()) }
    }

    private static func found(_ request: ServerRequest) -> String {
        let all = (request.clientCommonName.map { [$0] } ?? []) + request.clientNames
        // A certificate may have thousands of names, and they are whatever its owner asked for.
        return all.isEmpty ? "no name" : OneLine.cut(all.joined(separator: ", "), to: 200)
    }
}
