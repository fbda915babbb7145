import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// Watching objects.
extension SandboxAPIServer {
    /// A stream of what happens to the objects that the call selects.
    func watch(_ call: APICall) throws(KubernetesError) -> ServerResponse {
        let format = try ResponseFormat(accept: call.header(.accept))
        let selection = try ObjectSelection(call)
        let sendsInitialEvents = call.query["sendInitialEvents"] == "true"
        if sendsInitialEvents, call.query["resourceVersionMatch"] != "NotOlderThan" {
            throw .refusal(
                422,
                "Invalid",
                "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: "
                    + "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"
            )
        }
        let version = sendsInitialEvents ? "0" : call.query["resourceVersion"] ?? ""
        let stored = call.stored(at: clock.now())
        let changes = try cluster.changes(stored, namespace: call.path.namespace, from: version)
        if sendsInitialEvents { cluster.sendBookmark(to: changes.number) }
        let table: ObjectTable? =
            if case .table(let version) = format { try self.table(call, version) } else { nil }
        let feed = WatchFeed(
            kind: call.kind,
            selection: selection,
            table: table,
            wantsBookmarks: ["1", "true"].contains(call.query["allowWatchBookmarks"] ?? ""),
            marksInitialEvents: sendsInitialEvents,
            timeout: Self.timeout(call, number: changes.number),
            cluster: cluster,
            versions: versions,
            clock: clock
        )
        return ServerResponse(
            status: .ok,
            contentType: "application/json",
            body: .stream { writer in try await feed.run(changes, into: writer) }
        )
    }

    /// The longest watch that a client can wish for.
    private static let longestWatch = 86_400

    /// What the client wishes, else 30 to 60 minutes, so that not all watches end together.
    private static func timeout(_ call: APICall, number: Int) -> Duration {
        if let text = call.query["timeoutSeconds"], let seconds = Int(text), seconds > 0 {
            return .seconds(min(seconds, longestWatch))
        }
        return .seconds(1_800 + number % 60 * 30)
    }
}
