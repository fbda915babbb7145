/// The object that findings are about.
package struct LintSubject: Hashable, Sendable {
    /// `flagger.app/v1beta1`; empty where the document holds no object that is judged.
    package let apiVersion: String
    /// `Canary`.
    package let kind: String
    /// The namespace, that of the command line where the object names none.
    package let namespace: String
    /// The name; empty where it is to be generated.
    package let name: String
    /// The input that it stands in.
    package let file: String
    /// Where it begins.
    package let line: Int

    /// `Canary test/podinfo`.
    package var title: String {
        if kind.isEmpty { return "document at line \(line)" }
        let place = namespace.isEmpty ? name : "\(namespace)/\(name)"
        return "\(kind) \(name.isEmpty ? "at line \(line)" : place)"
    }
}
