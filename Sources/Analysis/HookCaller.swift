package import HTTP
import HTTPTypes
import JSON
package import Platform

/// Calls rollout hooks over HTTP.
///
/// A status up to 202 is a yes. Connection errors, 429 and 5xx but 501 are tried again as often as the call allows,
/// with a back-off of 1 s that doubles up to 30 s. Redirects are not followed: they count as a no.
package struct HookCaller: Sendable {
    private let connect: @Sendable (HTTPEndpoint) throws -> any HTTPTransport
    private let clock: any WallClock

    /// A caller that gets its connections from `connect` and waits between attempts on `clock`.
    package init(clock: any WallClock, connect: @escaping @Sendable (HTTPEndpoint) throws -> any HTTPTransport) {
        self.clock = clock
        self.connect = connect
    }

    /// Calls the hook, again where that makes sense, and returns its answer.
    ///
    /// It fails only by cancellation.
    package func call(_ call: HookCall) async throws(CancellationError) -> HookResult {
        guard let target = HookTarget(url: call.url) else {
            return .unavailable(OneLine.complaint("call hook \(call.url): no absolute http or https URL"))
        }
        let body = call.payload.serialized
        var backOff = Duration.seconds(1)
        var remaining = max(0, call.retries)
        while true {
            let attempt = try await attempt(call, at: target, body: body)
            guard attempt.isWorthRetrying, remaining > 0 else { return attempt.result }
            remaining -= 1
            try await pause(for: attempt.retryAfter ?? backOff)
            backOff = min(backOff * 2, Self.longestBackOff)
        }
    }

    private static let longestBackOff = Duration.seconds(30)
    /// The text of a failure is cut to far less; a longer body is not read to its end and counts as none.
    private static let bodyLimit = 1 << 20

    private func attempt(
        _ call: HookCall,
        at target: HookTarget,
        body: [UInt8]
    ) async throws(CancellationError) -> HookAttempt {
        var request = ClientRequest(
            method: .post,
            path: target.path,
            headerFields: [.contentType: "application/json"],
            body: body,
            timeout: call.timeout
        )
        request.head.authority = target.endpoint.authority
        do {
            let response = try await connect(target.endpoint).send(request)
            return HookAttempt(head: response.head, body: try await content(of: response))
        } catch {
            if Task.isCancelled || error is CancellationError { throw CancellationError() }
            return HookAttempt(unreachable: OneLine.complaint("\(error)"))
        }
    }

    /// The answer's body: collected, because only then the time limit counts to its end, and a server that sends a byte
    /// now and then cannot hold up the rollout.
    private func content(of response: ClientResponse) async throws -> [UInt8] {
        do {
            return try await response.body.collect(upTo: Self.bodyLimit)
        } catch let error as HTTPError where error.code == .bodyTooLarge {
            return []
        }
    }

    private func pause(for duration: Duration) async throws(CancellationError) {
        do {
            try await clock.sleep(for: min(duration, Self.longestBackOff))
        } catch {
            throw CancellationError()
        }
    }
}

/// Where a hook is: the host to connect to, and the path and query to ask for.
struct HookTarget {
    let endpoint: HTTPEndpoint
    let path: String

    /// The parts of `url`; nil when it is no absolute `http` or `https` URL.
    init?(url: String) {
        guard let mark = url.firstRange(of: "://") else { return nil }
        let authority = url[mark.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let rest = url[authority.endIndex...].prefix { $0 != "#" }
        guard let endpoint = HTTPEndpoint(url: String(url[..<authority.endIndex])),
            !rest.contains(where: { $0.isWhitespace || !$0.isASCII })
        else { return nil }
        self.endpoint = endpoint
        path = rest.hasPrefix("/") ? String(rest) : "/\(rest)"
    }
}

/// One attempt's outcome.
struct HookAttempt {
    let result: HookResult
    let isWorthRetrying: Bool
    /// What the server asked for in a Retry-After field of seconds.
    let retryAfter: Duration?

    init(head: HTTPResponse, body: [UInt8]) {
        let code = head.status.code
        retryAfter = head.headerFields[.retryAfter].flatMap(Int.init).map { .seconds(max(0, $0)) }
        guard code > 202 else {
            result = .passed
            isWorthRetrying = false
            return
        }
        isWorthRetrying = code == 429 || (code >= 500 && code != 501)
        let words = Self.redirection(head) ?? String(decoding: body, as: UTF8.self)
        let text = OneLine.complaint(words)
        result = .failed(text.isEmpty ? "status \(code)" : text)
    }

    /// Where a redirect leads, of which its body says nothing that helps; nil for another answer.
    private static func redirection(_ head: HTTPResponse) -> String? {
        guard head.status.kind == .redirection, let place = head.headerFields[.location] else { return nil }
        return "status \(head.status.code), redirected to \(place), not followed"
    }

    init(unreachable text: String) {
        result = .unavailable(text)
        isWorthRetrying = true
        retryAfter = nil
    }
}
