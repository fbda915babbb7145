/// The fields of a type of the built-in kinds.
struct ObjectShape: Sendable {
    /// `apps/v1.DeploymentSpec`.
    let name: String
    /// Whether it is owned as one value.
    let isAtomic: Bool
    /// The fields as the type lists them.
    let fields: [ObjectField]
    /// The fields by their names in JSON, those of inlined objects among them.
    var members: [String: ObjectField] = [:]

    /// `DeploymentSpec`.
    var shortName: String { name.split(separator: ".").last.map(String.init) ?? name }

    /// Reads `DeploymentSpec replicas:1:i? …`; nil for an empty line.
    init?(_ line: String, group: String) {
        let words = line.split(separator: " ")
        guard let head = words.first else { return nil }
        isAtomic = head.last == "!"
        name = "\(group).\(isAtomic ? head.dropLast() : head)"
        fields = words.dropFirst().compactMap { ObjectField($0, group: group) }
    }
}
