import Foundation
import Platform
import Testing

/// What the system says of the process, in `/proc`.
extension ServerProcess {
    /// Its resident memory, in KiB.
    func residentMemory() throws -> Int {
        let status = String(decoding: try FileStore.read("/proc/\(identifier)/status"), as: UTF8.self)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.filter(\.isNumber)))
    }

    /// How many descriptors it has open, without its connections to `port`.
    func descriptors(besidesThoseTo port: Int) throws -> Int {
        let folder = "/proc/\(identifier)/fd"
        let links = try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { name in
            // One that was closed meanwhile is none.
            do { return try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/\(name)") } catch {
                return nil
            }
        }
        let others = try Self.sockets(to: port)
        return links.count { !others.contains($0) }
    }

    /// The sockets that are connected to `port`, as links to them read: `socket:[4711]`.
    private static func sockets(to port: Int) throws -> Set<String> {
        let table = String(decoding: try FileStore.read("/proc/self/net/tcp"), as: UTF8.self)
        // number, local address, remote address, state, queues, timer, retransmissions, user, timeout, inode
        let sockets = table.split(separator: "\n").dropFirst().map { $0.split(separator: " ") }
        return Set(
            sockets.filter { $0.count > 9 && Int($0[2].suffix(4), radix: 16) == port }.map { "socket:[\($0[9])]" }
        )
    }
}
