import JSON
import Kubernetes
import Platform

/// Who owns which fields of an object: its `managedFields`.
///
/// Source: k8s.io/apimachinery `managedfields` and sigs.k8s.io/structured-merge-diff.
struct FieldOwnership {
    /// What one manager owns.
    private struct Entry {
        var manager: FieldManager
        var fields: FieldSet
        var time: String?
    }

    private var entries: [Entry] = []

    /// Nobody owns anything.
    init() {}

    /// What `object` says; nothing where it cannot be read.
    init(of object: JSONValue) {
        for entry in object[path: "metadata", "managedFields"]?.array ?? [] {
            guard let fields = entry["fieldsV1"].flatMap({ FieldSet($0) }) else { continue }
            let manager = FieldManager(
                name: entry["manager"]?.string ?? "",
                isApplier: entry["operation"] == "Apply",
                apiVersion: entry["apiVersion"]?.string ?? "",
                subresource: entry["subresource"]?.string ?? ""
            )
            entries.append(Entry(manager: manager, fields: fields, time: entry["time"]?.string))
        }
    }

    /// Whether nobody owns anything.
    var isEmpty: Bool { entries.isEmpty }

    /// The `managedFields`; nil when nobody owns anything.
    var value: JSONValue? {
        guard !entries.isEmpty else { return nil }
        let sorted = entries.sorted { left, right in
            let key = { (entry: Entry) in
                (entry.manager.isApplier ? 0 : 1, entry.time ?? "", entry.manager.name, entry.manager.subresource)
            }
            return key(left) < key(right)
        }
        return .array(
            sorted.map { entry in
                var value: JSONValue = [
                    "apiVersion": .string(entry.manager.apiVersion), "fieldsType": "FieldsV1",
                    "fieldsV1": entry.fields.value, "manager": .string(entry.manager.name),
                    "operation": entry.manager.isApplier ? "Apply" : "Update",
                ]
                if !entry.manager.subresource.isEmpty { value["subresource"] = .string(entry.manager.subresource) }
                value["time"] = entry.time.map(JSONValue.string)
                return value
            }
        )
    }

    // MARK: Updating

    /// Takes down that `manager` has made `new` of `old`: it owns what it changed, and nobody else does any longer.
    mutating func update(
        from old: JSONValue,
        to new: JSONValue,
        _ shape: ValueShape,
        by manager: FieldManager,
        at time: Timestamp
    ) {
        let difference = FieldDifference(from: old, to: new, shape)
        let changed = difference.modified.union(difference.added)
        for index in entries.indices where !entries[index].manager.isSame(as: manager) {
            entries[index].fields = entries[index].fields.subtracting(changed).subtracting(difference.removed)
        }
        let own = fields(of: manager).subtracting(difference.removed).union(changed)
        set(own, of: manager, at: time)
    }

    // MARK: Applying

    /// `live` once `manager` has applied `applied` to it; nil for an object that is new.
    ///
    /// - Throws: the 409 that names the fields that others own, unless `isForced`.
    mutating func apply(
        _ applied: JSONValue,
        to live: JSONValue,
        _ shape: ValueShape,
        by manager: FieldManager,
        isForced: Bool,
        at time: Timestamp
    ) throws(KubernetesError) -> JSONValue {
        let fields = FieldSet(of: applied, shape)
        let last = self.fields(of: manager)
        let merged = ApplyMerge.merged(live, applied, shape)
        let difference = FieldDifference(from: live, to: merged, shape)
        let changed = difference.modified.union(difference.added)
        var conflicts: [(FieldManager, FieldSet)] = []
        for index in entries.indices where !entries[index].manager.isSame(as: manager) {
            let conflict = entries[index].fields.intersection(changed)
            guard !conflict.isEmpty else { continue }
            conflicts.append((entries[index].manager, conflict))
            entries[index].fields = entries[index].fields.subtracting(conflict)
        }
        guard isForced || conflicts.isEmpty else { throw Self.conflict(conflicts) }
        set(fields, of: manager, at: time)
        let kept = entries.reduce(FieldSet()) { $0.union($1.fields) }
        return ApplyMerge.removing(last.subtracting(fields), keeping: kept, from: merged, shape)
    }

    /// Takes down that everything in `live` was there before anybody applied anything.
    mutating func noteBeforeFirstApply(_ live: JSONValue, _ shape: ValueShape, apiVersion: String, at time: Timestamp) {
        let manager = FieldManager(
            name: "before-first-apply",
            isApplier: false,
            apiVersion: apiVersion,
            subresource: ""
        )
        set(FieldSet(of: live, shape), of: manager, at: time)
    }

    private func fields(of manager: FieldManager) -> FieldSet {
        entries.first { $0.manager.isSame(as: manager) }?.fields ?? FieldSet()
    }

    private mutating func set(_ fields: FieldSet, of manager: FieldManager, at time: Timestamp) {
        if let index = entries.firstIndex(where: { $0.manager.isSame(as: manager) }) {
            if entries[index].fields != fields {
                entries[index] = Entry(manager: manager, fields: fields, time: time.rfc3339)
            }
        } else {
            entries.append(Entry(manager: manager, fields: fields, time: time.rfc3339))
        }
        entries.removeAll { $0.fields.isEmpty }
    }

    private static func conflict(_ conflicts: [(FieldManager, FieldSet)]) -> KubernetesError {
        let causes = conflicts.flatMap { manager, fields in
            fields.texts.map { field -> JSONValue in
                [
                    "reason": "FieldManagerConflict", "message": .string("conflict with \(manager.text)"),
                    "field": .string(field),
                ]
            }
        }
        let message: String
        if causes.count == 1, let (manager, fields) = conflicts.first {
            message = "Apply failed with 1 conflict: conflict with \(manager.text): \(fields.texts.joined())"
        } else {
            let lists = conflicts.sorted { $0.0.text < $1.0.text }
                .map { manager, fields in
                    "conflicts with \(manager.text):\n" + fields.texts.map { "- \($0)" }.joined(separator: "\n")
                }
            message = "Apply failed with \(causes.count) conflicts: \(lists.joined(separator: "\n"))"
        }
        return .refusal(409, "Conflict", message, details: ["causes": .array(causes)])
    }
}
