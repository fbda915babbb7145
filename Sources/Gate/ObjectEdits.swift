import JSON

/// The smallest patch that brings what the gate cares for on an object to what it must be.
struct ObjectEdits {
    private let object: JSONCursor
    private var operations: [JSONPatch.Operation] = []

    /// No edits yet to `object`, as it is sent.
    init(_ object: JSONCursor) { self.object = object }

    /// The edits as a patch.
    var patch: JSONPatch { JSONPatch(operations) }

    /// Makes the gate's annotations those of `stamp`; one that is nil there is taken away.
    ///
    /// - Returns: whether anything had to be changed.
    mutating func write(_ stamp: GateStamp) -> Bool {
        let before = operations.count
        guard let present = object["metadata", "annotations"], present.isObject else {
            var whole = JSONObject()
            stamp.visitAnnotations { name, value in whole[name] = value.map(JSONValue.string) }
            if !whole.isEmpty, object["metadata"]?.isObject == true {
                operations.append(.add(JSONPointer(["metadata", "annotations"]), .object(whole)))
            }
            return operations.count > before
        }
        operations.reserveCapacity(8)
        stamp.visitAnnotations { name, value in
            let old = present[name]
            if value == nil, old == nil { return }
            let pointer = JSONPointer(["metadata", "annotations", name])
            set(pointer, from: old?.value, to: value.map(JSONValue.string))
        }
        return operations.count > before
    }

    /// Puts on the label by which the API server knows what to ask about.
    mutating func mark() {
        let name = GateAnnotations.managed
        guard let labels = object["metadata", "labels"], labels.isObject else {
            guard object["metadata"]?.isObject == true else { return }
            return operations.append(.add(JSONPointer(["metadata", "labels"]), [name: "true"]))
        }
        set(JSONPointer(["metadata", "labels", name]), from: labels[name]?.value, to: "true")
    }

    /// Makes `spec.paused` what `isPaused` says; a missing one is false.
    ///
    /// - Returns: whether it had to be changed.
    mutating func pause(_ isPaused: Bool) -> Bool {
        guard let spec = object["spec"], spec.isObject else { return false }
        let present = spec["paused"]
        guard (present?.bool ?? false) != isPaused else { return false }
        set(JSONPointer(["spec", "paused"]), from: present?.value, to: .bool(isPaused))
        return true
    }

    /// Puts the node selector on the pods by which there are none.
    mutating func hold() {
        guard let pods = object["spec", "template"]?["spec"], pods.isObject else { return }
        let name = GateAnnotations.holdingSelector
        let path = ["spec", "template", "spec", "nodeSelector"]
        guard let selector = pods["nodeSelector"], selector.isObject else {
            return operations.append(.add(JSONPointer(path), [name: "true"]))
        }
        set(JSONPointer(path + [name]), from: selector[name]?.value, to: "true")
    }

    /// Makes `spec.updateStrategy` of a DaemonSet `strategy`.
    mutating func roll(by strategy: JSONValue) {
        guard let spec = object["spec"], spec.isObject else { return }
        set(JSONPointer(["spec", "updateStrategy"]), from: spec["updateStrategy"]?.value, to: strategy)
    }

    /// Makes the annotation `name` say `text`; nil takes it away.
    ///
    /// The stamp has been written before.
    mutating func annotate(_ name: String, _ text: String?) {
        let present = object["metadata", "annotations"]?[name]?.value
        set(JSONPointer(["metadata", "annotations", name]), from: present, to: text.map(JSONValue.string))
    }

    /// Makes `spec.replicas` the number `replicas`.
    ///
    /// - Returns: whether it had to be changed.
    mutating func scale(to replicas: Int) -> Bool {
        guard let spec = object["spec"], spec.isObject else { return false }
        let present = spec["replicas"]
        guard present?.int != replicas else { return false }
        set(JSONPointer(["spec", "replicas"]), from: present?.value, to: .number(JSONNumber(replicas)))
        return true
    }

    private mutating func set(_ pointer: JSONPointer, from old: JSONValue?, to new: JSONValue?) {
        switch (old, new) {
        case (nil, let new?): operations.append(.add(pointer, new))
        case (let old?, let new?) where old != new: operations.append(.replace(pointer, new))
        case (_?, nil): operations.append(.remove(pointer))
        default: break
        }
    }
}
