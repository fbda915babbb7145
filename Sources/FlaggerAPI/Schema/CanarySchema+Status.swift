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
            .optional("mirrorWeight", .integer("Percent of the requests that are copied to the judged revision.")),
            .optional("iterations", .integer("Checks of a blue/green or A/B test that were made.")),
            .optional(
                "strategy",
                .string("What the weight and the checks of this run count in, which is Weights, ABTest or BlueGreen.")
            ),
            .optional("step", .integer("At which step of the analysis the run is; 0 before the first.")),
            .optional("steps", .integer("How many steps the analysis has.")),
            .optional("currentRevision", .string("Hash of the revision that the workload holds.")),
            .optional("lastAppliedSpec", .string("Hash of the revision that was last seen.")),
            .optional("lastPromotedSpec", .string("Hash of the revision that was last promoted.")),
            .optional("trackedConfigs", .map("Hashes of the ConfigMaps and Secrets in use.", of: .string("The hash."))),
            .optional("lastTransitionTime", .string("When this was last written.")),
            .optional("lastCheckTime", .string("When the last checks were made; the next are an interval later.")),
            .optional("lastStepTime", .string("When the run came to where it stands.")),
            .optional("nextCheckTime", .string("When the next checks are due.")),
            .optional("estimatedEndTime", .string("When the analysis ends if all goes well and nobody is waited for.")),
            .optional("observedGeneration", .integer("The generation of the Canary that was looked at.")),
            .optional("sessionAffinityCookie", .string("The cookie of this run's revision: name=value.")),
            .optional(
                "primarySessionAffinityCookie",
                .string("The promoted revision's cookie in this run: name=value.")
            ),
            .optional("previousSessionAffinityCookie", .string("Istio and Gateway API: the last run's cookie.")),
            .optional("checks", .list("What was asked last, and what came back.", of: check)),
            .optional("breakGlass", .list("Changes by hand that are asked for on what the loop owns.", of: breakGlass)),
            .optional("conditions", .list("Promoted, Ready, Reconciling and Stalled.", of: condition)),
            .optional("history", .list("The last runs, newest first.", of: run)),
            .optional("journal", .list("The last ticks, oldest first.", of: tick)),
        ]
    )

    private static let run = Schema.object(
        "What became of one revision.",
        [
            .optional("revision", .string("Its hash.")),
            .optional("verdict", .string("Running, Promoted, RolledBack or Withdrawn.")),
            .optional("change", .string("What changed.")),
            .optional("requestedBy", .string("Who asked for it.")),
            .optional("startedAt", .string("When it was let in.")),
            .optional("endedAt", .string("When it was decided.")),
            .optional("reason", .string("Why.")),
        ]
    )

    /// A text, for as a tree twenty of them fill screens of `kubectl describe`.
    private static let tick = Schema.string(
        "One look at the rollout that led to something, as JSON; canarygate replay makes its decision again."
    )

    private static let phases = [
        "Initializing", "Initialized", "Waiting", "Progressing", "WaitingPromotion", "Promoting", "Finalising",
        "Succeeded", "Failed", "Terminating", "Terminated",
    ]

    private static let check = Schema.object(
        "One thing that was asked.",
        [
            .optional("subject", .string("hook, metric, route, workload or pause.")),
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
            .optional("observedGeneration", .integer("The generation that it speaks of.")),
            .optional("lastUpdateTime", .string("When it was last looked at.")),
            .optional("lastTransitionTime", .string("When it last changed.")),
        ]
    )
}
