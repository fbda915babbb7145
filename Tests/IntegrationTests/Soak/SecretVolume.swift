import Foundation
import Glibc
import Platform
import TLS

/// A mounted Secret: files that are links into a folder behind the link `..data`, which the kubelet swaps.
///
/// Source: Kubernetes, `pkg/volume/util/atomic_writer.go`.
struct SecretVolume: Sendable {
    /// Where it is mounted.
    let folder: String

    /// The serving certificate's file.
    var certificatePath: String { "\(folder)/tls.crt" }
    /// Its key's file.
    var privateKeyPath: String { "\(folder)/tls.key" }

    /// Mounts it at `folder` with `identity` in it.
    init(at folder: String, _ identity: Identity) throws {
        self.folder = folder
        try FileStore.makeFolder(folder)
        for name in ["tls.crt", "tls.key"] { try Self.link("\(folder)/\(name)", to: "..data/\(name)") }
        try put(identity)
    }

    /// Swaps what is in it for `identity`.
    func put(_ identity: Identity) throws {
        let data = "\(folder)/..data"
        let hasOld = FileManager.default.fileExists(atPath: data)
        let old = hasOld ? try FileManager.default.destinationOfSymbolicLink(atPath: data) : nil
        let new = "..\(UUID().uuidString)"
        try FileStore.makeFolder("\(folder)/\(new)")
        try FileStore.write(identity.certificate, to: "\(folder)/\(new)/tls.crt")
        try FileStore.write(identity.privateKey, to: "\(folder)/\(new)/tls.key")
        try Self.link("\(data)_tmp", to: new)
        guard rename("\(data)_tmp", data) == 0 else { throw CocoaError(.fileWriteUnknown) }
        if let old { try FileManager.default.removeItem(atPath: "\(folder)/\(old)") }
    }

    private static func link(_ path: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }
}
