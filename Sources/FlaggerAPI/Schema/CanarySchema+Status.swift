import Schema

/// `status`, for the CRD; the webhooks never look at it.
extension CanarySchema {
    /// What the loop keeps.
    static let status = Schema.object(
        "What the loop knows about the rollout; written by it alone.",
        [
            .optional("phase", .string("Where the rollout is.", choices: [""] + phases)),
            .optional("canaryWeight", .integer("Percent of the traffic that the judged revision has.")),
            .optional("failedChecks", .integer("Failed checks of this run.")),
            .optional("iterations", .integer("Checks of a blue/green or A/B test that were made.")),
            .optional("lastAppliedSpec", .string("Hash of the revision that was last seen.")),
            .optional("lastPromotedSpec", .string("Hash of the revision that was last promoted.")),
            .optional("trackedConfigs", .map("Hashes of the ConfigMaps and Secrets in use.", of: .string("The hash."))),
            .optional("lastTransitionTime", .string("When this was last written.")),
            .optional("lastCheckTime", .string("When the last checks were made; the next are an interval later.")),
            .optional("sessionAffinityCookie", .string("Istio and Gateway API: the cookie of this run.")),
            .optional("primarySessionAffinityCookie", .string("Istio and Gateway API: the primary's cookie.")),
            .optional("previousSessionAffinityCookie", .string("Istio and Gateway API: the last run's cookie.")),
            .optional("checks", .list("What was asked last, and what came back.", of: check)),
            .optional("breakGlass", .list("Changes by hand that are asked for on what the loop owns.", of: breakGlass)),
            .optional("conditions", .list("The condition Promoted.", of: condition)),
        ]
    )

    private static let phases = [
        "Initializing", "Initialized", "Waiting", "Progressing", "WaitingPromotion", "Promoting", "Finalising",
        "Succeeded", "Failed", "Terminating", "Terminated",
    ]

    private static let check = Schema.object(
        "One thing that was asked.",
        [
            .optional("subject", .string("hook, metric, route or workload.")),
            .optional("kind", .string("The hook's type, metric, or the object's kind.")),
            .optional("name", .string("Its name.")),
            .optional("asked", .string("What was asked.")),
            .optional("answered", .string("What came back.")),
            .optional("bound", .string("What it was held against.")),
            .optional("outcome", .string("Passed, Failed or CannotEvaluate.")),
            .optional("follows", .string("What the loop does on it.")),
            .optional("weight", .integer("Percent of the traffic at that time.")),
            .optional("time", .string("When.")),
        ]
    )

    private static let breakGlass = Schema.object(
        "A change by hand that is asked for.",
        [
            .optional("object", .string("The object, as kubectl names it.")),
            .optional("reason", .string("Why.")),
            .optional("by", .string("The manager of the annotation, such as kubectl-annotate.")),
            .optional("at", .string("When.")),
        ]
    )

    static let condition = Schema.object(
        "A condition, as Kubernetes has them.",
        [
            .required("type", .string("The condition.")),
            .required("status", .string("True, False or Unknown.")),
            .optional("reason", .string("One word for why.")),
            .optional("message", .string("A sentence for why.")),
            .optional("lastUpdateTime", .string("When it was last looked at.")),
            .optional("lastTransitionTime", .string("When it last changed.")),
        ]
    )
}
