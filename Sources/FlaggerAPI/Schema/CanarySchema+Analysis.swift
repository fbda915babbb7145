import JSON
package import Schema

/// `spec.analysis`.
extension CanarySchema {
    /// How a new revision is judged.
    package static let analysis = Schema.object(
        "How a new revision is judged: how often, with how much of the traffic, by what.",
        [
            .required(
                "interval",
                .string("Time between two looks at the revision.", format: .duration),
                absence: Explanation(
                    "canary/missing-interval",
                    "an analysis needs the time between two checks",
                    "write a duration such as 30s"
                )
            ),
            .required(
                "threshold",
                .integer(
                    "Failed checks after which the revision is rolled back.",
                    Bounds(
                        1,
                        2_147_483_647,
                        below: Explanation(
                            "canary/threshold-below-1",
                            "rolls back before anything has failed",
                            "write how many failed checks a revision may have, for example 5"
                        )
                    )
                ),
                absence: Explanation(
                    "canary/missing-threshold",
                    "an analysis needs the number of failed checks that ends it",
                    "write a whole number such as 5"
                )
            ),
            .optional(
                "stepWeight",
                .integer("Percent of the traffic that each step adds.", weight("stepWeight", "step-weight"))
            ),
            .optional(
                "stepWeights",
                .list(
                    "Percent of the traffic at each step.",
                    of: .integer("Percent of the traffic.", weight("weight", "step-weights"))
                )
            ),
            .optional("maxWeight", .integer("Percent of the traffic at which the revision is promoted.", maxWeight)),
            .optional(
                "stepWeightPromotion",
                .integer(
                    "Percent of the traffic that goes to the promoted revision at a time; 0 for all at once.",
                    Bounds(0, 100, below: promotionStep, above: promotionStep)
                )
            ),
            .optional(
                "provenWithin",
                .string(
                    "How long ago a revision may have been promoted to be promoted again without steps; not at all without.",
                    format: .duration
                )
            ),
            .optional(
                "stepWeightsPromotion",
                .list(
                    "Percent of the traffic that the promoted revision has at each step of the way back; ours alone.",
                    of: .integer(
                        "Percent of the traffic.",
                        Bounds(1, 100, below: promotionShare, above: promotionShare)
                    )
                )
            ),
            .optional("pauses", .list("Where the analysis waits; ours alone.", of: pause)),
            .optional("primaryReadyThreshold", readyThreshold("the promoted revision")),
            .optional("canaryReadyThreshold", readyThreshold("the revision that is judged")),
            .optional("metrics", .list("What is measured.", of: metric)),
            .optional("webhooks", .list("What is asked over HTTP.", of: webhook)),
            .optional("alerts", .list("Who is told.", of: alert)),
            .optional("iterations", .integer("Checks of a blue/green or A/B test.", Bounds(0, 2_147_483_647))),
            .optional(
                "match",
                .list(
                    "Requests that an A/B test takes.",
                    of: .map("One alternative.", of: .freeForm("What must match."))
                )
            ),
            .optional("mirror", .boolean("Copy requests to the revision before it answers any.")),
            .optional(
                "mirrorWeight",
                .integer(
                    "Percent of requests that are copied with mirror; all without.",
                    Bounds(0, 100, below: mirrorShare, above: mirrorShare)
                )
            ),
            .optional("sessionAffinity", sessionAffinity),
        ]
    )

    private static func weight(_ name: String, _ rule: String) -> Bounds {
        Bounds(
            1,
            100,
            below: Explanation(
                "canary/\(rule)-below-1",
                "the revision would get no traffic and wait for ever",
                "write a \(name) of 1 to 100"
            ),
            above: Explanation(
                "canary/\(rule)-above-100",
                "more than all of the traffic (100)",
                "write a \(name) of 1 to 100"
            )
        )
    }

    private static let maxWeight = Bounds(
        0,
        100,
        below: Explanation("canary/max-weight-below-0", "less than no traffic", "write a maxWeight of 1 to 100"),
        above: Explanation(
            "canary/max-weight-above-100",
            "more than all of the traffic (100), which no step can reach",
            "write a maxWeight of 1 to 100"
        )
    )

    private static let promotionStep = Explanation(
        "canary/promotion-step",
        "not a percentage",
        "write a stepWeightPromotion of 0 to 100"
    )

    private static let promotionShare = Explanation(
        "canary/promotion-step",
        "no percentage that the promoted revision could have",
        "write percentages of 1 to 100"
    )

    private static let mirrorShare = Explanation(
        "canary/mirror-weight",
        "not a percentage of the requests",
        "write a mirrorWeight of 1 to 100"
    )

    private static let pause = Schema.object(
        "A place where the analysis waits: for a time, or until the annotation canarygate.dev/resume says to go on.",
        [
            .optional("atWeight", .integer("At which percentage of the traffic.", Bounds(1, 100))),
            .optional(
                "atIteration",
                .integer("After which check of a blue/green or A/B test.", Bounds(1, 2_147_483_647))
            ),
            .optional("for", .string("How long. Default: until it is told to go on.", format: .duration)),
        ]
    )

    private static func readyThreshold(_ owner: String) -> Schema {
        let explanation = Explanation(
            "canary/ready-threshold",
            "not a percentage, so the pods would never count as ready",
            "write 1 to 100"
        )
        return .integer(
            "Percent of the pods of \(owner) that have to be available.",
            Bounds(0, 100, below: explanation, above: explanation)
        ).standing(for: 100)
    }

    private static let sessionAffinity = Schema.object(
        "A cookie that keeps a client on the revision that answered it.",
        [
            .required(
                "cookieName",
                .string("The cookie of the revision that is judged.", format: .someText).explained(emptyName)
            ),
            .optional("primaryCookieName", .string("The cookie of the promoted revision.")),
            .optional("domain", .string("The cookie's domain.")),
            .optional("httpOnly", .boolean("Whether scripts can't read it.")),
            .optional("maxAge", .integer("Seconds for which it holds.", Bounds(0, 2_147_483_647))),
            .optional("partitioned", .boolean("Whether it is kept apart for each site.")),
            .optional("path", .string("The cookie's path.")),
            .optional("sameSite", .string("When it is sent.", choices: ["Strict", "Lax", "None"])),
            .optional("secure", .boolean("Whether it is sent over HTTPS alone.")),
        ]
    )
}
