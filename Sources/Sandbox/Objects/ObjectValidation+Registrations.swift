import HTTP
import JSON
import Kubernetes
import Platform
import TLS

/// Definitions of kinds and registrations of webhooks.
///
/// Source: the `validation.go` files of apiextensions-apiserver and pkg/apis/admissionregistration.
extension ObjectValidation {
    /// What is wrong with a CustomResourceDefinition, which is to take the place of `old`.
    static func definition(_ object: JSONValue, _ old: JSONValue?) -> [FieldCause] {
        let plural = object[path: "spec", "names", "plural"]?.string ?? ""
        let group = object[path: "spec", "group"]?.string ?? ""
        let others = scope(object, old) + conversion(object[path: "spec", "conversion"] ?? .null)
        guard object.name != "\(plural).\(group)" else { return others }
        let problem = "must be spec.names.plural+\".\"+spec.group"
        return [.invalid("metadata.name", .string(object.name), problem)] + others
    }

    private static func scope(_ object: JSONValue, _ old: JSONValue?) -> [FieldCause] {
        let (scope, scopes) = (object[path: "spec", "scope"] ?? .null, ["Cluster", "Namespaced"])
        guard scopes.contains(scope.string ?? "") else { return [.unsupported("spec.scope", scope, scopes)] }
        guard let old, old[path: "spec", "scope"] != scope else { return [] }
        return [.invalid("spec.scope", scope, "field is immutable")]
    }

    /// What is wrong with how the versions of a kind are converted.
    private static func conversion(_ conversion: JSONValue) -> [FieldCause] {
        let path = "spec.conversion"
        switch conversion["strategy"]?.string {
        case nil where conversion.isNull, "None"?: return []
        case "Webhook"?: break
        case nil: return [.required("\(path).strategy")]
        default: return [.unsupported("\(path).strategy", conversion["strategy"] ?? .null, ["None", "Webhook"])]
        }
        guard let webhook = conversion["webhook"], webhook["clientConfig"] != nil else {
            let problem = "required when strategy is set to Webhook"
            return [.required("\(path).webhookClientConfig", problem)]
        }
        let client = "\(path).webhookClientConfig"
        return reviewVersions(webhook["conversionReviewVersions"], at: "\(path).conversionReviewVersions")
            + clientConfig(webhook, at: client) + authorities(webhook, at: "\(client).caBundle")
    }

    /// A bundle of authorities that cannot be read, which is looked at for conversions alone.
    private static func authorities(_ webhook: JSONValue, at path: String) -> [FieldCause] {
        guard let text = webhook[path: "clientConfig", "caBundle"]?.string, !text.isEmpty else { return [] }
        do {
            if let bundle = Base64.decode(text) {
                _ = try TLSContext.client(authorities: bundle)
                return []
            }
        } catch {
            // Told as the API server does, whatever is wrong with it.
        }
        let problem = "unable to load root certificates: unable to parse bytes as PEM block"
        return [.invalid(path, .string("[REDACTED]"), problem)]
    }

    /// What is wrong with the webhooks of a configuration.
    static func webhooks(_ webhooks: [JSONValue]) -> [FieldCause] {
        var names: Set<String> = []
        var causes: [FieldCause] = []
        for (index, webhook) in webhooks.enumerated() {
            let path = "webhooks[\(index)]"
            let isNew = names.insert(webhook["name"]?.string ?? "").inserted
            causes += name(webhook, at: path, isNew: isNew)
            causes += settings(webhook, at: path)
            causes += reviewVersions(webhook["admissionReviewVersions"], at: "\(path).admissionReviewVersions")
            causes += clientConfig(webhook, at: "\(path).clientConfig")
            causes += rules(webhook["rules"]?.array ?? [], at: "\(path).rules")
            let conditions = webhook["matchConditions"]?.array ?? []
            causes += RegisteredWebhook.conditionCauses(conditions, at: "\(path).matchConditions")
        }
        return causes
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

    private static func rules(_ rules: [JSONValue], at path: String) -> [FieldCause] {
        let operations = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"]
        return rules.enumerated().flatMap { index, rule in
            var causes: [FieldCause] = []
            for (number, operation) in (rule["operations"]?.array ?? []).enumerated()
            where !operations.contains(operation.string ?? "") {
                causes.append(.unsupported("\(path)[\(index)].operations[\(number)]", operation, operations))
            }
            for field in ["apiGroups", "apiVersions", "resources", "operations"]
            where rule[field]?.array?.isEmpty ?? true {
                causes.append(.required("\(path)[\(index)].\(field)"))
            }
            return causes
        }
    }

    private static func reviewVersions(_ list: JSONValue?, at path: String) -> [FieldCause] {
        let known = ["v1", "v1beta1"]
        let versions = list?.array ?? []
        let list = known.joined(separator: ", ")
        guard !versions.isEmpty else { return [.required(path, "must specify one of \(list)")] }
        guard !versions.contains(where: { known.contains($0.string ?? "") }) else { return [] }
        return [.invalid(path, .array(versions), "must include at least one of \(list)")]
    }

    private static func clientConfig(_ webhook: JSONValue, at path: String) -> [FieldCause] {
        let config = webhook["clientConfig"]
        guard (config?["url"] == nil) != (config?["service"] == nil) else {
            return [.required(path, "exactly one of url or service is required")]
        }
        if let service = config?["service"] { return self.service(reference: service, at: "\(path).service") }
        guard let url = config?["url"]?.string else { return [] }
        let form = "; desired format: https://host[/path]"
        let field = "\(path).url"
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

    private static func service(reference: JSONValue, at path: String) -> [FieldCause] {
        var causes = ["name", "namespace"].filter { reference[$0]?.string?.isEmpty ?? true }
            .map { FieldCause.required("\(path).\($0)") }
        if let place = reference["path"], place.string?.hasPrefix("/") == false {
            causes.append(.invalid("\(path).path", place, "must start with a '/'"))
        }
        return causes
    }
}
