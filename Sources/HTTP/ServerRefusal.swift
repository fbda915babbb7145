/// Why a client was not served, or not to its end: what is counted beside the statuses of refused messages.
enum ServerRefusal: Int, CaseIterable {
    /// More connections than allowed, and none of them to close for it: told 503.
    case connections
    /// So many that not even a 503 was to be had: closed.
    case connectionsClosed
    /// Closed because it was idle, slow to ask or slow within a request, where another wanted its place.
    case displaced
    /// The process had no descriptor for a connection, and looked away from the listener for a moment.
    case descriptors
    /// More requests with their handlers than allowed: told 503.
    case requests
    /// More bytes of bodies than allowed: told 503.
    case bodyBytes
    /// No handshake in time.
    case handshakeTimeout
    /// The client went within the handshake.
    case handshakeClosed
    /// HTTP without TLS, where TLS is spoken.
    case handshakePlainHTTP
    /// The client's certificate was not accepted.
    case handshakeUntrusted
    /// Nothing in common with the client, or it broke the protocol.
    case handshakeFailed
    /// No request for so long that the connection was closed.
    case idleTimeout
    /// The head was not whole in time.
    case headTimeout
    /// The body was not whole in time.
    case bodyTimeout
    /// The request was not whole in the time that it allowed itself.
    case requestTimeout
    /// The handler had no answer in the time that the request allowed.
    case handlerTimeout
    /// The client did not read its answer.
    case writeTimeout

    /// The reason in metrics.
    var label: String {
        switch self {
        case .connections: "connections"
        case .connectionsClosed: "connections_closed"
        case .displaced: "displaced"
        case .descriptors: "descriptors"
        case .requests: "requests"
        case .bodyBytes: "body_bytes"
        case .handshakeTimeout: "handshake_timeout"
        case .handshakeClosed: "handshake_closed"
        case .handshakePlainHTTP: "handshake_plain_http"
        case .handshakeUntrusted: "handshake_untrusted"
        case .handshakeFailed: "handshake_failed"
        case .idleTimeout: "idle_timeout"
        case .headTimeout: "head_timeout"
        case .bodyTimeout: "body_timeout"
        case .requestTimeout: "request_timeout"
        case .handlerTimeout: "handler_timeout"
        case .writeTimeout: "write_timeout"
        }
    }
}
