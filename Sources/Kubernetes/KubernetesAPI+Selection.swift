package import JSON

extension KubernetesAPI {
    /// Lists by namespace and labels, and looks at the fields afterwards.
    package func list(
        _ type: ResourceType,
        in selection: ListSelection,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> ObjectList {
        let filter = try SelectionFilter(selection, type.operation("list", namespace: selection.namespace))
        let list = try await list(type, namespace: selection.namespace, labelSelector: selection.labelSelector)
        return ObjectList(items: list.items.filter(filter.selects).map(trim), resourceVersion: list.resourceVersion)
    }

    /// Watches the namespace and leaves out what is not selected.
    ///
    /// What is no longer selected arrives as deleted, and so does now and then what never was.
    package func watch(
        _ type: ResourceType,
        in selection: ListSelection,
        resourceVersion: String,
        seconds: Int
    ) async throws(KubernetesError) -> WatchStream {
        let filter = try SelectionFilter(selection, type.operation("watch", namespace: selection.namespace))
        let stream = try await watch(type, namespace: selection.namespace, resourceVersion: resourceVersion)
        guard selection.labelSelector != nil || selection.fieldSelector != nil else { return stream }
        return WatchStream {
            var iterator = stream.makeAsyncIterator()
            while let event = try await iterator.next() {
                if let selected = filter.event(event) { return selected }
            }
            return nil
        }
    }

    /// Nothing: only a server can stream a collection's state.
    package func watchList(
        _ type: ResourceType,
        in selection: ListSelection,
        seconds: Int,
        trim: @escaping @Sendable (JSONValue) -> JSONValue
    ) async throws(KubernetesError) -> WatchedList? {
        nil
    }
}

/// Looks at objects as the server would.
private struct SelectionFilter: Sendable {
    private let labels: LabelSelector
    private let fields: FieldSelector

    init(_ selection: ListSelection, _ operation: String) throws(KubernetesError) {
        guard let labels = LabelSelector(selection.labelSelector ?? ""),
            let fields = FieldSelector(selection.fieldSelector ?? "")
        else {
            throw KubernetesError(
                operation: operation,
                code: 400,
                reason: "BadRequest",
                message: "unable to parse the selectors \(selection.query.map(\.1).joined(separator: " and "))"
            )
        }
        self.labels = labels
        self.fields = fields
    }

    func selects(_ object: JSONValue) -> Bool {
        var found: [String: String] = [:]
        for member in object[path: "metadata", "labels"]?.object ?? JSONObject() {
            found[member.key] = member.value.string
        }
        return labels.matches(found) && fields.matches(object)
    }

    /// What a watch with the selection would tell of `event`.
    func event(_ event: WatchEvent) -> WatchEvent? {
        switch event {
        case .added(let object): selects(object) ? event : nil
        case .modified(let object): selects(object) ? event : .deleted(object)
        case .deleted, .bookmark: event
        }
    }
}
