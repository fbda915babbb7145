import JSON
import TestSupport

/// The objects of the story, as `manifests/examples` has them.
enum Examples {
    /// The object in the file `name`.
    static func object(_ name: String) throws -> JSONValue {
        try RepositoryFiles.documents("manifests/examples/\(name).yaml")[0]
    }

    /// The Canary with a uid.
    static func canary() throws -> JSONValue {
        var canary = try object("canary")
        canary[path: "metadata", "uid"] = "canary-uid"
        return canary
    }

    /// The Canary with few steps and few failed checks, and hooks of every kind that a run passes.
    static func shortCanary() throws -> JSONValue {
        var canary = try canary()
        canary[path: "spec", "analysis", "stepWeight"] = 25
        canary[path: "spec", "analysis", "threshold"] = 2
        canary[path: "spec", "analysis", "webhooks"] = [
            ["name": "smoke", "type": "pre-rollout", "url": "http://hooks.test/smoke"],
            ["name": "load", "type": "rollout", "url": "http://hooks.test/load"],
            ["name": "bell", "type": "post-rollout", "url": "http://hooks.test/bell"],
        ]
        return canary
    }

    /// The Deployment with little in it, for runs that are many.
    static func shortDeployment() throws -> JSONValue {
        var deployment = try object("deployment")
        let container: JSONValue = ["name": "podinfod", "image": "stefanprodan/podinfo:3.1.0"]
        deployment[path: "spec", "template", "spec", "containers"] = [container]
        return deployment
    }
}
