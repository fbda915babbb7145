package import HTTP
import HTTPTypes

extension AdmissionHandler {
    /// What the API server is told where the HTTP server refuses it: a `v1 Status`, as for all that is no review.
    package static func refusal(of fault: MessageFault) -> ServerResponse {
        let status = HTTPResponse.Status(code: fault.status)
        return StatusResponse.make(status, reason: reason(of: fault.status), message: fault.reason)
    }

    /// The reason as Kubernetes names it (`k8s.io/apimachinery`, `meta/v1`, `StatusReason`).
    private static func reason(of status: Int) -> String {
        switch status {
        case 408, 504: "Timeout"
        case 413: "RequestEntityTooLarge"
        case 503: "ServiceUnavailable"
        case 400..<500: "BadRequest"
        default: ""
        }
    }
}
