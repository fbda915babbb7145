import HTTP
import JSON

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

    /// The state that the stream begins with, each object as `trim` makes it.
    ///
    /// - Throws: `KubernetesError`, also when the stream ends before it is whole.
    func state(trim: (JSONValue) -> JSONValue) async throws(KubernetesError) -> ObjectList {
        var places: [ObjectKey: Int] = [:]
        var items: [JSONValue?] = []
        while let event = try await next() {
            switch event {
            case .added(let object), .modified(let object):
                if let place = places[object.key] {
                    items[place] = trim(object)
                } else {
                    places[object.key] = items.count
                    items.append(trim(object))
                }
            case .deleted(let object):
                if let place = places.removeValue(forKey: object.key) { items[place] = nil }
            case .bookmark(let version):
                guard decoder.hasWholeState else { continue }
                return ObjectList(items: items.compactMap(\.self), resourceVersion: version)
            }
        }
        throw KubernetesError(
            operation: decoder.operation,
            code: 0,
            reason: "",
            message: "the stream ended before the whole state had come"
        )
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
