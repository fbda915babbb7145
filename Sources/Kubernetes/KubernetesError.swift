package import JSON

/// A call to the API server that failed.
package struct KubernetesError: Error, Sendable, CustomStringConvertible {
    /// What was attempted: `patch httpproxies.projectcontour.io test/podinfo`.
    package let operation: String
    /// The HTTP status; 0 when no answer came.
    package let code: Int
    /// The Status' `reason`, for example `NotFound`, `Conflict`, `Expired`; empty when none was given.
    package let reason: String
    /// The Status' message, or what went wrong on the way.
    package let message: String
    /// The Status object itself, when one was sent.
    package let status: JSONValue?
    /// The warnings that go with a refusal; only a server sets them.
    package var warnings: [String] = []
    /// What the answer's Retry-After said, in seconds.
    var retryAfterSeconds: Int?

    package init(operation: String, code: Int, reason: String, message: String, status: JSONValue? = nil) {
        self.operation = operation
        self.code = code
        self.reason = reason
        self.message = message
        self.status = status
    }

    /// `patch httpproxies.projectcontour.io test/podinfo: the object has been modified (409 Conflict)`.
    package var description: String {
        let suffix = code == 0 ? "" : " (\(code)\(reason.isEmpty ? "" : " \(reason)"))"
        return "\(operation): \(message)\(suffix)"
    }

    /// The object is not there.
    package var isNotFound: Bool { code == 404 }

    /// An object of that name is there already.
    package var isAlreadyExists: Bool { reason == "AlreadyExists" }

    /// The object has changed since it was read.
    package var isConflict: Bool { code == 409 && !isAlreadyExists }

    /// The resource version is too old to go on from.
    package var isExpired: Bool { code == 410 }
}
