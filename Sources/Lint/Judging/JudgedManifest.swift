import Schema

/// An object and what was found in it.
struct JudgedManifest: Sendable {
    let manifest: Manifest
    let findings: [Finding]
}
