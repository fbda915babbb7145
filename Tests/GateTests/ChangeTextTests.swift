import Admission
import Gate
import JSON
import Kubernetes
import Testing

/// The `change` annotation, by way of the webhook that writes it.
@Suite struct ChangeTextTests {
    private func text(from old: JSONValue, to new: JSONValue) throws -> String? {
        let sent = deployment(new)
        let call = try request(from: deployment(old), to: sent)
        let verdict = DeploymentGate(controllerUsername: controller).verdict(on: call, in: view(canary()), now: now)
        return try verdict.patch.applied(to: sent).annotation("canarygate.dev/change")
    }

    @Test(
        arguments: [
            ("podinfo:3.1.0", "podinfo:3.1.1", "podinfod: podinfo:3.1.0 -> 3.1.1"),
            ("podinfo", "podinfo:3.1.1", "podinfod: podinfo -> podinfo:3.1.1"),
            ("localhost:5000/a", "localhost:5000/b", "podinfod: localhost:5000/a -> localhost:5000/b"),
            ("localhost:5000/a:1", "localhost:5000/a:2", "podinfod: localhost:5000/a:1 -> 2"),
            ("a@sha256:11", "a@sha256:22", "podinfod: a@sha256:11 -> sha256:22"),
            ("a:1", "a@sha256:22", "podinfod: a:1 -> a@sha256:22"),
            ("old/a:1", "new/a:1", "podinfod: old/a:1 -> new/a:1"),
        ]
    )
    func tellsAnImageChange(old: String, new: String, expected: String) throws {
        #expect(try text(from: template(old), to: template(new)) == expected)
    }

    @Test func tellsSeveralImageChanges() throws {
        func two(_ tag: String) -> JSONValue {
            [
                "spec": [
                    "initContainers": [["name": "init", "image": .string("setup:\(tag)")]],
                    "containers": [["name": "web", "image": .string("shop:\(tag)")]],
                ]
            ]
        }
        #expect(try text(from: two("1"), to: two("2")) == "init: setup:1 -> 2, web: shop:1 -> 2")
    }

    @Test func namesThePathsOfOtherChanges() throws {
        let image = "stefanprodan/podinfo:3.1.0"
        #expect(
            try text(from: podinfo310, to: template(image, color: "red"))
                == "template changed: spec.containers[podinfod].env"
        )
        var new = template(image, color: "red", annotations: ["prometheus.io/scrape": "true"])
        new[path: "spec", "nodeSelector"] = ["disk": "ssd"]
        new[path: "spec", "dnsPolicy"] = "Default"
        new[path: "metadata", "labels", "tier"] = "web"
        #expect(
            try text(from: podinfo310, to: new)
                == "template changed: metadata.labels.tier, metadata.annotations[prometheus.io/scrape], "
                + "spec.containers[podinfod].env and 2 more"
        )
    }

    @Test func putsAKeyWithDotsIntoBrackets() throws {
        let image = "stefanprodan/podinfo:3.1.0"
        #expect(
            try text(
                from: template(image, annotations: ["prometheus.io/port": "9797"]),
                to: template(image, annotations: ["prometheus.io/port": "9898"])
            ) == "template changed: metadata.annotations[prometheus.io/port]"
        )
    }

    @Test func namesContainersThatComeAndGo() throws {
        let one: JSONValue = ["spec": ["containers": [["name": "a", "image": "a:1"], ["name": "b", "image": "b:1"]]]]
        let other: JSONValue = [
            "spec": ["containers": [["name": "a", "image": "a:1"], ["name": "c", "image": "c:1"]]]
        ]
        #expect(try text(from: one, to: other) == "template changed: spec.containers[b], spec.containers[c]")
    }

    @Test func namesTheListWhenOnlyTheOrderChanges() throws {
        let one: JSONValue = ["spec": ["containers": [["name": "a", "image": "a:1"], ["name": "b", "image": "b:1"]]]]
        let other: JSONValue = [
            "spec": ["containers": [["name": "b", "image": "b:1"], ["name": "a", "image": "a:1"]]]
        ]
        #expect(try text(from: one, to: other) == "template changed: spec.containers")
    }

    /// Looked for one after another, so many would take minutes.
    @Test func findsImagesAmongVeryManyContainersThatMoved() throws {
        let count = 10_000
        let old = (0..<count).map { ["name": .string("c\($0)"), "image": "a:1"] as JSONValue }
        var new = Array(old.reversed())
        new[0]["image"] = "a:2"
        let text = try text(
            from: ["spec": ["containers": .array(old)]],
            to: ["spec": ["containers": .array(new)]]
        )
        #expect(text == "c\(count - 1): a:1 -> 2")
    }

    @Test func saysNothingOfNulls() throws {
        let one: JSONValue = ["spec": ["containers": [["name": "a", "image": "a:1", "tty": .null]], "hostIPC": .null]]
        let other: JSONValue = ["spec": ["containers": [["name": "a", "image": "a:1"]], "dnsPolicy": "Default"]]
        #expect(try text(from: one, to: other) == "template changed: spec.dnsPolicy")
    }

    @Test func cutsAtTheLimitAndDropsControlCharacters() throws {
        let long = try text(from: template("a:1"), to: template("a:\(String(repeating: "2", count: 300))"))
        #expect(long == "podinfod: a:1 -> " + String(repeating: "2", count: 232) + "…")
        #expect(try text(from: template("a:1"), to: template("a:2\n3\u{7f}")) == "podinfod: a:1 -> 2 3")
    }
}
