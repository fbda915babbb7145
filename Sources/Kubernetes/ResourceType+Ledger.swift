extension ResourceType {
    /// Where StatefulSets, DaemonSets and the ledger of a Canary keep former templates.
    package static let controllerRevisions = ResourceType(
        group: "apps",
        version: "v1",
        plural: "controllerrevisions",
        kind: "ControllerRevision"
    )
}
