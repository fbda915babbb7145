import FlaggerAPI
import JSON
import Kubernetes
import Schema
import YAML

/// Reads the objects out of sources.
struct ManifestReader {
    /// The kinds that matter; others are counted.
    let types: [ResourceType]
    /// The namespace of objects that name none.
    let namespace: String
    private(set) var manifests: [Manifest] = []
    private(set) var faults: [InputFault] = []
    /// How many objects are of other kinds.
    private(set) var passedOver = 0

    init(types: [ResourceType], namespace: String) {
        self.types = types
        self.namespace = namespace
    }

    /// Where what is read stands.
    private struct Place {
        let source: Source
        let index: Int
        let text: DocumentText
        let document: Int
    }

    /// Reads one document of `source`, the one at `index` among the sources.
    mutating func read(_ text: DocumentText, of source: Source, at index: Int) {
        do throws(YAMLError) {
            for (number, document) in try text.documents(in: source).enumerated() {
                let place = Place(source: source, index: index, text: text, document: number)
                take(document.value, at: JSONPointer([]), document.marks, place)
            }
        } catch {
            faults.append(InputFault(source, at: text.mark(error.mark), reason: "parse YAML: \(error.reason)"))
        }
    }

    /// Takes `value` in, or what it lists.
    private mutating func take(
        _ value: JSONValue,
        at pointer: JSONPointer,
        _ marks: [JSONPointer: YAMLMark],
        _ place: Place
    ) {
        if value.isNull { return }
        guard let version = value["apiVersion"]?.string, !version.isEmpty, let kind = value["kind"]?.string,
            !kind.isEmpty
        else {
            if value.object != nil, Self.isKustomization(place.source.name) {
                passedOver += 1
                return
            }
            let mark = marks[pointer].map(place.text.mark) ?? place.text.start
            return faults.append(InputFault(place.source, at: mark, reason: Self.complaint(about: value)))
        }
        if kind.hasSuffix("List"), let items = value["items"]?.array {
            let itemKind = String(kind.dropLast("List".count))
            for (number, item) in items.enumerated() {
                let object = Self.identified(item, version, itemKind)
                take(object, at: pointer.appending("items").appending(number), marks, place)
            }
            return
        }
        let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
        guard let type = types.first(where: { $0.kind == kind && $0.group == group }) else {
            guard let complaint = unknownKind(kind, of: group) else {
                passedOver += 1
                return
            }
            let mark = marks[pointer.appending("kind")].map(place.text.mark) ?? place.text.start
            return faults.append(InputFault(place.source, at: mark, reason: complaint))
        }
        manifests.append(
            Manifest(
                source: place.index,
                text: place.text,
                document: place.document,
                pointer: pointer,
                type: type,
                object: placed(value, type)
            )
        )
    }

    /// The kinds of Contour's group; those beside what is judged are its operator's.
    private static let contourKinds = [
        "HTTPProxy", "TLSCertificateDelegation", "ExtensionService", "ContourConfiguration", "ContourDeployment",
    ]

    /// What is said of a kind that Flagger's or Contour's group does not have; nil for one of another group, which may
    /// well have it.
    private func unknownKind(_ kind: String, of group: String) -> String? {
        let kinds: [String]
        switch group {
        case ResourceType.canaries.group: kinds = FlaggerKind.allCases.map(\.type.kind)
        case ResourceType.httpProxies.group: kinds = Self.contourKinds
        default: return nil
        }
        guard !kinds.contains(kind) else { return nil }
        let near = NearestName.find(kind, among: kinds).map { "; did you mean \($0)?" } ?? ""
        return "\(TextPlace.oneLine(kind)) is no kind of \(group), which has \(kinds.joined(separator: ", "))\(near)"
    }

    /// The object in its namespace.
    private func placed(_ object: JSONValue, _ type: ResourceType) -> JSONValue {
        let metadata = object["metadata"] ?? .null
        guard type.isNamespaced, metadata.isNull || metadata.object != nil, metadata["namespace"]?.string == nil else {
            return object
        }
        var placed = object
        placed[path: "metadata", "namespace"] = .string(namespace)
        return placed
    }

    /// An item of a list of one kind, such as a CanaryList, may leave its kind to the list.
    private static func identified(_ item: JSONValue, _ version: String, _ kind: String) -> JSONValue {
        guard !kind.isEmpty, item.object != nil, item["kind"] == nil else { return item }
        var object = item
        if object["apiVersion"] == nil { object["apiVersion"] = .string(version) }
        object["kind"] = .string(kind)
        return object
    }

    /// kustomize's own file may leave its kind out.
    private static func isKustomization(_ name: String) -> Bool {
        let file = name.split(separator: "/").last ?? ""
        return ["kustomization.yaml", "kustomization.yml", "Kustomization"].contains { file == $0 }
    }

    private static func complaint(about value: JSONValue) -> String {
        guard let object = value.object else { return "\(value.typeName), expected a Kubernetes object" }
        let missing = ["apiVersion", "kind"].filter { object[$0] == nil }.map { "no \($0)" }
        if !missing.isEmpty { return "\(missing.joined(separator: " and ")), expected a Kubernetes object" }
        return "apiVersion and kind are not both names, expected a Kubernetes object"
    }
}
