/// What a server has counted since it started, as of one moment.
package struct ServerStatistics: Hashable, Sendable {
    /// Connections that are open.
    package var connections = 0
    /// Connections that were taken.
    package var acceptedConnections = 0
    /// TLS handshakes that were completed.
    package var handshakes = 0
    /// Requests that are with their handlers.
    package var requestsInFlight = 0
    /// Bytes set aside for bodies beyond the first 64 KiB of each.
    package var bodyBytes = 0
    /// Answers by status, those to refused requests among them; what was never sent is left out.
    package var answers: [Int: Int] = [:]
    /// Refusals and cuts by reason, all that there are; a message that is no request is counted as `status_400` or
    /// whichever status it was answered with.
    package var refusals: [String: Int] = [:]

    /// Nothing counted.
    package init() {}
}
