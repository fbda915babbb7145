/// A part of the code that takes bytes from strangers, and what must hold whatever they are.
package struct FuzzTarget: Sendable {
    /// What `scripts/fuzz` calls it, and the folder of its seeds.
    package let name: String
    /// Hands the bytes to the code.
    ///
    /// - Throws: `BrokenInvariant` when something does not hold; bytes that are refused as they should be are no error.
    package let run: @Sendable (_ bytes: [UInt8]) throws -> Void

    /// All there are.
    package static let all = [
        FuzzTarget(name: "http", run: RequestTarget.run),
        FuzzTarget(name: "http-response", run: ResponseTarget.run),
        FuzzTarget(name: "json", run: JSONTarget.run),
        FuzzTarget(name: "yaml", run: YAMLTarget.run),
        FuzzTarget(name: "review", run: ReviewTarget.run),
        FuzzTarget(name: "conversion", run: ConversionTarget.run),
        FuzzTarget(name: "patch", run: PatchTarget.run),
        FuzzTarget(name: "pem", run: PEMTarget.run),
    ]

    /// The target of this name; nil when there is none.
    package static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}
