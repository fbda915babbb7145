import HTTP

/// Reads a watch's body event by event.
actor WatchReader {
    private let body: ClientBody
    private var decoder: WatchDecoder

    /// A reader of `body`.
    init(body: ClientBody, decoder: WatchDecoder) {
        self.body = body
        self.decoder = decoder
    }

    /// The next event; nil when the server has ended the stream.
    func next() async throws(KubernetesError) -> WatchEvent? {
        while true {
            if let event = try decoder.next() { return event }
            guard let piece = try await piece() else {
                try decoder.finish()
                return nil
            }
            try decoder.feed(piece)
        }
    }

    private func piece() async throws(KubernetesError) -> [UInt8]? {
        var iterator = body.makeAsyncIterator()
        do {
            return try await iterator.next()
        } catch {
            throw KubernetesError(operation: decoder.operation, cause: error)
        }
    }
}
