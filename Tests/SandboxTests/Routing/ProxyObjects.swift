import JSON
import Kubernetes
import Sandbox

/// A root for `host` that includes `child`, or has `routes` of its own.
func root(
    _ name: String = "root",
    host: String = "app.example.com",
    includes: [JSONValue] = [],
    routes: [JSONValue] = []
)
    -> JSONValue
{
    var object = proxy(name, routes: routes)
    object[path: "spec", "virtualhost"] = ["fqdn": .string(host)]
    if !includes.isEmpty { object[path: "spec", "includes"] = .array(includes) }
    return object
}

/// An HTTPProxy without a host.
func proxy(_ name: String, routes: [JSONValue]) -> JSONValue {
    var spec: JSONValue = [:]
    if !routes.isEmpty { spec["routes"] = .array(routes) }
    return [
        "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
        "metadata": ["name": .string(name), "namespace": "test"], "spec": spec,
    ]
}

/// A route from `prefix` to Services on port 80 by their weights.
func route(_ prefix: String, _ weights: KeyValuePairs<String, Int>) -> JSONValue {
    let services = weights.map { name, weight -> JSONValue in
        ["name": .string(name), "port": 80, "weight": .number(JSONNumber(weight))]
    }
    return ["conditions": [["prefix": .string(prefix)]], "services": .array(services)]
}

/// A route for everything to Services on port 80 by their weights.
func route(_ weights: KeyValuePairs<String, Int>) -> JSONValue { route("/", weights) }
