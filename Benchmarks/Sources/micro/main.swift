import Admission
import Fixture
import FlaggerAPI
import Gate
import Glibc
import HTTP
import JSON
import Kubernetes
import Platform
import Serving

// What one review costs in parts: processor time of one thread, the least of several runs.

/// The processor time that this process has used.
func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// Prints the least time that `body` took in any of nine runs of `count` calls.
func measure(_ name: String, count: Int = 10_000, _ body: () async throws -> Void) async rethrows {
    var least = Duration.seconds(1_000)
    for _ in 0..<9 {
        let start = processorTime()
        for _ in 0..<count { try await body() }
        least = min(least, processorTime() - start)
    }
    let tenths = Int(least / .nanoseconds(100) / Double(count))
    print("{\"name\":\"\(name)\",\"microseconds\":\(tenths / 10).\(tenths % 10)}")
}

let bytes = try Fixture.review()
let view = try Fixture.view(canaries: 1_000)
let document = try JSONDocument(parsing: bytes)
let tree = document.root.value
var other = tree
other[path: "request", "object", "spec", "replicas"] = 7
other[path: "request", "name"] = nil
let metrics = ServerMetrics()
let handler = AdmissionHandler(
    webhooks: CanaryGateServer.webhooks(username: Fixture.controller, isAdmissionOnly: false),
    view: { view },
    clock: SystemClock(),
    observe: { metrics.record($0) }
)
let request = try Fixture.request(bytes)

if CommandLine.arguments.contains("--profile") {
    for _ in 0..<(CommandLine.arguments.last.flatMap { Int($0) } ?? 500_000) { _ = await handler.response(to: request) }
} else {
    try await measure("JSON: parse the review") { _ = try JSONDocument(parsing: bytes) }
    await measure("JSON: the review as a tree") { _ = document.root.value }
    await measure("JSON: write the tree") { _ = tree.serialized }
    await measure("JSON: difference of two trees") { _ = JSONPatch.difference(from: tree, to: other) }
    await measure("admission: the whole review") { _ = await handler.response(to: request) }

    let store = ClusterViewStore(try ProxyFixture.view())
    let proxyHandler = AdmissionHandler(
        webhooks: CanaryGateServer.webhooks(username: Fixture.controller, isAdmissionOnly: false),
        view: { store.current },
        clock: SystemClock()
    )
    for (name, key) in ProxyFixture.samples {
        let request = try Fixture.request(ProxyFixture.review(key, in: store.current), path: "/validate/httpproxies")
        await measure("proxies: admission of \(name)", count: 200) {
            _ = await proxyHandler.response(to: request)
        }
    }
    let key = ProxyFixture.samples[2].key
    let first = store.current.object(.httpProxies, key) ?? .null
    let second = ProxyFixture.rerouted(first)
    var isFirst = true
    // Somebody always holds the picture of before, as a review does.
    var held = store.current
    await measure("proxies: event of a route", count: 200) {
        store.apply(.httpProxies, isFirst ? .updated(old: first, new: second) : .updated(old: second, new: first))
        isFirst.toggle()
        held = store.current
    }
    let seen = ProxyFixture.reported(first)
    await measure("proxies: event of a status", count: 200) {
        store.apply(.httpProxies, .updated(old: first, new: seen))
        held = store.current
    }
    precondition(held.object(.httpProxies, key) == seen, "the picture does not hold what was applied last")
}
