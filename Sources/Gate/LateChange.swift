package import JSON
import Platform

/// What changed in a pod template that no webhook has seen.
package enum LateChange {
    /// `podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1`, as the webhook would have said it; where the template before is
    /// not known, what there is now: `changed: podinfod: stefanprodan/podinfo:3.1.1`.
    package static func text(from old: JSONValue?, to new: JSONValue) -> String {
        if let old {
            let change = TemplateChange(from: old, to: new)
            if !change.images.isEmpty || !change.paths.isEmpty { return change.text }
        }
        let images = (new[path: "spec", "containers"]?.array ?? []).compactMap { container -> String? in
            guard let name = container["name"]?.string, let image = container["image"]?.string else { return nil }
            return "\(name): \(image)"
        }
        return OneLine.cut("changed: \(images.joined(separator: ", "))", to: TemplateChange.limit)
    }
}
