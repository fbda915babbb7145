package import JSON

/// What of a pod template does not count for its revision, or counts in whatever spelling.
package struct TemplateRule: Sendable {
    /// What about the value at the path.
    package enum Treatment: Sendable {
        /// Left out where it is one of these.
        case leftOut([JSONValue])
        /// Left out where nothing is in it that counts.
        case leftOutEmpty
        /// Left out where it is what the image's tag gives: `Always` for `latest` and for none, else `IfNotPresent`.
        case leftOutByTag
        /// Left out where the member of this name beside it has the same value.
        case leftOutLike(String)
        /// Members of these names, or whose names begin with these prefixes, are left out.
        case without(keys: [String], prefixes: [String])
        /// A quantity.
        case quantity
        /// A map of quantities.
        case quantities
    }

    /// Where: `spec.containers[].ports[].protocol`; of names in braces, separated by commas, each is meant.
    package let path: String
    /// What about it.
    package let treatment: Treatment
    /// Why.
    package let reason: String

    init(_ path: String, _ treatment: Treatment, _ reason: String) {
        self.path = path
        self.treatment = treatment
        self.reason = reason
    }

    /// `path` in steps, once for each combination of the names in braces; an element of a list is the step `[]`.
    var steps: [[String]] {
        path.replacing("[]", with: ".[]").split(separator: ".").reduce([[]]) { paths, step in
            let names = step.hasPrefix("{") ? step.dropFirst().dropLast().split(separator: ",") : [step]
            return paths.flatMap { path in names.map { path + [String($0)] } }
        }
    }
}
