import HTTP
import JSON
import Kubernetes
import Platform

/// Writes a watch's events for one client until its time is over.
struct WatchFeed: Sendable {
    /// How often a client that wants bookmarks gets one: once a minute, as the real server.
    private static let bookmarkInterval = Duration.seconds(60)

    let kind: ServedKind
    let selection: ObjectSelection
    /// Makes the objects of the events, for a client that wants tables.
    let table: ObjectTable?
    let wantsBookmarks: Bool
    /// Whether the first bookmark says that the present objects have all been sent.
    let marksInitialEvents: Bool
    let timeout: Duration
    let cluster: InMemoryCluster
    let versions: ObjectVersions
    let clock: any WallClock

    /// Writes every event as one line; returns when the watch ends.
    ///
    /// - Throws: when the client is gone.
    func run(_ changes: ClusterState.Changes, into writer: any ResponseBodyWriter) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keepTime(of: changes.number) }
            defer { group.cancelAll() }
            try await forward(changes, into: writer)
        }
    }

    /// Sends bookmarks and ends the watch in time.
    private func keepTime(of number: Int) async throws {
        var rest = timeout
        while rest > .zero {
            let pause = wantsBookmarks ? min(rest, Self.bookmarkInterval) : rest
            try await clock.sleep(for: pause)
            rest -= pause
            if wantsBookmarks { cluster.sendBookmark(to: number) }
        }
        cluster.endWatch(number)
    }

    private func forward(_ changes: ClusterState.Changes, into writer: any ResponseBodyWriter) async throws {
        var hasColumns = true
        var marksBookmark = marksInitialEvents
        do {
            for try await entry in changes.entries {
                if case .bookmark(let version) = entry.event {
                    guard wantsBookmarks || marksBookmark else { continue }
                    try await write("BOOKMARK", bookmark(version, isInitial: marksBookmark), into: writer)
                    marksBookmark = false
                    continue
                }
                guard let (type, object) = event(entry) else { continue }
                let shown = try await versions.shown(object, as: kind)
                try await write(type, row(shown, hasColumns: hasColumns), into: writer)
                hasColumns = false
            }
        } catch let error as KubernetesError {
            try await write("ERROR", error.body, into: writer)
        }
    }

    /// The event as this client sees it: what leaves the selection is gone, what enters it is new.
    private func event(_ entry: ClusterState.Entry) -> (String, JSONValue)? {
        let wasSelected = entry.previous.map(selection.contains) ?? false
        switch entry.event {
        case .added(let object): return selection.contains(object) ? ("ADDED", object) : nil
        case .modified(let object):
            if selection.contains(object) { return (wasSelected ? "MODIFIED" : "ADDED", object) }
            guard wasSelected, var last = entry.previous else { return nil }
            last[path: "metadata", "resourceVersion"] = .string(object.resourceVersion)
            return ("DELETED", last)
        case .deleted(let object): return wasSelected ? ("DELETED", object) : nil
        case .bookmark: return nil
        }
    }

    private func row(_ object: JSONValue, hasColumns: Bool) -> JSONValue {
        guard let table else { return object }
        return table.table(
            [object],
            resourceVersion: object.resourceVersion,
            now: clock.now(),
            hasColumns: hasColumns
        )
    }

    private func bookmark(_ version: String, isInitial: Bool) -> JSONValue {
        if let table { return table.table([], resourceVersion: version, now: clock.now(), hasColumns: false) }
        var metadata: JSONValue = ["resourceVersion": .string(version)]
        if isInitial { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        return [
            "kind": .string(kind.type.kind), "apiVersion": .string(kind.shownType.apiVersion), "metadata": metadata,
        ]
    }

    private func write(_ type: String, _ object: JSONValue, into writer: any ResponseBodyWriter) async throws {
        let line: JSONValue = ["type": .string(type), "object": object]
        try await writer.write(line.serialized + [UInt8(ascii: "\n")])
    }
}
