internal import HTTPTypes
internal import Sockets
internal import TLS

extension ServerConnection {
    /// Answers the request that has come; false when the connection is to be closed.
    func answer() async throws -> Bool {
        guard var request = takeRequest() else { return false }
        // The requests of a round are read together, judged together, and answered together.
        await link.transport.loop.letOthersGoFirst(at: moment)
        var keepsAlive = request.keepsAlive && isWelcome
        let response: ServerResponse
        if !isWelcome {
            shared.counters.refuse(.connections)
            response = shared.refusal(.tooManyConnections)
        } else if shared.counters.beginRequest(limit: shared.configuration.maxRequests) {
            var deadline = MonotonicTime.never
            if let time = shared.configuration.requestTimeout(request.head) {
                deadline = moment + time
                link.expect(by: deadline, request.head)
            }
            let made = await shared.handler.response(to: serverRequest(request))
            shared.counters.endRequest()
            guard link.settle() else {
                throw HTTPError(
                    code: .closed,
                    operation: "answer the client",
                    reason: "it has been told that it is late"
                )
            }
            moment = .now
            // A handler that never suspends leaves the timer no chance.
            let isLate = moment > deadline
            response = isLate ? link.lateAnswer() : made
            if isLate { keepsAlive = false }
        } else {
            shared.counters.refuse(.requests)
            response = shared.refusal(.tooManyRequests)
        }
        // Whoever reads the answer slowly need not hold the request as well.
        request.dropBody()
        giveBack()
        let isClosedByHandler = MessageSyntax.lists("close", in: .connection, of: response.head.headerFields)
        keepsAlive = keepsAlive && !isClosedByHandler && !shared.stage.isLeaving
        switch response.body {
        case .bytes(let bytes):
            await link.transport.loop.letOthersGoFirst(at: moment)
            try await send(bytes, response.head, to: request, closes: !keepsAlive)
        case .stream(let produce):
            keepsAlive = keepsAlive && !request.isVersion10
            try await stream(produce, response.head, to: request, closes: !keepsAlive)
            moment = .now
        }
        mayRead = link.transport.hasPending
        isProven = true
        mayGoOn = request.keepsAlive && !keepsAlive
        return keepsAlive
    }

    private func serverRequest(_ request: ParsedRequest) -> ServerRequest {
        ServerRequest(
            head: request.head,
            body: request.body,
            clientCommonName: identity?.commonName,
            clientOrganizations: identity?.organizations ?? [],
            clientNames: identity?.names ?? []
        )
    }

    private func send(
        _ body: [UInt8],
        _ head: HTTPResponse,
        to request: ParsedRequest,
        closes: Bool
    ) async throws {
        let stall = shared.configuration.writeTimeout
        // It is made anew each time that it is asked for.
        let status = head.status
        let hasBody = Self.allowsBody(status)
        shared.counters.answer(status.code)
        // One record for a usual answer; a large body is not copied behind its head.
        let isOnePiece = body.count <= 16 << 10
        var bytes = MessageWriter.head(
            of: head,
            framing: hasBody ? .fixed(body.count) : .none,
            closes: closes,
            saysKeepAlive: request.isVersion10,
            room: isOnePiece ? body.count : 0
        )
        guard hasBody, request.head.method != .head else {
            return try await link.transport.write(bytes, stall: stall)
        }
        if isOnePiece {
            bytes += body
            try await link.transport.write(bytes, stall: stall)
        } else {
            try await link.transport.write(bytes, stall: stall)
            try await link.transport.write(body, stall: stall)
        }
    }

    static func allowsBody(_ status: HTTPResponse.Status) -> Bool {
        status.kind != .informational && status.code != 204 && status.code != 304
    }
}
