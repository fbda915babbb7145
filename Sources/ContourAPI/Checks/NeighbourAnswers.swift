package import Kubernetes

/// What the checks of one HTTPProxy ask of the objects round it, answered by a `Neighbourhood` or a table.
package protocol NeighbourAnswers: Sendable {
    /// How Contour is set up.
    var settings: ContourSettings { get }

    /// The Secret that `reference` names, `name` or `namespace/name`, for `use`.
    func secret(_ reference: String, for use: Neighbourhood.SecretUse) -> Neighbourhood.SecretAnswer

    /// The Secret at `key`, which Contour's own settings name.
    func secret(
        at key: ObjectKey,
        for use: Neighbourhood.SecretUse,
        needsDelegation: Bool
    ) -> Neighbourhood.SecretAnswer

    /// The port `port` of the Service `name`, and `healthPort` where one is given.
    func service(_ name: String, port: Int, healthPort: Int?) -> Neighbourhood.ServiceAnswer

    /// The ExtensionService at `key`.
    func extensionService(_ key: ObjectKey) -> Neighbourhood.ExtensionAnswer
}

extension Neighbourhood: NeighbourAnswers {}
