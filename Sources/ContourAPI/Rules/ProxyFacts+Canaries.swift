import Admission
import JSON
import Kubernetes
import Schema

/// Ways round a canary's analysis.
extension ProxyFacts {
    /// How many included objects are looked at.
    private static let siblingLimit = 100

    mutating func checkCanaries() {
        guard around.view.hasObjects(.canaries) else { return }
        let included = includedCanaries()
        for (route, content) in outline.routes.enumerated() {
            for (place, service) in (content["services"]?.array ?? []).enumerated() {
                check(service, at: "spec.routes[\(route)].services[\(place)].name", beside: included)
            }
        }
        for (place, service) in outline.tcpServices.enumerated() {
            check(service, at: "spec.tcpproxy.services[\(place)].name", beside: included)
        }
        if !included.isEmpty { checkSiblings(of: included) }
    }

    /// The canaries whose HTTPProxy the object includes.
    private func includedCanaries() -> [CanaryObjects] {
        outline.includes.compactMap { include in
            canaries(of: include.target.name, in: include.target.namespace).first { $0.apex == include.target.name }
        }
    }

    private func canaries(of name: String, in namespace: String?) -> [CanaryObjects] {
        around.view.canaries(namedLike: [name], namespace: namespace).compactMap { CanaryObjects($0) }
    }

    private mutating func check(_ service: JSONValue, at path: String, beside included: [CanaryObjects]) {
        guard let name = service["name"]?.string, !name.isEmpty,
            let canary = canaries(of: name, in: outline.key.namespace).first(where: { $0.services.contains(name) }),
            canary.proxy != outline.key
        else { return }
        if name == canary.underAnalysis {
            warn(
                "canary-direct",
                path,
                value: name,
                "its pods are not proven",
                write: "include \(canary.apex) instead",
                effect: "requests get to a revision under analysis whatever its weight is"
            )
        } else if name == canary.apex {
            warn(
                "canary-apex",
                path,
                value: name,
                "goes round the canary's weights",
                write: "include \(canary.apex) instead",
                effect: "these requests get to the promoted pods alone and count in no analysis"
            )
        } else if included.contains(where: { $0.proxy == canary.proxy }) {
            warnBeside(canary, path, value: name)
        }
    }

    /// Other includes whose objects lead straight to the Services of a canary that is included too.
    private mutating func checkSiblings(of included: [CanaryObjects]) {
        let services = included.reduce(into: [ObjectKey: CanaryObjects]()) { byKey, canary in
            for name in canary.services {
                byKey[ObjectKey(namespace: canary.canary.namespace, name: name)] = canary
            }
        }
        for (count, include) in outline.includes.enumerated() {
            guard count < Self.siblingLimit else {
                isCut = true
                return
            }
            guard let child = around.proxy(include.target), child.key != outline.key else { continue }
            let targets = child.routes.flatMap { $0["services"]?.array ?? [] }.lazy
                .compactMap { $0["name"]?.string }
                .compactMap { services[ObjectKey(namespace: child.key.namespace, name: $0)] }
            guard let canary = targets.first(where: { $0.proxy != child.key }) else { continue }
            warnBeside(canary, "\(include.path).name", value: include.target.name)
        }
    }

    private mutating func warnBeside(_ canary: CanaryObjects, _ path: String, value: String) {
        warn(
            "canary-beside",
            path,
            value: value,
            "leads round canary \(canary.canary.name), included too",
            write: "include that alone",
            effect: "these requests do not follow the canary's weights"
        )
    }
}
