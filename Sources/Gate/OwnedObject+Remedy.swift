extension OwnedObject {
    /// Why `change` is refused and the command that does what was wanted.
    func refusal(of change: Change) -> String {
        "\(title) belongs to canary \(canary.name): \(reason(against: change)); "
            + "instead run: \(command(for: change)); or, to do it by hand all the same: "
            + "\(canary.kubectl) annotate \(title) \(GateAnnotations.breakGlass)='<reason>'"
    }

    private func reason(against change: Change) -> String {
        switch change {
        case .removal: "live traffic needs it, it goes when the canary goes"
        case .ownership: "without its owner it would be left behind when the canary goes"
        case .annotations: "its canarygate.dev annotations are the loop's memory"
        case .replicas: "with 0 replicas there is nothing to serve live traffic, and its autoscaler stops"
        case .template: "its pods change only by promotion of what deployment/\(canary.target) was analysed with"
        case .weights: "weights and services of its route are set by the analysis alone"
        case .spec: "its spec is made from the canary and its target"
        }
    }

    private func command(for change: Change) -> String {
        switch change {
        case .removal: "\(canary.kubectl) delete canary/\(canary.name)"
        case .ownership, .annotations: "\(canary.kubectl) get canary/\(canary.name)"
        case .replicas: replicaCommand
        case .template(let template): templateCommand(template)
        case .weights: canary.overrideCommands
        case .spec: specCommand
        }
    }

    private var replicaCommand: String {
        guard let autoscaler = canary.autoscaler else {
            return "\(canary.kubectl) scale deployment/\(canary.primary) --replicas=1"
        }
        return "\(canary.kubectl) edit \(autoscaler)"
    }

    private func templateCommand(_ template: TemplateChange) -> String {
        guard !template.images.isEmpty else { return "\(canary.kubectl) edit deployment/\(canary.target)" }
        let images = template.images.map { "\($0.container)=\($0.new)" }.joined(separator: " ")
        return "\(canary.kubectl) set image deployment/\(canary.target) \(images)"
    }

    private var specCommand: String {
        switch resource {
        case "deployments": "\(canary.kubectl) edit deployment/\(canary.target)"
        case "horizontalpodautoscalers":
            "\(canary.kubectl) edit \(canary.autoscaler ?? "hpa/\(canary.target)")"
        default: "\(canary.kubectl) edit canary/\(canary.name)"
        }
    }
}
