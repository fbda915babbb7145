import Glibc
import HTTP
import Sockets
import Testing

/// A process without a free descriptor.
@Suite(.timeLimit(.minutes(1))) struct ServerExhaustionTests {
    @Test func waitsForADescriptorAndServesOnMeanwhile() async {
        // In a process of its own: nothing else could open a file meanwhile.
        await #expect(processExitsWith: .success) {
            try await withServer(handler: echo) { server, loops in
                let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
                let open = try await RawConnection.open(server.port, loops)
                try await open.send(request)
                _ = try await open.read(through: "GET / ")
                var held: [Int32] = []
                while true {
                    let descriptor = dup(0)
                    guard descriptor >= 0 else { break }
                    held.append(descriptor)
                }
                // The client's end of the next connection gets the only one.
                if let last = held.popLast() { close(last) }
                let waiting = try await RawConnection.open(server.port, loops)
                try await waiting.send(request)
                while server.statistics.refusals["descriptors"] == 0 {
                    try await open.send(request)
                    _ = try await open.read(through: "GET / ")
                }
                for descriptor in held { close(descriptor) }
                _ = try await waiting.read(through: "GET / ")
            }
        }
    }
}
