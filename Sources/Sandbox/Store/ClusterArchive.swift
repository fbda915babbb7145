package import JSON
import Kubernetes
import Platform

/// A cluster's objects in a file.
package struct ClusterArchive: Sendable {
    /// Why a file is not read.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        /// What is wrong.
        package let reason: String

        /// `read sandbox state: …`.
        package var description: String { "read sandbox state: \(reason)" }
    }

    private static let version = 1

    /// The whole of it, as JSON.
    package let value: JSONValue

    /// Everything that is in `cluster`.
    package init(of cluster: InMemoryCluster) { value = cluster.state.withLock { Self.value(of: $0) } }

    /// Reads what `bytes` hold.
    ///
    /// - Throws: `Failure` for what was not written by `bytes`.
    package init(_ bytes: [UInt8]) throws(Failure) {
        do { value = try JSONValue(parsing: bytes) } catch { throw Failure(reason: error.summary) }
        guard value["version"]?.int == Self.version else {
            throw Failure(reason: "version \(value["version"]?.text ?? "none"), expected \(Self.version)")
        }
        for kind in value["kinds"]?.array ?? [] where Self.type(kind) == nil {
            throw Failure(reason: "a kind without group, version, plural or kind")
        }
    }

    /// The archive as it goes into a file.
    package var bytes: [UInt8] { value.serialized + [UInt8(ascii: "\n")] }

    /// Puts everything into `cluster`, which is empty; versions and uids go on from where they were.
    func restore(into cluster: InMemoryCluster) {
        cluster.state.withLock { state in
            for entry in value["kinds"]?.array ?? [] {
                guard let type = Self.type(entry) else { continue }
                let kind = ClusterState.Kind(type)
                state.types[kind] = type
                for object in entry["objects"]?.array ?? [] { state.objects[kind, object.key] = object }
                state.lastChanges[kind] = value["resourceVersion"]?.int
            }
            state.version = max(state.version, value["resourceVersion"]?.int ?? 0)
            state.floor = state.version
            state.lastNumber = max(state.lastNumber, value["lastNumber"]?.int ?? 0)
        }
    }

    /// How many names were given out, so that none is given out again.
    var lastNumber: Int { value["lastNumber"]?.int ?? 0 }

    private static func value(of state: ClusterState) -> JSONValue {
        let kinds = state.types.sorted { $0.value.qualifiedPlural < $1.value.qualifiedPlural }
            .map { kind, type -> JSONValue in
                [
                    "group": .string(type.group), "version": .string(type.version), "plural": .string(type.plural),
                    "kind": .string(type.kind), "namespaced": .bool(type.isNamespaced),
                    "objects": .array(ClusterState.sorted(state.objects[kind])),
                ]
            }
        return [
            "version": .number(JSONNumber(version)), "resourceVersion": .number(JSONNumber(state.version)),
            "lastNumber": .number(JSONNumber(state.lastNumber)), "kinds": .array(kinds),
        ]
    }

    private static func type(_ entry: JSONValue) -> ResourceType? {
        guard let group = entry["group"]?.string, let version = entry["version"]?.string,
            let plural = entry["plural"]?.string, let kind = entry["kind"]?.string
        else { return nil }
        return ResourceType(
            group: group,
            version: version,
            plural: plural,
            kind: kind,
            isNamespaced: entry["namespaced"] != false
        )
    }
}
