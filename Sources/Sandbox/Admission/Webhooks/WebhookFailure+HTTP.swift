import HTTP
import HTTPTypes
import JSON

/// Failed calls in the words of the API server.
extension WebhookFailure {
    /// A call, described as `call`, that got no answer from `address`, `host:port`.
    static func noAnswer(_ error: any Error, _ call: String, at address: String) -> WebhookFailure {
        guard let error = error as? HTTPError else {
            return .call("\(call): \(error is CancellationError ? "context canceled" : "\(error)")")
        }
        switch error.code {
        case .timeout: return .call("\(call): context deadline exceeded")
        case .closed: return .call("\(call): EOF")
        case .tls: return .call("\(call): \(certificateProblem(error.reason))")
        case .unreachable:
            let isName = error.reason.hasPrefix("resolve")
            return .call("\(call): dial tcp\(isName ? "" : " \(address)"): \(isName ? "" : "connect: ")\(error.reason)")
        default: return .call("\(call): \(error.reason)")
        }
    }

    /// Go's words for what OpenSSL says of a certificate.
    private static func certificateProblem(_ reason: String) -> String {
        let prefix = "tls: failed to verify certificate: x509: certificate"
        if reason.contains("issuer") || reason.contains("self-signed") || reason.contains("self signed") {
            return "\(prefix) signed by unknown authority"
        }
        if reason.contains("expired") || reason.contains("not yet valid") {
            return "\(prefix) has expired or is not yet valid"
        }
        let mark = "certificate is not valid for "
        if reason.hasPrefix(mark), let comma = reason.firstRange(of: ", but for ") {
            let expected = reason[..<comma.lowerBound].dropFirst(mark.count)
            return "\(prefix) is valid for \(reason[comma.upperBound...]), not \(expected)"
        }
        return "tls: \(reason)"
    }

    /// An answer other than 2xx.
    static func refused(_ response: HTTPResponse, _ body: [UInt8]) -> WebhookFailure {
        if let message = statusMessage(body) { return .call(message) }
        let isText = response.headerFields[.contentType]?.hasPrefix("text/plain") ?? false
        let text = isText && !body.isEmpty ? String(decoding: body.prefix(2_048), as: UTF8.self) : "unknown"
        switch response.status.code {
        case 400: return .call("the server rejected our request for an unknown reason")
        case 401: return .call("the server has asked for the client to provide credentials")
        case 403: return .call(text)
        case 404: return .call("the server could not find the requested resource")
        case 405: return .call("the server does not allow this method on the requested resource")
        case 503: return .call("the server is currently unable to handle the request")
        case 500...:
            let quoted = JSONValue.string(text).text
            return .call("an error on the server (\(quoted)) has prevented the request from succeeding")
        case let code: return .call("the server responded with the status code \(code)")
        }
    }

    /// The message of a body that is a `v1 Status`.
    private static func statusMessage(_ body: [UInt8]) -> String? {
        do {
            let value = try JSONValue(parsing: body)
            guard value["kind"] == "Status", value["apiVersion"] == "v1" else { return nil }
            return value["message"]?.string
        } catch {
            // A text; it is told as it is.
            return nil
        }
    }
}
