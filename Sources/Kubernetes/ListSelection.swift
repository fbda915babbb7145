/// Which objects of a kind are meant.
package struct ListSelection: Hashable, Sendable {
    /// The namespace; nil for all of them.
    package var namespace: String?
    /// A condition on labels, `a=b,c!=d`; nil for none.
    package var labelSelector: String?
    /// A condition on fields, `metadata.name=x`; nil for none.
    ///
    /// Custom resources have `metadata.name` and `metadata.namespace`, and what their definition declares.
    package var fieldSelector: String?

    /// The objects that all of these select.
    package init(namespace: String? = nil, labelSelector: String? = nil, fieldSelector: String? = nil) {
        self.namespace = namespace
        self.labelSelector = labelSelector
        self.fieldSelector = fieldSelector
    }

    /// The selectors as they stand in a query; an empty one is none.
    var query: [(String, String)] {
        [("labelSelector", labelSelector), ("fieldSelector", fieldSelector)].compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : (name, $0) }
        }
    }
}
