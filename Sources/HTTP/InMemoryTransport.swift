internal import HTTPTypes
internal import Platform

/// Calls a handler without a network: the same client code against the same server code, for tests and in-process use.
package struct InMemoryTransport: HTTPTransport {
    private let handler: any HTTPHandler
    private let clientCommonName: String?

    /// A transport to `handler`; `clientCommonName` is what a client certificate would have said.
    package init(handler: any HTTPHandler, clientCommonName: String? = nil) {
        self.handler = handler
        self.clientCommonName = clientCommonName
    }

    /// Calls the handler.
    ///
    /// A streamed body is produced as it is read; dropping it cancels the producer.
    package func send(_ request: ClientRequest) async throws -> ClientResponse {
        let answer = await handler.response(
            to: ServerRequest(head: request.head, body: request.body, clientCommonName: clientCommonName)
        )
        switch answer.body {
        case .bytes(let bytes):
            return ClientResponse(head: answer.head, body: ClientBody(bytes))
        case .stream(let produce):
            let pipe = InMemoryPipe(produce)
            return ClientResponse(head: answer.head, body: ClientBody { try await pipe.next() })
        }
    }
}

/// Runs a body's producer in a task, one chunk ahead of the reader.
private final class InMemoryPipe: Sendable {
    private let task: Task<Void, Never>
    private let iterator: PipeIterator

    init(_ produce: @escaping @Sendable (any ResponseBodyWriter) async throws -> Void) {
        // A buffer is bounded by the reader's pace only in number of chunks; the callers are tests and the sandbox.
        let (stream, continuation) = AsyncThrowingStream<[UInt8], any Error>.makeStream(
            bufferingPolicy: .bufferingOldest(10_000)
        )
        task = Task {
            do {
                try await produce(PipeWriter(continuation: continuation))
                continuation.finish()
            } catch {
                continuation.finish(throwing: error)
            }
        }
        iterator = PipeIterator(stream)
    }

    deinit { task.cancel() }

    func next() async throws -> [UInt8]? {
        if let piece = try await iterator.next() { return piece }
        // A stream just ends when its reader is cancelled.
        try Task.checkCancellation()
        return nil
    }
}

private actor PipeIterator {
    private let stream: AsyncThrowingStream<[UInt8], any Error>

    init(_ stream: AsyncThrowingStream<[UInt8], any Error>) { self.stream = stream }

    func next() async throws -> [UInt8]? {
        var iterator = stream.makeAsyncIterator()
        return try await iterator.next()
    }
}

private struct PipeWriter: ResponseBodyWriter {
    let continuation: AsyncThrowingStream<[UInt8], any Error>.Continuation

    func write(_ bytes: [UInt8]) async throws {
        guard case .enqueued = continuation.yield(bytes) else {
            throw HTTPError(code: .closed, operation: "write response body", reason: "the reader is gone or too slow")
        }
    }
}
