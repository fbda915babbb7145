import ContourAPI
import FlaggerAPI
import Gate
import JSON
import Kubernetes

/// The objects of a Canary that is being deleted, as they stay behind: leading to the target, and nobody's.
enum HandedOver {
    /// `object` without `canary` among its owners, and without the label by which admission sees it.
    static func freed(_ object: JSONValue, of canary: Canary) -> JSONValue {
        var object = object
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        let others = owners.filter { $0["uid"]?.string != canary.object.uid }
        object[path: "metadata", "ownerReferences"] = others.isEmpty ? nil : .array(others)
        object[path: "metadata", "labels", GateAnnotations.managed] = nil
        return object
    }

    /// The merge patch that makes `object` as `freed` does, whatever else it holds.
    static func freeing(_ object: JSONValue, of canary: Canary) -> JSONValue {
        let others = freed(object, of: canary)[path: "metadata", "ownerReferences"] ?? .null
        return [
            "metadata": [
                "resourceVersion": .string(object.resourceVersion), "ownerReferences": others,
                "labels": [GateAnnotations.managed: .null], "annotations": [Handover.leftBy: .string(canary.name)],
            ]
        ]
    }

    /// Whether `service`, which users call, selects the primary's pods no longer.
    static func leadsToTarget(_ service: JSONValue, label: SelectorLabel) -> Bool {
        service[path: "spec", "selector", label.key]?.string != label.primaryValue
    }

    /// The Service that users call, selecting the target's pods: as it was applied, where that is known, else by `label`.
    static func service(_ service: JSONValue, for canary: Canary, label: SelectorLabel, target: JSONValue) -> JSONValue
    {
        var service = freed(service, of: canary)
        guard !leadsToTarget(service, label: label) else { return service }
        service[path: "spec", "selector"] = appliedSelector(service, target) ?? [label.key: .string(label.value)]
        return service
    }

    /// The selector that kubectl applied, where it selects the target's pods.
    private static func appliedSelector(_ service: JSONValue, _ target: JSONValue) -> JSONValue? {
        guard let text = service.annotation("kubectl.kubernetes.io/last-applied-configuration"),
            let applied = parsed(text), let selector = applied[path: "spec", "selector"]?.object, !selector.isEmpty
        else { return nil }
        let labels = target[path: "spec", "template", "metadata", "labels"]
        return selector.allSatisfy({ labels?[$0.key] == $0.value }) ? .object(selector) : nil
    }

    private static func parsed(_ text: String) -> JSONValue? {
        do {
            return try JSONValue(parsing: text)
        } catch {
            return nil
        }
    }

    /// The HTTPProxy with each route that led to the primary or the canary leading to the Service that users call, and
    /// without those that a strategy has added; marked, so that another Canary may take it over.
    static func proxy(_ proxy: JSONValue, for canary: Canary) -> JSONValue {
        var proxy = freed(withoutAlternatives(proxy, of: canary), of: canary)
        proxy[path: "metadata", "annotations", CanaryRoute.alternativesAnnotation] = nil
        proxy[path: "metadata", "annotations", Handover.leftBy] = .string(canary.name)
        guard let routes = proxy[path: "spec", "routes"]?.array else { return proxy }
        proxy[path: "spec", "routes"] = .array(routes.map { plain($0, canary.service) })
        return proxy
    }

    /// `proxy` as it would be for a Canary of one weight: no routes for matches, no cookies, no copies.
    private static func withoutAlternatives(_ proxy: JSONValue, of canary: Canary) -> JSONValue {
        var simple = canary.object
        simple[path: "spec", "analysis"] = ["interval": "1m", "threshold": 1, "stepWeight": 100]
        do {
            let patch = try CanaryRoute.patch(proxy, for: try Canary(simple), .home)
            return try patch?.applied(to: proxy) ?? proxy
        } catch {
            // What a team has put there is in the way: it stays as it is.
            return proxy
        }
    }

    private static func plain(_ route: JSONValue, _ service: CanaryService) -> JSONValue {
        let services = route["services"]?.array ?? []
        let generated = services.filter { isGenerated($0, service) }
        guard
            var apex = generated.first(where: { $0["name"]?.string == service.primaryName }) ?? generated.first
        else { return route }
        let others = services.filter { !isGenerated($0, service) }
        let weight = generated.filter { $0["mirror"]?.bool != true }.map { $0["weight"]?.int ?? 0 }.reduce(0, +)
        let isAlone = others.allSatisfy { $0["mirror"]?.bool == true }
        apex["name"] = .string(service.apexName)
        apex["weight"] = isAlone ? nil : .number(JSONNumber(weight))
        apex["mirror"] = nil
        var route = route
        route["services"] = .array([apex] + others)
        return route
    }

    private static func isGenerated(_ entry: JSONValue, _ service: CanaryService) -> Bool {
        [service.primaryName, service.canaryName].contains(entry["name"]?.string ?? "")
    }

    /// The template of `primary` as the target's: with the label's value for the target wherever it has the primary's.
    ///
    /// It goes on reading the primary's copies of ConfigMaps and Secrets, and says nothing of them.
    static func template(ofPrimary primary: JSONValue, label: SelectorLabel) -> JSONValue {
        relabelled(PrimaryTemplate.withoutConfigs(primary[path: "spec", "template"] ?? .null), label)
    }

    private static func relabelled(_ value: JSONValue, _ label: SelectorLabel) -> JSONValue {
        if let elements = value.array { return .array(elements.map { relabelled($0, label) }) }
        guard let object = value.object else { return value }
        var changed = JSONObject()
        let isExpression = object["key"]?.string == label.key && object["operator"] != nil
        for member in object {
            switch member.key {
            case "labels", "matchLabels":
                var labels = member.value
                if labels[label.key]?.string == label.primaryValue { labels[label.key] = .string(label.value) }
                changed[member.key] = labels
            case "values" where isExpression:
                let values = (member.value.array ?? []).map { value in
                    value.string == label.primaryValue ? JSONValue.string(label.value) : value
                }
                changed[member.key] = .array(values)
            default: changed[member.key] = relabelled(member.value, label)
            }
        }
        return .object(changed)
    }
}
