import JSON
import Kubernetes
import Platform

/// A list, or a part of it, as it goes to a client.
struct ObjectPage {
    /// The objects of the page.
    let items: [JSONValue]
    /// `resourceVersion`, and on all pages but the last `continue` and `remainingItemCount`.
    let metadata: JSONValue

    /// The present version of the list.
    var resourceVersion: String { metadata["resourceVersion"]?.string ?? "" }

    /// Makes the page of `objects`, all that are selected at `version`, that `options` want.
    ///
    /// `isCounted` when nothing was left out by selectors, for only then the rest is counted.
    init(_ objects: [JSONValue], version: Int, _ options: ListOptions, isCounted: Bool) {
        var rest = objects[...]
        if case .following(_, let last) = options.moment {
            let place = { (key: ObjectKey) in (key.namespace ?? "", key.name) }
            rest = rest.drop { place($0.key) <= place(last) }
        }
        let page = options.limit.map { rest.prefix($0) } ?? rest
        items = Array(page)
        var metadata: JSONValue = ["resourceVersion": .string(String(version))]
        if page.count < rest.count, let last = page.last {
            metadata["continue"] = .string(ListOptions.token(after: last.key, version: version))
            if isCounted { metadata["remainingItemCount"] = .number(JSONNumber(rest.count - page.count)) }
        }
        self.metadata = metadata
    }
}

extension InMemoryCluster {
    /// The objects of the call's kind at the moment that `options` name, and the version of that moment; those of other
    /// namespaces than `namespace`, where it is not nil, may be missing.
    ///
    /// - Throws: the 410 of a version that is forgotten, the 504 of one that has not come yet.
    func listed(
        _ call: ClusterCall,
        in namespace: String?,
        _ options: ListOptions
    ) throws(KubernetesError) -> ([JSONValue], version: Int) {
        try locked { state throws(KubernetesError) in
            try state.checkServed(call)
            let kind = ClusterState.Kind(call.type)
            switch options.moment {
            case .present: return (state.sorted(kind, in: namespace), state.version)
            case .notBefore(let version):
                guard version <= state.version else { throw call.tooLarge(version, current: state.version) }
                return (state.sorted(kind, in: namespace), state.version)
            case .exact(let version):
                guard version <= state.version else { throw call.tooLarge(version, current: state.version) }
                guard let objects = state.sorted(kind, in: namespace, at: version) else {
                    throw call.failure(410, "Expired", "The resourceVersion for the provided list is too old.")
                }
                return (objects, version)
            case .following(let version, let last):
                guard version >= 0 else { return (state.sorted(kind, in: namespace), state.version) }
                guard let objects = state.sorted(kind, in: namespace, at: version) else {
                    throw call.expired(after: last)
                }
                return (objects, version)
            }
        }
    }
}

extension ClusterCall {
    /// 504 for a version that is yet to come.
    fileprivate func tooLarge(_ version: Int, current: Int) -> KubernetesError {
        let cause: JSONValue = ["reason": "ResourceVersionTooLarge", "message": "Too large resource version"]
        let details: JSONValue = ["causes": [cause], "retryAfterSeconds": 1]
        let message = "Timeout: Too large resource version: \(version), current: \(current)"
        return .refusal(504, "Timeout", message, details: details)
    }

    /// 410 for a page of a list that is forgotten, with the token by which the rest of the present one can be had.
    fileprivate func expired(after last: ObjectKey) -> KubernetesError {
        var status = failure(410, "Expired", Self.expiry).body
        status[path: "metadata", "continue"] = .string(ListOptions.token(after: last, version: -1))
        return KubernetesError(
            operation: operation,
            code: 410,
            reason: "Expired",
            message: Self.expiry,
            status: status
        )
    }

    /// What the API server says word for word; clients show it.
    private static let expiry = """
        The provided continue parameter is too old to display a consistent list result. You can start a new list without \
        the continue parameter, or use the continue token in this response to retrieve the remainder of the results. \
        Continuing with the provided token results in an inconsistent list - objects that were created, modified, or \
        deleted between the time the first chunk was returned and now may show up in the list.
        """
}
