import JSON
import Kubernetes

/// A kind that the server serves, in one version.
struct ServedKind: Sendable {
    /// Group, version, plural, kind and scope, as objects are stored and admission sees them.
    let type: ResourceType
    /// Whether this is `autoscaling/v1`, whose objects are stored in v2.
    var isFirstAutoscaler = false
    /// `deployment`.
    let singular: String
    /// `deploy`.
    var shortNames: [String] = []
    /// `all`.
    var categories: [String] = []
    /// Whether `status` is a subresource.
    var hasStatus = false
    /// Whether `scale` is a subresource.
    var hasScale = false
    /// Where an object's Scale is in it.
    var scalePaths = ScalePaths.workload
    /// Subresources that are created: `token`, `eviction`.
    var actions: [SubresourceAction] { SubresourceAction.allCases.filter { $0.parent == type.qualifiedPlural } }
    /// Whether it comes from a CustomResourceDefinition.
    var isCustom = false
    /// `additionalPrinterColumns`, for a custom kind.
    var printerColumns: [JSONValue] = []
    /// Its definition in the version in the paths; nil for a kind that is built in.
    var custom: CustomKind?
    /// Its definition in the version that is stored, which prunes it and fills its defaults in.
    private var definition: CustomKind?

    /// What can be done to it.
    var verbs: [APIVerb] { [.create, .delete, .deletecollection, .get, .list, .patch, .update, .watch] }

    /// The type in the paths and in the answers.
    var shownType: ResourceType {
        if let custom { return custom.type }
        guard isFirstAutoscaler else { return type }
        return ResourceType(
            group: type.group,
            version: AutoscalerConversion.version,
            plural: type.plural,
            kind: type.kind
        )
    }

    /// `DeploymentList`.
    var listKind: String { type.kind + "List" }

    /// A kind that is built in.
    init(_ type: ResourceType, _ shortNames: [String] = [], categories: [String] = [], hasStatus: Bool = false) {
        self.type = type
        singular = type.kind.lowercased()
        self.shortNames = shortNames
        self.categories = categories
        self.hasStatus = hasStatus
    }

    /// A kind that a CustomResourceDefinition declares.
    init(_ custom: CustomKind) {
        type = custom.storedType
        singular = custom.singular
        shortNames = custom.shortNames
        categories = custom.categories
        hasStatus = custom.hasStatus
        if let paths = custom.scalePaths {
            hasScale = true
            scalePaths = paths
        }
        isCustom = true
        printerColumns = custom.columns
        self.custom = custom
        definition = custom.stored
    }

    /// `object`, in the version in the paths, with the defaults of that version.
    func shown(completing object: JSONValue) -> JSONValue {
        if let custom { return custom.pruned(object) }
        return isCustom ? object : ObjectDefaults.completed(object, shownType)
    }

    /// `object` with the defaults of its kind and without what its definition does not know.
    func completed(_ object: JSONValue) -> JSONValue {
        if let definition { return definition.pruned(object) }
        return isCustom ? object : ObjectDefaults.completed(object, type)
    }

    /// Checks `object`, which has its defaults and is to take the place of `old`, by its definition or, for what is built
    /// in, by the rules that users run into.
    ///
    /// - Throws: 422 with a cause for each fault.
    func check(_ object: JSONValue, replacing old: JSONValue? = nil) throws(KubernetesError) {
        let causes = definition?.causes(in: object) ?? ObjectValidation.causes(in: object, type, replacing: old)
        guard !causes.isEmpty else { return }
        throw .invalid(type.operation("check", object.key), type, name: object.name, causes: causes)
    }

    /// `object`, of a built-in kind from a client, as it is stored.
    func stored(_ object: JSONValue) -> JSONValue {
        isFirstAutoscaler ? AutoscalerConversion.stored(object) : object
    }

    /// `object`, of a built-in kind, as this version shows it.
    func presented(_ object: JSONValue) -> JSONValue {
        isFirstAutoscaler ? AutoscalerConversion.first(of: object) : versioned(object)
    }

    /// `object` in the version that is stored and that admission sees.
    func versioned(_ object: JSONValue) -> JSONValue {
        guard object["apiVersion"]?.string != type.apiVersion else { return object }
        var object = object
        object["apiVersion"] = .string(type.apiVersion)
        return object
    }
}
