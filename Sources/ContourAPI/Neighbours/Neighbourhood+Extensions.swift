import Admission
import JSON
package import Kubernetes
import Schema

extension Neighbourhood {
    /// The ExtensionService at `key`.
    ///
    /// One that Contour can't use is as good as missing to those that refer to it.
    package func extensionService(_ key: ObjectKey) -> ExtensionAnswer {
        guard let view else { return .unknown }
        guard let service = view.object(.extensionServices, key) else {
            return view.knows(.extensionServices) ? .missing : .unknown
        }
        let spec = service["spec"] ?? .null
        let around = Neighbourhood(of: key.namespace ?? "", in: view, settings: settings)
        let answers = [around.upstream(of: spec)] + spec.list("services").map(around.backend)
        if answers.contains(.missing) || !Self.hasSoundTimeouts(spec) { return .missing }
        return answers.contains(.unknown) ? .unknown : .fine
    }

    /// Whether the server's certificate could be validated as `spec` wants it.
    private func upstream(of spec: JSONValue) -> ExtensionAnswer {
        guard let validation = spec["validation"], !validation.isNull else { return .fine }
        guard spec["protocol"]?.string ?? "h2" == "h2", let subject = validation.filled("subjectName"),
            (validation["subjectNames"]?.array?.first?.string ?? subject) == subject
        else { return .missing }
        return switch secret(validation["caSecret"]?.string ?? "", for: .authority) {
        case .fine: .fine
        case .unknown: .unknown
        case .notDelegated, .missing, .unusable: .missing
        }
    }

    /// Whether the Service behind it is there; ExternalName is none.
    private func backend(_ reference: JSONValue) -> ExtensionAnswer {
        let name = reference["name"]?.string ?? ""
        if let object = view?.object(.services, ObjectKey(namespace: namespace, name: name)),
            object["spec"]?.filled("externalName") != nil
        {
            return .missing
        }
        return switch service(name, port: reference["port"]?.int ?? 0, healthPort: nil) {
        case .fine: .fine
        case .unknown: .unknown
        case .missing, .portMissing, .portNotTCP, .externalNameOff, .externalNameLocal: .missing
        }
    }

    private static func hasSoundTimeouts(_ spec: JSONValue) -> Bool {
        ["response", "idle", "idleConnection"].allSatisfy { name in
            guard let text = spec[path: "timeoutPolicy", name]?.string, !text.isEmpty else { return true }
            return ["infinity", "infinite"].contains(text) || GoDuration(text) != nil
        }
    }
}
