import JSON
import Kubernetes
import Platform

/// Objects of one kind as a Table of `meta.k8s.io`.
struct ObjectTable: Sendable {
    /// What a row carries beside its cells.
    enum Inclusion: String, Sendable {
        /// Nothing.
        case none = "None"
        /// The object's metadata.
        case metadata = "Metadata"
        /// The object.
        case object = "Object"
    }

    private let columns: [TableColumn]
    private let version: String
    private let inclusion: Inclusion

    /// Tables of `kind` in the `version` of `meta.k8s.io`.
    init(_ kind: ServedKind, version: String, inclusion: Inclusion = .metadata) {
        columns = TableColumns.columns(of: kind)
        self.version = version
        self.inclusion = inclusion
    }

    /// A table of `objects`; the columns are left out where the client knows them from the table before.
    func table(
        _ objects: [JSONValue],
        resourceVersion: String,
        now: Timestamp,
        hasColumns: Bool = true
    ) -> JSONValue {
        [
            "kind": "Table", "apiVersion": .string("meta.k8s.io/\(version)"),
            "metadata": ["resourceVersion": .string(resourceVersion)],
            "columnDefinitions": hasColumns ? .array(columns.map(\.definition)) : .null,
            "rows": .array(objects.map { row($0, now) }),
        ]
    }

    private func row(_ object: JSONValue, _ now: Timestamp) -> JSONValue {
        var row: JSONValue = ["cells": .array(columns.map { $0.cell(object, now) })]
        switch inclusion {
        case .none: break
        case .metadata: row["object"] = Self.metadata(of: object, version: version)
        case .object: row["object"] = object
        }
        return row
    }

    /// The PartialObjectMetadata of `object`.
    static func metadata(of object: JSONValue, version: String) -> JSONValue {
        [
            "kind": "PartialObjectMetadata", "apiVersion": .string("meta.k8s.io/\(version)"),
            "metadata": object["metadata"] ?? .object(JSONObject()),
        ]
    }
}
