import HTTP
import Logging
import Platform

/// Whom to trust and who we are in TLS, in PEM.
struct TLSMaterial: Hashable, Sendable {
    var authorities: [UInt8]?
    var certificate: [UInt8]?
    var key: [UInt8]?
}

/// A transport whose certificates change: connections are made with those of the day.
///
/// While the new ones cannot be used, for example because a key was replaced and its certificate not yet, the last that
/// could are; but not as nobody where the new ones say who we are.
final class ClusterTransport: HTTPTransport {
    private struct Current {
        let material: TLSMaterial
        let transport: any HTTPTransport
        /// What could not be used, so that it is not tried with each call.
        var rejected: TLSMaterial?
    }

    private let material: @Sendable () async throws -> TLSMaterial
    private let make: @Sendable (TLSMaterial) throws -> any HTTPTransport
    private let logger: Logger
    private let current: Locked<Current>

    /// A transport that is `first`, of that material, and that `make` makes anew whenever `material` is another.
    init(
        first: (material: TLSMaterial, transport: any HTTPTransport),
        logger: Logger = Logger(label: "canarygate.kubernetes"),
        material: @escaping @Sendable () async throws -> TLSMaterial,
        make: @escaping @Sendable (TLSMaterial) throws -> any HTTPTransport
    ) {
        current = Locked(Current(material: first.material, transport: first.transport))
        self.logger = logger
        self.material = material
        self.make = make
    }

    func send(_ request: ClientRequest) async throws -> ClientResponse {
        let wanted = try await material()
        return try await transport(wanted).send(request)
    }

    private func transport(_ wanted: TLSMaterial) throws -> any HTTPTransport {
        let known = current.withLock { $0 }
        if known.material == wanted || known.rejected == wanted { return known.transport }
        do {
            let made = try make(wanted)
            current.withLock { $0 = Current(material: wanted, transport: made) }
            return made
        } catch {
            guard known.material.certificate != nil || wanted.certificate == nil else { throw error }
            logger.error("new certificates cannot be used", metadata: ["error.message": "\(error)"])
            current.withLock { $0.rejected = wanted }
            return known.transport
        }
    }
}
