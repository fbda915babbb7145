/// A kubeconfig, or a file that it names, that cannot be used.
package struct KubeconfigError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kubeconfig's path, or the service account's folder.
    package let path: String
    /// The context that was read; nil where the fault is not in one.
    package let context: String?
    /// The field at fault, for example `clusters[kind].cluster.server`; nil where the fault is in the whole file.
    package let field: String?
    /// What is wrong.
    package let reason: String

    /// `load kubeconfig /root/.kube/config, context kind, users[kind].user.exec: credential plugins are not supported`.
    package var description: String {
        let context = context.map { ", context \($0)" } ?? ""
        let field = field.map { ", \($0)" } ?? ""
        return "load kubeconfig \(path)\(context)\(field): \(reason)"
    }
}
