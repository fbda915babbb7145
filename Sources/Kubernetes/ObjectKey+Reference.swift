extension ObjectKey {
    /// The object that `reference` names, `name` or `namespace/name` up to the first `/`, in `namespace` where it names
    /// none.
    ///
    /// Source: Contour's references to Secrets.
    package init(reference: String, in namespace: String) {
        let parts = reference.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            self.init(namespace: namespace, name: reference)
            return
        }
        self.init(namespace: parts[0].isEmpty ? namespace : parts[0], name: parts[1])
    }
}
