import HTTP
import ServiceLifecycle

/// A part of the server that runs until it is cancelled.
struct ServicePart: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown { try await body() }
        } catch is CancellationError {
            // It was told to stop while it waited.
        }
    }
}

/// A server that goes on for the time of the departure when it is told to stop.
struct DepartingPart: Service {
    let server: HTTPServer
    let departure: Departure

    func run() async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { [server, departure] group in
                defer { group.cancelAll() }
                group.addTask { try await server.run() }
                group.addTask {
                    try await gracefulShutdown()
                    await departure.wait()
                }
                try await group.next()
            }
        } catch is CancellationError {
            // It was cancelled without notice.
        }
    }
}

/// Tells the probes and the clients that the server is on its way out, before any part of it stops.
struct LeaveNotice: Service {
    let departure: Departure
    let server: HTTPServer

    func run() async throws {
        defer {
            departure.begin()
            server.announceEnd()
        }
        try await gracefulShutdown()
    }
}
