import HTTP
import Platform

/// The clients of the webhooks' servers, kept so that their connections live on between calls.
///
/// As in the API server, webhooks at the same address that trust the same authorities share one.
final class WebhookClients: Sendable {
    /// Makes a client of an endpoint that trusts these authorities (PEM), the system's when nil.
    typealias Connect = @Sendable (HTTPEndpoint, [UInt8]?) throws -> any HTTPTransport

    private struct Key: Hashable {
        let endpoint: HTTPEndpoint
        let authorities: [UInt8]?
    }

    private struct Entry {
        let key: Key
        let client: any HTTPTransport
    }

    /// Clients kept: 16, more than a cluster of the sandbox has webhook servers.
    ///
    /// Those of configurations that have changed are the oldest and go first.
    private static let capacity = 16

    private let connect: Connect
    /// The latest used last.
    private let entries = Locked<[Entry]>([])

    init(connect: @escaping Connect) { self.connect = connect }

    /// The client of `endpoint`, whose base path does not count.
    func client(of endpoint: HTTPEndpoint, authorities: [UInt8]?) throws -> any HTTPTransport {
        let server = HTTPEndpoint(isSecure: endpoint.isSecure, host: endpoint.host, port: endpoint.port)
        let key = Key(endpoint: server, authorities: authorities)
        if let client = entries.withLock({ Self.take(key, from: &$0) }) { return client }
        let client = try connect(server, authorities)
        let dropped = entries.withLock { entries -> Entry? in
            entries.append(Entry(key: key, client: client))
            return entries.count > Self.capacity ? entries.removeFirst() : nil
        }
        // Its connections are closed here, outside the lock.
        _ = consume dropped
        return client
    }

    private static func take(_ key: Key, from entries: inout [Entry]) -> (any HTTPTransport)? {
        guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
        let entry = entries.remove(at: index)
        entries.append(entry)
        return entry.client
    }
}
