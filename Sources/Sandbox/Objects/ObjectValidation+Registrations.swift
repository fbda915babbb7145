import HTTP
import JSON
import Kubernetes

/// Definitions of kinds and registrations of webhooks.
///
/// Source: the `validation.go` files of apiextensions-apiserver and pkg/apis/admissionregistration.
extension ObjectValidation {
    /// What is wrong with a CustomResourceDefinition.
    static func definition(_ object: JSONValue) -> [FieldCause] {
        let plural = object[path: "spec", "names", "plural"]?.string ?? ""
        let group = object[path: "spec", "group"]?.string ?? ""
        guard object.name != "\(plural).\(group)" else { return [] }
        return [.invalid("metadata.name", .string(object.name), "must be spec.names.plural+\".\"+spec.group")]
    }

    /// What is wrong with the webhooks of a configuration.
    static func webhooks(_ webhooks: [JSONValue]) -> [FieldCause] {
        var names: Set<String> = []
        return webhooks.enumerated().flatMap { index, webhook in
            let path = "webhooks[\(index)]"
            let isNew = names.insert(webhook["name"]?.string ?? "").inserted
            return name(webhook, at: path, isNew: isNew) + settings(webhook, at: path)
                + reviewVersions(webhook, at: "\(path).admissionReviewVersions") + clientConfig(webhook, at: path)
        }
    }

    private static func name(_ webhook: JSONValue, at path: String, isNew: Bool) -> [FieldCause] {
        let name = webhook["name"]?.string ?? ""
        guard isNew else {
            let problem = "Duplicate value: \"\(name)\""
            return [FieldCause(field: "\(path).name", reason: "FieldValueDuplicate", message: problem)]
        }
        guard !name.isEmpty else { return [.required("\(path).name")] }
        guard name.split(separator: ".").count < 3 else { return [] }
        let problem = "should be a domain with at least three segments separated by dots"
        return [.invalid("\(path).name", .string(name), problem)]
    }

    private static func settings(_ webhook: JSONValue, at path: String) -> [FieldCause] {
        var causes: [FieldCause] = []
        if let seconds = webhook["timeoutSeconds"], !(1...30).contains(seconds.int ?? 0) {
            let problem = "the timeout value must be between 1 and 30 seconds"
            causes.append(.invalid("\(path).timeoutSeconds", seconds, problem))
        }
        let sideEffects = ["None", "NoneOnDryRun"]
        if webhook["sideEffects"] == nil {
            let problem = "must specify one of \(sideEffects.joined(separator: ", "))"
            causes.append(.required("\(path).sideEffects", problem))
        }
        let choices = [
            ("sideEffects", sideEffects), ("failurePolicy", ["Fail", "Ignore"]),
            ("matchPolicy", ["Equivalent", "Exact"]),
            ("reinvocationPolicy", ["IfNeeded", "Never"]),
        ]
        for (field, allowed) in choices {
            guard let value = webhook[field], !allowed.contains(value.string ?? "") else { continue }
            causes.append(.unsupported("\(path).\(field)", value, allowed))
        }
        return causes
    }

    private static func reviewVersions(_ webhook: JSONValue, at path: String) -> [FieldCause] {
        let known = ["v1", "v1beta1"]
        let versions = webhook["admissionReviewVersions"]?.array ?? []
        let list = known.joined(separator: ", ")
        guard !versions.isEmpty else { return [.required(path, "must specify one of \(list)")] }
        guard !versions.contains(where: { known.contains($0.string ?? "") }) else { return [] }
        return [.invalid(path, .array(versions), "must include at least one of \(list)")]
    }

    private static func clientConfig(_ webhook: JSONValue, at path: String) -> [FieldCause] {
        let config = webhook["clientConfig"]
        guard (config?["url"] == nil) != (config?["service"] == nil) else {
            return [.required("\(path).clientConfig", "exactly one of url or service is required")]
        }
        guard let url = config?["url"]?.string else { return [] }
        let form = "; desired format: https://host[/path]"
        let field = "\(path).clientConfig.url"
        guard url.hasPrefix("https://") else {
            let scheme = url.prefix { $0 != ":" }
            let problem = "'https' is the only allowed URL scheme\(form)"
            return [.invalid(field, .string(String(scheme)), problem)]
        }
        guard HTTPEndpoint(url: url) != nil else {
            let problem = "neither user information nor a query or a fragment is permitted in the URL\(form)"
            return [.invalid(field, .string(url), problem)]
        }
        return []
    }
}
