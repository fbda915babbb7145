import ArgumentParser
import Foundation
import Platform
import TLS
import TestSupport
import Testing
import canarygate

@Suite struct CertsCommandTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @discardableResult
    private func make(_ arguments: String...) throws -> String {
        try CertsCommand.parse(["--directory", folder.path] + arguments).makeFiles()
    }

    @Test func makesACertificateForTheServicesNames() throws {
        try make("--service", "gate", "--namespace", "ops", "--name", "gate.example.com", "--ip", "127.0.0.1")
        let info = try CertificateInfo(pem: FileStore.read("\(folder.path)/tls.crt"))
        #expect(info.commonName == "gate.ops.svc")
        #expect(
            info.names == [
                "gate.ops.svc", "gate", "gate.ops", "gate.ops.svc.cluster.local", "gate-conversion.ops.svc",
                "gate.example.com", "127.0.0.1",
            ]
        )
    }

    @Test func keepsItsFilesToItself() throws {
        try make()
        for name in ["ca.crt", "ca.key", "tls.crt", "tls.key"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
    }

    @Test func renewsUnderTheSameAuthority() throws {
        let bundle = try make()
        let authority = try FileStore.read("\(folder.path)/ca.crt")
        #expect(Base64.decode(bundle) == authority)
        let first = try FileStore.read("\(folder.path)/tls.crt")
        try make("--days", "30")
        #expect(try FileStore.read("\(folder.path)/ca.crt") == authority)
        #expect(try FileStore.read("\(folder.path)/tls.crt") != first)
        _ = try TLSContext.server(
            certificateChain: FileStore.read("\(folder.path)/tls.crt"),
            privateKey: FileStore.read("\(folder.path)/tls.key")
        )
    }

    @Test(arguments: [
        (["--days", "0"], "--days: 0, expected 1...825"),
        (["--ip", "localhost"], "--ip: localhost, expected an IP address; a DNS name is given with --name"),
    ])
    func refusesWhatItCannotMean(arguments: [String], expected: String) throws {
        let error = #expect(throws: (any Error).self) { try CertsCommand.parse(arguments) }
        #expect(CertsCommand.message(for: try #require(error)) == expected)
    }
}
