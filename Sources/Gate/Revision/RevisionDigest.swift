import FlaggerAPI
package import JSON
import Platform

/// The name of what pods are made of: of their template, and of the ConfigMaps and Secrets that they read.
///
/// Version 2 is `2-`, ten hex digits for the template, and where ConfigMaps or Secrets are tracked a hyphen and ten hex
/// digits for these: `2-84bd4b7c5f`, `2-84bd4b7c5f-02cc7b9a61`. Of the template only that counts which means something,
/// see `CanonicalTemplate`. Version 1 was ten hex digits for the template as it is written, defaults and all; it is still
/// recognised, so that an upgrade starts no rollout.
///
/// A hash against accident, not against an adversary: who may write the workload may write any template.
package enum RevisionDigest {
    /// The digest of `template` in the present version; `configs` are the digests of tracked ConfigMaps and Secrets by
    /// `configmap/name` and `secret/name`, see `ConfigDigest`.
    package static func of(template: JSONValue, configs: [String: String] = [:]) -> String {
        let ofTemplate = of(canonicalHash: CanonicalTemplate.of(template).contentHash)
        return configs.isEmpty ? ofTemplate : "\(ofTemplate)-\(digest(of: configs))"
    }

    /// The same of a template in a request, in the present version.
    package static func of(template: JSONCursor) -> String {
        of(canonicalHash: CanonicalTemplate.contentHash(of: template))
    }

    /// The digest of a template by the content hash of what `CanonicalTemplate` makes of it.
    static func of(canonicalHash hash: UInt64) -> String { RevisionForm.prefix + PodTemplateRevision.digits(of: hash) }

    /// Whether `stored`, of whatever version, is the digest of this template with these `configs`.
    ///
    /// The first version said nothing of ConfigMaps and Secrets, so these do not matter then.
    package static func matches(_ stored: String, template: JSONValue, configs: [String: String] = [:]) -> Bool {
        guard RevisionForm.isFirstVersion(stored) else { return stored == of(template: template, configs: configs) }
        return stored == PodTemplateRevision.hash(of: template)
    }

    /// The one of `known`, which may be of earlier versions, that is the digest of this template with these `configs`;
    /// where there is none, the digest in the present version.
    ///
    /// With what a Canary's status remembers for `known`, a template has the same name after an upgrade as before it.
    package static func of(
        template: JSONValue,
        configs: [String: String] = [:],
        known: [String]
    ) -> String {
        firstVersion(of: template, among: known) ?? of(template: template, configs: configs)
    }

    /// The one of `known` that is the digest of `template` in the first version; nil for none.
    static func firstVersion(of template: JSONValue, among known: [String]) -> String? {
        firstVersion(among: known) { PodTemplateRevision.hash(of: template) }
    }

    /// The same of a template in a request.
    static func firstVersion(of template: JSONCursor, among known: [String]) -> String? {
        firstVersion(among: known) { PodTemplateRevision.hash(of: template) }
    }

    /// The one of `known` that is the digest in the first version, which is made only where one of them may be it.
    private static func firstVersion(among known: [String], digest: () -> String) -> String? {
        guard known.contains(where: RevisionForm.isFirstVersion) else { return nil }
        let digest = digest()
        return known.contains(digest) ? digest : nil
    }

    /// What `revision` says of the template alone: this is what stands on the target, where admission does not know of
    /// ConfigMaps and Secrets.
    package static func template(of revision: String) -> String {
        guard revision.hasPrefix(RevisionForm.prefix) else { return revision }
        return revision.split(separator: "-").prefix(2).joined(separator: "-")
    }

    /// Whether `revision` says something of ConfigMaps and Secrets.
    package static func hasConfigs(_ revision: String) -> Bool { template(of: revision) != revision }

    private static func digest(of configs: [String: String]) -> String {
        var bytes: [UInt8] = []
        for (name, digest) in configs.sorted(by: { $0.key < $1.key }) {
            bytes += Array(name.utf8) + [0] + Array(digest.utf8) + [0]
        }
        return SHA256.hex(of: bytes, digits: 10)
    }
}
