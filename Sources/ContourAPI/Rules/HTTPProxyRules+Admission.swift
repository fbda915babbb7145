package import Admission
package import JSON
package import Schema

extension HTTPProxyRules {
    /// What is wrong with `proxy` by itself and among the objects of `view`, at once; what of it changes for others.
    ///
    /// The ways from the roots to the object and what it includes itself are walked, and nothing else.
    ///
    /// - Parameters:
    ///   - proxy: the HTTPProxy as it is to be.
    ///   - stored: as it was; nil where it is new, or is judged as it stands.
    ///   - view: the other objects; whether the HTTPProxy itself is among them makes no difference.
    ///   - settings: how Contour is set up.
    /// - Returns: the findings, in the order of the object's fields.
    package static func findings(
        in proxy: JSONValue,
        insteadOf stored: JSONValue? = nil,
        among view: ClusterView,
        under settings: ContourSettings = ContourSettings()
    ) -> [Finding] {
        findings(for: proxy) + findings(for: proxy, among: view)
    }

    /// What the deletion of `proxy` does to those that include it or are included by it; warnings alone.
    package static func findings(
        deleting proxy: JSONValue,
        among view: ClusterView,
        under settings: ContourSettings = ContourSettings()
    ) -> [Finding] {
        []
    }
}
