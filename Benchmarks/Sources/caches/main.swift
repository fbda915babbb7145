import FlaggerAPI
import Glibc
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sockets

// What the informers of Canaries and Deployments cost over a cluster with many of both; the cluster is another process
// (`cluster`), so that processor time and memory are those of the client alone.
//
// Usage: caches KUBECONFIG ORDERS-URL CHANGES stream|pages
//
// It prints one line of JSON.

/// The processor time that this process has used.
func processorTime() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

/// Kilobytes of this process: in memory now, and at most until now.
func memory() throws -> (now: Int, peak: Int) {
    let text = String(decoding: try FileStore.read("/proc/self/status"), as: UTF8.self)
    func field(_ name: String) -> Int {
        let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") } ?? ""
        return Int(line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first ?? "") ?? 0
    }
    return (field("VmRSS"), field("VmHWM"))
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let orders = HTTPEndpoint(url: arguments[2]), let changes = Int(arguments[3]) else {
    ProcessEnvironment.printError("usage: caches KUBECONFIG ORDERS-URL CHANGES stream|pages\n")
    exit(2)
}
let loops = EventLoopGroup()
let api = try Kubeconfig.load(path: arguments[1]).makeClient(loops: loops)
let seen = Locked(0)
let (all, done) = AsyncStream.makeStream(of: Void.self)
let informers = [ResourceType.canaries, .deployments]
    .map { type in
        Informer(
            type: type,
            api: api,
            clock: SystemClock(),
            streamsState: arguments[4] == "stream",
            onEvent: { event in
                guard case .updated = event else { return }
                let count = seen.withLock { seen in
                    seen += 1
                    return seen
                }
                if count == changes { done.finish() }
            }
        )
    }
let before = (memory: try memory(), processor: processorTime(), time: ContinuousClock.now)
let running = Task {
    await withDiscardingTaskGroup { group in
        for informer in informers { group.addTask { await informer.run() } }
    }
}
for informer in informers { try await informer.waitUntilSynced() }
let synced = (memory: try memory(), processor: processorTime(), time: ContinuousClock.now)
// The watches begin before anything changes.
try await ContinuousClock().sleep(for: .seconds(1))
let idle = (processor: processorTime(), time: ContinuousClock.now)
let order = ClientRequest(
    method: .post,
    path: "/changes/\(changes)",
    headerFields: [:],
    body: [],
    timeout: .seconds(300)
)
let client = HTTPClient(endpoint: orders, tls: nil, loops: loops)
_ = try await client.send(order).body.collect(upTo: 1_024)
for await _ in all {}
let changed = (memory: try memory(), processor: processorTime(), time: ContinuousClock.now)
running.cancel()
await running.value

let objects = informers.reduce(0) { $0 + $1.objects.count }
let report: [(String, Double)] = [
    ("objects", Double(objects)),
    ("seconds to sync", (synced.time - before.time) / .seconds(1)),
    ("processor seconds to sync", (synced.processor - before.processor) / .seconds(1)),
    ("MB before", Double(before.memory.now) / 1_000),
    ("MB after sync", Double(synced.memory.now) / 1_000),
    ("MB at most", Double(changed.memory.peak) / 1_000),
    ("events", Double(changes)),
    ("seconds of events", (changed.time - idle.time) / .seconds(1)),
    ("processor ms for 1,000 events", (changed.processor - idle.processor) / .seconds(1) / Double(changes) * 1e6),
    ("MB after events", Double(changed.memory.now) / 1_000),
]
let members = report.map { "\"\($0.0)\":\($0.1)" }
ProcessEnvironment.print("{\(members.joined(separator: ","))}\n")
loops.shutdown()
