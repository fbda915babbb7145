package import Admission
package import JSON
import Kubernetes

/// The ConfigMaps and Secrets that the pods of a template read: as volumes, projected or not, and as variables, of all
/// kinds of containers.
///
/// Not those for image pulls, of CSI drivers, and service account tokens: pods do not read them.
package struct ConfigReferences: Hashable, Sendable {
    /// They, by kind and name.
    package let all: [ConfigReference]
    /// Those of `all` that pods cannot do without.
    package let needed: Set<ConfigReference>

    /// The references of `template`, a workload's `spec.template`.
    package init(of template: JSONValue) {
        let needs = ConfigReference.needs(of: template)
        all = needs.keys.sorted()
        needed = Set(needs.filter(\.value).keys)
    }

    /// The annotation on a ConfigMap or Secret whose changes are to go by unproven: `disabled`, or anything else that
    /// begins with `disable`.
    ///
    /// Source: Flagger's config tracking.
    package static let optOut = "flagger.app/config-tracking"

    /// Whether a change of `object`, a ConfigMap or a Secret, makes a new revision: it has not opted out, and is no
    /// Secret of a type that the cluster's own parts write, such as service account tokens.
    package static func isTracked(_ object: JSONValue) -> Bool {
        object.annotation(optOut)?.hasPrefix("disable") != true && isOfTrackedType(object)
    }

    /// Whether `object` is no Secret of a type that the cluster's own parts write.
    static func isOfTrackedType(_ object: JSONValue) -> Bool {
        guard let type = object["type"]?.string, !type.isEmpty else { return true }
        return secretTypes.contains(type)
    }

    /// Source: Flagger's config tracking.
    private static let secretTypes: Set<String> = [
        "Opaque", "kubernetes.io/basic-auth", "kubernetes.io/ssh-auth", "kubernetes.io/tls",
    ]
}
