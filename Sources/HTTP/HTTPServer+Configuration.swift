internal import HTTPTypes
package import TLS

extension HTTPServer {
    /// The server's limits; each default's source is beside it.
    package struct Configuration: Sendable {
        /// `host:port`, `[::1]:0`, `:8443` for all addresses; port 0 takes a free one.
        package var address: String
        /// Certificates; nil for plain HTTP.
        package var tls: TLSContext?
        /// How large a request may be.
        package var limits = MessageLimits()
        /// Connections at once: 16,384, so that ten thousand slow clients leave room for honest ones.
        ///
        /// At 17 KB for one that has been served over TLS they are 280 MB, at 5 KB for one that has sent nothing 80 MB.
        /// For a newcomer beyond it one is closed that is idle or slow to ask, and where all are busy the newcomer is
        /// told 503. A flood of clients that hold connections would otherwise have the place for as long as the idle
        /// timeout, and the API server's next connection would be the one that is refused; whereas its connections in
        /// use are never the ones that have waited longest, and losing an idle one costs it a handshake.
        package var maxConnections = 16_384
        /// TLS handshakes that have begun and not ended, on each loop: 512 of 50 KB are 25 MB.
        ///
        /// Beyond it the oldest is ended; see `ServerHandshakeGate`.
        package var maxHandshakes = 512
        /// Requests with their handlers at once: 1,024, a few times what an API server sends at most (400 reads and 200
        /// changes in flight by default).
        ///
        /// Further ones are told 503 with `Retry-After: 1`.
        package var maxRequests = 1_024
        /// Bytes set aside for the bodies of requests that have no answer yet, in all connections together and beyond the
        /// first 64 KiB of each: 128 MiB, a quarter of what `manifests/base` allows the pod.
        ///
        /// Reviews of the largest objects are a few megabytes, and an API server sends few of them at once; without a
        /// bound 64 clients that each keep back the last byte of 8 MiB would take all of the pod's memory. Further ones
        /// are told 503 with `Retry-After: 1` and closed.
        package var maxBodyBytes = 128 << 20
        /// Time for a TLS handshake: 5 s.
        ///
        /// A webhook's caller gives the whole call 10 s by default.
        package var handshakeTimeout = Duration.seconds(5)
        /// Time for a request's head from its first byte: 5 s, as it is one or two packets.
        package var headTimeout = Duration.seconds(5)
        /// Time for a request's body from the end of its head: 10 s, Kubernetes' default webhook timeout.
        package var bodyTimeout = Duration.seconds(10)
        /// The time that a request allows itself from its first byte to its answer; nil for no other limit.
        ///
        /// Asked once for each request, or twice for one that comes in pieces, on its loop: it must be quick. A request
        /// that is not whole by then is told 408, one whose handler has not answered by then 504, and the handler's task
        /// is cancelled.
        package var requestTimeout: @Sendable (RequestHead) -> Duration? = { _ in nil }
        /// How long a connection may wait between requests: 120 s, above the 90 s after which Go's clients drop it, so
        /// that it is never us who close a connection under a request.
        package var idleTimeout = Duration.seconds(120)
        /// How long a client may leave our bytes unread: 30 s, the longest timeout a webhook can have.
        package var writeTimeout = Duration.seconds(30)
        /// How long requests in flight may take after `run()` was cancelled: 25 s, which with the drain delay stays
        /// under the grace period of `manifests/base`.
        package var drainTimeout = Duration.seconds(25)
        /// How long the bytes of a client that got its last answer are thrown away, so that it reads that answer before
        /// a reset: 2 s, and a tenth of it while the server drains.
        package var lingerTimeout = Duration.seconds(2)
        /// What a client is told whom the server itself refuses; the server adds `Retry-After: 1` to a 503.
        package var refusal: @Sendable (MessageFault) -> ServerResponse = { fault in
            .text(fault.reason + "\n", status: HTTPResponse.Status(code: fault.status))
        }
        /// Is told the path of a request that was answered 504, and the id in that answer; on the loop.
        package var onLateAnswer: @Sendable (_ path: String, _ id: String) -> Void = { _, _ in }

        /// The defaults, for an address.
        package init(address: String, tls: TLSContext? = nil) {
            self.address = address
            self.tls = tls
        }
    }

    /// What all connections of a server share.
    final class Shared: Sendable {
        let configuration: Configuration
        let handler: any HTTPHandler
        let stage = ServerStage()
        let counters = ServerCounters()
        let bodies: BodyBudget

        init(configuration: Configuration, handler: any HTTPHandler) {
            self.configuration = configuration
            self.handler = handler
            bodies = BodyBudget(limit: configuration.maxBodyBytes)
        }

        /// The answer to who is refused for `fault`.
        func refusal(_ fault: MessageFault) -> ServerResponse {
            var response = configuration.refusal(fault)
            if fault.status == 503 { response.head.headerFields[.retryAfter] = "1" }
            return response
        }

        /// A wait was ended: counts that, unless it was for the server's own end.
        func countDisplaced() {
            if !stage.isDraining { counters.refuse(.displaced) }
        }

        /// The bytes of `response`, which is the last on its connection; they are counted as sent.
        func bytes(of response: ServerResponse) -> (head: [UInt8], body: [UInt8]) {
            var body: [UInt8] = []
            if case .bytes(let bytes) = response.body { body = bytes }
            counters.answer(response.head.status.code)
            let head = MessageWriter.head(
                of: response.head,
                framing: .fixed(body.count),
                closes: true,
                saysKeepAlive: false
            )
            return (head, body)
        }
    }
}
