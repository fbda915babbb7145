import Foundation
import HTTP
import Platform
import Sockets
import TLS
import Testing

/// One of the servers that stand side by side: a process that is started again and again on the same ports.
final class SoakServer: Sendable {
    /// How often it is asked whether it is ready.
    private static let probeInterval = Duration.milliseconds(200)
    /// How long anything may take that it is waited for.
    static let patience = Duration.seconds(30)

    /// Where reviews are sent.
    let port: Int
    /// Its certificate.
    let volume: SecretVolume
    private let operations: OperationsPort
    private let drainDelay: Duration
    private let kubeconfig: String
    /// The API server's port, connections to which come and go as they like.
    private let clusterPort: Int
    private let log: URL
    private let clock = SystemClock()
    private let process = Locked<ServerProcess?>(nil)
    private let readiness = Locked(false)

    init(
        _ volume: SecretVolume,
        kubeconfig: String,
        clusterPort: Int,
        drainDelay: Duration,
        loops: EventLoopGroup
    ) throws {
        self.volume = volume
        self.kubeconfig = kubeconfig
        self.clusterPort = clusterPort
        self.drainDelay = drainDelay
        port = try OperationsPort.free()
        operations = OperationsPort(port: try OperationsPort.free(), loops: loops)
        log = URL(fileURLWithPath: "\(volume.folder).log")
    }

    /// Starts it, and returns when it is ready.
    func start() async throws {
        let arguments = [
            "--listen", "127.0.0.1:\(port)", "--metrics-listen", "127.0.0.1:\(operations.port)",
            "--certificate", volume.certificatePath, "--private-key", volume.privateKeyPath,
        ]
        let started = try ServerProcess(
            arguments,
            environment: ["CANARYGATE_KUBECONFIG": kubeconfig],
            log: log,
            drainDelay: drainDelay
        )
        process.withLock { $0 = started }
        try await wait("the server did not get ready: \(logTail)") { await probe("/readyz")?.status == 200 }
    }

    /// Sends SIGTERM, and returns the exit code.
    func stop() async throws -> Int32? {
        let running = try current
        let code = await withTaskGroup(of: Int32?.self) { [clock] group in
            group.addTask { await running.stopped() }
            group.addTask {
                do { try await clock.sleep(for: Self.patience) } catch {}
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        if code != nil { process.withLock { $0 = nil } }
        return code
    }

    /// Kills it if it runs.
    func kill() {
        let running = process.withLock { process in
            defer { process = nil }
            return process
        }
        running?.kill()
    }

    /// What the probes' port answers; nil when nobody does.
    func probe(_ path: String) async -> (status: Int, text: String)? { await operations.get(path) }

    /// Whether it was ready when it was last asked by `follow`.
    var isReady: Bool { readiness.withLock { $0 } }

    /// Asks whether it is ready, again and again, until the task is cancelled.
    func follow() async {
        while !Task.isCancelled {
            let isReady = await probe("/readyz")?.status == 200
            readiness.withLock { $0 = isReady }
            do { try await clock.sleep(for: Self.probeInterval) } catch { return }
        }
    }

    /// Its resident memory, in KiB.
    func residentMemory() throws -> Int { try current.residentMemory() }

    /// How many descriptors it has open once that does not change any more, without its connections to the API server.
    ///
    /// Waits until they are `expected`, where it is given, as long as it waits for anything.
    func descriptors(expected: Int? = nil) async throws -> Int {
        var last = 0
        var same = 0
        let end = clock.now() + Self.patience
        while same < 10 || (expected ?? last) != last, clock.now() < end {
            try await clock.sleep(for: .milliseconds(50))
            let count = try current.descriptors(besidesThoseTo: clusterPort)
            same = count == last ? same + 1 : 0
            last = count
        }
        return last
    }

    /// The last that it has logged.
    var logTail: String {
        do {
            let text = String(decoding: try Data(contentsOf: log), as: UTF8.self)
            return text.split(separator: "\n").suffix(20).joined(separator: "\n")
        } catch {
            return "no log"
        }
    }

    /// Looks every 50 ms whether `condition` holds.
    private func wait(_ complaint: @autoclosure () -> String, until condition: () async throws -> Bool) async throws {
        let end = clock.now() + Self.patience
        while try await !condition() {
            guard clock.now() < end else { throw Impatience(description: complaint()) }
            try await clock.sleep(for: .milliseconds(50))
        }
    }

    private var current: ServerProcess {
        get throws { try #require(process.withLock { $0 }, "the server does not run") }
    }
}

/// Something that was waited for and did not come.
struct Impatience: Error, CustomStringConvertible {
    let description: String
}
