extension OwnedObject {
    /// Why `change` is refused and the command that does what was wanted.
    func refusal(of change: Change) -> String {
        "\(title)\(reason(against: change)); "
            + "instead run: \(command(for: change)); or, to do it by hand all the same: "
            + "\(canary.kubectl) annotate \(title) \(GateAnnotations.breakGlass)='<reason>'"
    }

    private func reason(against change: Change) -> String {
        switch change {
        case .route(let part): claim(to: part)
        case .removal: owned("live traffic needs it, it goes when the canary goes")
        case .ownership: owned("without its owner it would be left behind when the canary goes")
        case .annotations: owned("its canarygate.dev annotations are the loop's memory")
        case .replicas: owned("with 0 replicas there is nothing to serve live traffic, and its autoscaler stops")
        case .template: owned("its pods change only by promotion of what \(canary.targetTitle) was analysed with")
        case .spec: owned("its spec is made from the canary and its target")
        }
    }

    private func owned(_ reason: String) -> String { " belongs to canary \(canary.name): \(reason)" }

    /// Whose the route is, and what of it is not.
    private func claim(to part: GeneratedRoutes.Part) -> String {
        ": \(part.claim) to the rollout of canary \(canary.namespace)/\(canary.name); header policies, timeouts, "
            + "other routes and all else are yours"
    }

    private func command(for change: Change) -> String {
        switch change {
        case .removal: "\(canary.kubectl) delete canary/\(canary.name)"
        case .ownership, .annotations: "\(canary.kubectl) get canary/\(canary.name)"
        case .replicas: replicaCommand
        case .template(let template): templateCommand(template)
        case .route(.weights): canary.overrideCommands
        case .route: routeCommand
        case .spec: specCommand
        }
    }

    /// Conditions and hosts of its own come from who includes it, other routes from beside it.
    private var routeCommand: String {
        "\(canary.kubectl) edit \(title) (to add a route of other conditions, or leave it and include it elsewhere)"
    }

    private var replicaCommand: String {
        guard let autoscaler = canary.autoscaler else {
            return "\(canary.kubectl) scale \(canary.primaryTitle) --replicas=1"
        }
        return "\(canary.kubectl) edit \(autoscaler)"
    }

    private func templateCommand(_ template: TemplateChange) -> String {
        guard !template.images.isEmpty else { return "\(canary.kubectl) edit \(canary.targetTitle)" }
        let images = template.images.map { "\($0.container)=\($0.new)" }.joined(separator: " ")
        return "\(canary.kubectl) set image \(canary.targetTitle) \(images)"
    }

    /// What a primary's copy of a ConfigMap or Secret is made of.
    private var sourceTitle: String {
        title.hasSuffix("-primary") ? String(title.dropLast("-primary".count)) : title
    }

    private var specCommand: String {
        switch resource {
        case "deployments", "daemonsets": "\(canary.kubectl) edit \(canary.targetTitle)"
        case "horizontalpodautoscalers", "scaledobjects":
            "\(canary.kubectl) edit \(canary.autoscaler ?? "hpa/\(canary.target)")"
        case "configmaps", "secrets": "\(canary.kubectl) edit \(sourceTitle), which opens a gated revision"
        default: "\(canary.kubectl) edit canary/\(canary.name)"
        }
    }
}
