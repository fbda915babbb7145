package import HTTP
import HTTPTypes
package import Platform

/// The API of one cluster over HTTP.
///
/// Of a client's copies together so many calls are under way at once; watches count until they have begun.
package struct KubernetesClient: KubernetesAPI {
    /// The largest answer about one object in bytes; etcd stores 1.5 MiB, and a watch's line holds one object.
    static let objectLimit = 8 << 20
    /// The largest page of a list in bytes: `KubernetesRequest.pageSize` objects of 128 KiB; where they are larger, pages
    /// of fewer objects are asked for.
    static let pageLimit = 64 << 20
    /// How often a list begins again when its snapshot expires between two pages.
    static let listAttempts = 3
    /// How long a watch is asked to last in seconds where its caller does not say, between client-go's 300 and 600.
    static let watchSeconds = 480
    /// How long a watch may be silent: two of the server's bookmarks, which come once a minute.
    package static let watchIdleTimeout: Duration = .seconds(130)
    /// How many calls are under way at once: a twelfth of the 400 reads that an API server has seats for by default, and
    /// half of the connections that `ClientLimits` allows, which leaves the others to watches.
    package static let callLimit = 32

    private let transport: any HTTPTransport
    private let credentials: (any CredentialSource)?
    private let basePath: String
    private let clock: any WallClock
    private let jitter: @Sendable () -> Double
    private let watchIdleTimeout: Duration
    private let gate: CallGate

    /// A client that sends over `transport` as whom `credentials` say.
    ///
    /// Waits between attempts are taken on `clock`, longer by what `jitter` (0 ..< 1) says. A watch that is silent for
    /// `watchIdleTimeout` of real time is given up; `callLimit` is how many calls are under way at once.
    package init(
        transport: any HTTPTransport,
        credentials: (any CredentialSource)?,
        basePath: String = "",
        clock: any WallClock = SystemClock(),
        watchIdleTimeout: Duration = Self.watchIdleTimeout,
        callLimit: Int = Self.callLimit,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.transport = transport
        self.credentials = credentials
        self.basePath = basePath
        self.clock = clock
        self.jitter = jitter
        self.watchIdleTimeout = watchIdleTimeout
        gate = CallGate(limit: callLimit)
    }

    /// A client that sends over `transport`, with `authorization` as the Authorization header when it answers one.
    package init(
        transport: any HTTPTransport,
        authorization: (@Sendable () async throws -> String?)? = nil,
        basePath: String = "",
        clock: any WallClock = SystemClock(),
        watchIdleTimeout: Duration = Self.watchIdleTimeout,
        callLimit: Int = Self.callLimit,
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        self.init(
            transport: transport,
            credentials: authorization.map { GivenCredentials(source: $0) },
            basePath: basePath,
            clock: clock,
            watchIdleTimeout: watchIdleTimeout,
            callLimit: callLimit,
            jitter: jitter
        )
    }

    /// How many calls wait for their turn.
    package var waitingCallCount: Int { gate.waitingCount }
}

extension KubernetesClient {
    /// An answer of 2xx: its body, collected or still to be read.
    struct Answer: Sendable {
        let code: Int
        let bytes: [UInt8]
        let body: ClientBody
    }

    /// Sends `request` and returns the body of its answer, of at most `limit` bytes.
    func collect(_ request: KubernetesRequest, limit: Int) async throws(KubernetesError) -> Answer {
        try await send(request, limit: limit)
    }

    /// Sends `request`, whose answer is read as it arrives.
    func open(_ request: KubernetesRequest) async throws(KubernetesError) -> ClientBody {
        try await send(request, limit: nil).body
    }

    /// Sends `request`, again where that is safe, until an answer of 2xx comes.
    private func send(_ request: KubernetesRequest, limit: Int?) async throws(KubernetesError) -> Answer {
        var number = 1
        var hasOtherCredentials = false
        while true {
            switch await attempt(request, number, limit) {
            case .answered(let answer): return answer
            case .failed(let error, nil): throw error
            case .refused(let error, let authorization):
                // Turned away unread: whatever it is, it can be sent again.
                guard !hasOtherCredentials, await credentials?.hasAnother(than: authorization) == true else {
                    throw error
                }
                hasOtherCredentials = true
            case .failed(_, let wait?):
                do {
                    try await clock.sleep(for: wait)
                } catch {
                    throw KubernetesError(operation: request.operation, cause: error)
                }
                number += 1
            }
        }
    }

    /// How one attempt ended.
    private enum Attempt {
        case answered(Answer)
        case refused(KubernetesError, authorization: String?)
        case failed(KubernetesError, retryAfter: Duration?)
    }

    /// Waits for its turn and sends once.
    private func attempt(_ request: KubernetesRequest, _ number: Int, _ limit: Int?) async -> Attempt {
        do {
            try await gate.enter()
        } catch {
            return .failed(KubernetesError(operation: request.operation, cause: error), retryAfter: nil)
        }
        defer { gate.leave() }
        do {
            return try await exchange(request, number, limit)
        } catch let error as HTTPError {
            return .failed(
                KubernetesError(operation: request.operation, cause: error),
                retryAfter: RetryPolicy.wait(after: error, of: request, attempt: number, jitter: jitter())
            )
        } catch {
            return .failed(KubernetesError(operation: request.operation, cause: error), retryAfter: nil)
        }
    }

    private func exchange(_ request: KubernetesRequest, _ number: Int, _ limit: Int?) async throws -> Attempt {
        let header = try await credentials?.authorization()
        let message = request.message(
            basePath: basePath,
            authorization: header,
            idleTimeout: limit == nil ? watchIdleTimeout : .seconds(30)
        )
        let response = try await transport.send(message)
        let code = response.head.status.code
        guard response.head.status.kind != .successful else {
            var bytes: [UInt8] = []
            if let limit { bytes = try await response.body.collect(upTo: limit) }
            return .answered(Answer(code: code, bytes: bytes, body: response.body))
        }
        let bytes = try await response.body.collect(upTo: Self.objectLimit)
        var error = KubernetesError(operation: request.operation, code: code, body: bytes)
        error.retryAfterSeconds = RetryPolicy.seconds(of: response.head)
        guard code != 401 else { return .refused(error, authorization: header) }
        let wait = RetryPolicy.wait(after: response.head, to: request, attempt: number, jitter: jitter())
        return .failed(error, retryAfter: wait)
    }
}
