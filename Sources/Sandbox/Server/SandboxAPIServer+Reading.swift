import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// Reading objects.
extension SandboxAPIServer {
    /// One object, or its Scale.
    func get(_ call: APICall) async throws(KubernetesError) -> ServerResponse {
        let format = try ResponseFormat(accept: call.header(.accept))
        let stored = try cluster.current(call.key, call.stored(at: clock.now()))
        guard call.path.subresource != "scale" else { return .json(try scale(of: stored, call)) }
        let object = try await versions.shown(stored, as: call.kind)
        switch format {
        case .objects: return .json(object)
        case .table(let version):
            return .json(
                try table(call, version).table([object], resourceVersion: object.resourceVersion, now: clock.now())
            )
        case .metadata(let version): return .json(ObjectTable.metadata(of: object, version: version))
        }
    }

    /// The objects that the call selects.
    func list(_ call: APICall) async throws(KubernetesError) -> ServerResponse {
        let format = try ResponseFormat(accept: call.header(.accept))
        let selection = try ObjectSelection(call)
        let options = try ListOptions(call)
        let (all, version) = try cluster.listed(call.stored(at: clock.now()), in: call.path.namespace, options)
        let page = ObjectPage(
            all.filter(selection.contains),
            version: version,
            options,
            isCounted: !selection.leavesOut
        )
        let objects = try await versions.shown(page.items, as: call.kind)
        switch format {
        case .objects: return .json(Self.list(objects, page.metadata, call.kind))
        case .table(let version):
            var table = try table(call, version)
                .table(objects, resourceVersion: page.resourceVersion, now: clock.now())
            table["metadata"] = page.metadata
            return .json(table)
        case .metadata(let version):
            return .json([
                "kind": "PartialObjectMetadataList", "apiVersion": .string("meta.k8s.io/\(version)"),
                "metadata": page.metadata,
                "items": .array(objects.map { ObjectTable.metadata(of: $0, version: version) }),
            ])
        }
    }

    /// The Scale of `object`.
    ///
    /// - Throws: the 500 of a custom object that does not say how many replicas it wants.
    private func scale(of object: JSONValue, _ call: APICall) throws(KubernetesError) -> JSONValue {
        let paths = call.kind.scalePaths
        if call.kind.isCustom, object.value(below: paths.replicas) == nil {
            let field = ".\(paths.replicas.joined(separator: "."))"
            throw .internalError("get scale", "the spec replicas field \"\(field)\" does not exist")
        }
        return ClusterState.scale(of: object, paths)
    }

    /// A list as the API server writes it: the items of built-in kinds without kind and apiVersion.
    static func list(_ objects: [JSONValue], _ metadata: JSONValue, _ kind: ServedKind) -> JSONValue {
        let items =
            kind.isCustom
            ? objects
            : objects.map { object in
                var object = object
                object["kind"] = nil
                object["apiVersion"] = nil
                return object
            }
        return [
            "kind": .string(kind.listKind), "apiVersion": .string(kind.shownType.apiVersion), "metadata": metadata,
            "items": .array(items),
        ]
    }

    /// The table that `call` wants.
    func table(_ call: APICall, _ version: String) throws(KubernetesError) -> ObjectTable {
        let text = call.query["includeObject"] ?? ""
        guard let inclusion = text.isEmpty ? .metadata : ObjectTable.Inclusion(rawValue: text) else {
            throw .badRequest("unrecognized includeObject value: \"\(text)\"")
        }
        return ObjectTable(call.kind, version: version, inclusion: inclusion)
    }
}
