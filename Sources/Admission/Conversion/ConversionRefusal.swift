package import JSON
import Kubernetes
import Platform

/// An object that cannot be converted.
package struct ConversionRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// `convert Canary test/podinfo to flagger.app/v2: no version of it, expected …`, one line.
    package let description: String

    /// Says that `object` cannot be given in `apiVersion` because of `problem`.
    package init(_ object: JSONValue, to apiVersion: String, _ problem: String) {
        let kind = OneLine.cut(object["kind"]?.string ?? "object", to: 64)
        let key = OneLine.cut(object.name.isEmpty ? "without a name" : object.key.description, to: 320)
        description = "convert \(kind) \(key) to \(OneLine.cut(apiVersion, to: 64)): \(problem)"
    }
}
