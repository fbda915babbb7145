import Kubernetes

/// The types of the kinds that the API server has by itself: names, protobuf numbers and types of their fields.
///
/// Each line is a type: its name, with `!` when it is owned as one value, and its fields as `name:number:type`. A type is
/// a letter of `FieldShape` or a name, behind `[` for a list and `{` for a map. Behind it stand `@` with what tells a
/// list's elements apart, `!` for a map that is one value, `?` for a scalar whose zero says something, and `+` for a
/// field that must be there. `&2:Type` is an object whose members stand in the outer one. `#` begins a group.
///
/// Source: the fields and markers of k8s.io/api, apimachinery and apiextensions-apiserver.
enum BuiltInTypes {
    /// What all objects have, and definitions; schemas in definitions are taken as they are.
    private static let common = """
        # meta
        ObjectMeta name:1:s generateName:2:s namespace:3:s selfLink:4:s uid:5:s resourceVersion:6:s generation:7:i
          creationTimestamp:8:t deletionTimestamp:9:t deletionGracePeriodSeconds:10:i? labels:11:{s annotations:12:{s
          ownerReferences:13:[OwnerReference@uid~uid finalizers:14:[s@~ managedFields:17:[ManagedFieldsEntry
        OwnerReference! apiVersion:5:s+ kind:1:s+ name:3:s+ uid:4:s+ controller:6:b? blockOwnerDeletion:7:b?
        ManagedFieldsEntry manager:1:s operation:2:s apiVersion:3:s time:4:t fieldsType:6:s fieldsV1:7:a
          subresource:8:s
        LabelSelector! matchLabels:1:{s matchExpressions:2:[LabelSelectorRequirement
        LabelSelectorRequirement key:1:s+ operator:2:s+ values:3:[s
        Condition type:1:s+ status:2:s+ observedGeneration:3:i lastTransitionTime:4:t+ reason:5:s+ message:6:s+
        # apiextensions/v1
        CustomResourceDefinition metadata:1:meta.ObjectMeta spec:2:CustomResourceDefinitionSpec+ status:3:a
        CustomResourceDefinitionSpec group:1:s+ names:3:CustomResourceDefinitionNames+ scope:4:s+
          versions:7:[CustomResourceDefinitionVersion+ conversion:9:CustomResourceConversion
          preserveUnknownFields:10:b
        CustomResourceDefinitionNames plural:1:s+ singular:2:s shortNames:3:[s kind:4:s+ listKind:5:s
          categories:6:[s
        CustomResourceDefinitionVersion name:1:s+ served:2:b+ storage:3:b+ schema:4:a subresources:5:a
          additionalPrinterColumns:6:[a deprecated:7:b deprecationWarning:8:s? selectableFields:9:[a
        CustomResourceConversion strategy:1:s+ webhook:2:a
        """

    /// All types by name.
    static let shapes: [String: ObjectShape] = {
        var shapes: [String: ObjectShape] = [:]
        for text in [common, pods, volumes, core, workloads, cluster] { read(text, into: &shapes) }
        return shapes.mapValues { shape in
            var shape = shape
            shape.members = members(of: shape.name, shapes)
            return shape
        }
    }()

    /// The type of the objects of `type`; nil for a kind that is not built in.
    static func shape(of type: ResourceType) -> ObjectShape? { shapes[name(of: type)] }

    /// `apps/v1.Deployment`, whether there is such a type or not.
    static func name(of type: ResourceType) -> String {
        let group = type.group.isEmpty ? "core" : type.group.prefix { $0 != "." }
        return "\(group)/\(type.version).\(type.kind)"
    }

    private static func read(_ text: String, into shapes: inout [String: ObjectShape]) {
        var group = ""
        var line = ""
        let lines: [Substring] = text.split(separator: "\n") + ["# "]
        for next in lines {
            if next.hasPrefix("  ") {
                line += next
                continue
            }
            if let shape = ObjectShape(line, group: group) { shapes[shape.name] = shape }
            line = ""
            if next.hasPrefix("# ") { group = String(next.dropFirst(2)) } else { line = String(next) }
        }
    }

    private static func members(of name: String, _ shapes: [String: ObjectShape]) -> [String: ObjectField] {
        var members: [String: ObjectField] = [:]
        for field in shapes[name]?.fields ?? [] {
            if field.isInlined, case .object(let inner) = field.shape {
                members.merge(self.members(of: inner, shapes)) { outer, _ in outer }
            } else {
                members[field.name] = field
            }
        }
        return members
    }
}
