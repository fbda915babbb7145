import Admission
import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// A way in which a target changes, as `scripts/record-reviews` has recorded it.
struct Road: Sendable, CustomTestStringConvertible {
    /// What the webhooks answer.
    enum Answer: Sendable {
        /// A new revision: its gate is closed, what changed is told.
        case gated(change: String)
        /// What the gate and the loop write is as it was; the warnings' beginnings.
        case kept(warnings: [String])
        /// A ConfigMap or Secret: what changed is told.
        case noted(change: String)
        /// Nothing is done.
        case untouched
        /// It is forbidden, with these words somewhere.
        case refused(String)
    }

    let name: String
    let answer: Answer

    init(_ name: String, _ answer: Answer) {
        self.name = name
        self.answer = answer
    }

    var testDescription: String { name }

    /// The review.
    func review() throws -> JSONValue {
        let text = try RepositoryFiles.text("Tests/GateTests/Fixtures/roads/\(name).json")
        return try JSONDocument(parsing: Array(text.utf8)).root.value
    }
}

/// The webhooks of the gate, asked by whole reviews.
struct RoadStage {
    private let review: JSONValue
    private let view: ClusterView

    /// `review`, where the Canary of its target is at rest in `phase`, having promoted the template that is stored.
    init(_ review: JSONValue, phase: String = "Succeeded", edit: (inout JSONValue) -> Void = { _ in }) throws {
        self.review = review
        var view = ClusterView()
        var target = try Road("set-image", .untouched).review()[path: "request", "oldObject"] ?? .null
        if review[path: "request", "resource", "resource"] == "deployments",
            let stored = review[path: "request", "oldObject"], stored.object != nil
        {
            target = stored
        }
        var canary = GateTests.canary(phase: phase, autoscaler: true)
        let template = target[path: "spec", "template"] ?? .null
        canary[path: "status", "lastPromotedSpec"] = .string(RevisionDigest.of(template: template))
        edit(&canary)
        view.set(.canaries, canary)
        view.set(.deployments, target)
        self.view = view
    }

    /// What is sent; null for a removal.
    var object: JSONValue { review[path: "request", "object"] ?? .null }

    /// What is stored; null for what is new.
    var stored: JSONValue { review[path: "request", "oldObject"] ?? .null }

    /// The verdict of all webhooks on the review with `object` in place of what is sent and `stored` of what is stored.
    func verdict(
        _ object: JSONValue? = nil,
        insteadOf stored: JSONValue? = nil,
        at time: Timestamp = now
    ) throws -> Verdict {
        var review = review
        if let object { review[path: "request", "object"] = object }
        if let stored { review[path: "request", "oldObject"] = stored }
        let request = try AdmissionReview(decoding: review.serialized).request
        let webhooks: [any Webhook] = [
            DeploymentGate(controllerUsername: controller), ConfigGate(controllerUsername: controller),
            OwnedObjectGuard(controllerUsername: controller),
        ]
        var all = Verdict()
        for webhook in webhooks {
            let verdict = try webhook.verdict(on: request, in: view, now: time)
            all.patch.operations += verdict.patch.operations
            all.warnings += verdict.warnings
            all.forbidden = all.forbidden ?? verdict.forbidden
        }
        return all
    }
}
