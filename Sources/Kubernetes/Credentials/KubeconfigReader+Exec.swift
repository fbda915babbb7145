import JSON
import Platform

extension KubeconfigReader {
    private static let versions = ["client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1"]

    /// The credential plugin of `user`, who goes to `cluster`; nil when there is none.
    func plugin(of user: Entry, _ cluster: Entry) throws(KubeconfigError) -> ExecPlugin? {
        guard let value = user.value["exec"], !value.isNull else { return nil }
        guard value.object != nil else { throw failure(user, "exec", "\(value.typeName), expected an object") }
        let exec = Entry(value: value, path: user.path, field: "\(user.field).exec")
        guard let version = try text("apiVersion", in: exec), Self.versions.contains(version) else {
            let found = try text("apiVersion", in: exec).map { "\"\($0)\"" } ?? "missing"
            throw failure(exec, "apiVersion", "\(found), expected \(Self.versions.joined(separator: " or "))")
        }
        guard let command = try text("command", in: exec) else {
            throw failure(exec, "command", "missing, expected the name or the path of a program")
        }
        let isPath = command.contains("/")
        var plugin = ExecPlugin(
            apiVersion: version,
            command: isPath ? Self.absolute(command, besides: user.path) : command,
            place: KubeconfigError(path: user.path, context: context, field: exec.field, reason: "")
        )
        plugin.arguments = try texts("args", in: exec)
        plugin.environment = try variables(in: exec)
        plugin.installHint = try text("installHint", in: exec)
        plugin.interactiveMode = try interactiveMode(in: exec, isRequired: version == Self.versions[0])
        if try flag("provideClusterInfo", in: exec) { plugin.cluster = try information(of: cluster) }
        return plugin
    }

    private func interactiveMode(
        in exec: Entry,
        isRequired: Bool
    ) throws(KubeconfigError) -> ExecPlugin.InteractiveMode {
        let field = "interactiveMode"
        guard let text = try text(field, in: exec) else {
            guard isRequired else { return .ifAvailable }
            throw failure(exec, field, "missing, expected Never, IfAvailable or Always")
        }
        guard let mode = ExecPlugin.InteractiveMode(rawValue: text) else {
            throw failure(exec, field, "\"\(text)\", expected Never, IfAvailable or Always")
        }
        return mode
    }

    private func texts(_ field: String, in exec: Entry) throws(KubeconfigError) -> [String] {
        guard let value = exec.value[field], !value.isNull else { return [] }
        guard let elements = value.array else {
            throw failure(exec, field, "\(value.typeName), expected an array of strings")
        }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            guard let text = element.string else {
                throw failure(exec, "\(field)[\(index)]", "\(element.typeName), expected a string")
            }
            texts.append(text)
        }
        return texts
    }

    private func variables(in exec: Entry) throws(KubeconfigError) -> [String: String] {
        guard let value = exec.value["env"], !value.isNull else { return [:] }
        var variables: [String: String] = [:]
        for (index, variable) in (value.array ?? [value]).enumerated() {
            guard let name = variable["name"]?.string, !name.isEmpty, let text = variable["value"]?.string else {
                throw failure(exec, "env[\(index)]", "no name and value, expected both as strings")
            }
            variables[name] = text
        }
        return variables
    }

    /// The Cluster as a plugin that asks for it is told.
    private func information(of cluster: Entry) throws(KubeconfigError) -> JSONValue {
        var information: JSONValue = .object(JSONObject())
        for field in ["server", "tls-server-name", "proxy-url"] {
            if let text = try text(field, in: cluster) { information[field] = .string(text) }
        }
        if try flag("insecure-skip-tls-verify", in: cluster) { information["insecure-skip-tls-verify"] = true }
        if let authorities = try bytes("certificate-authority", in: cluster) {
            information["certificate-authority-data"] = .string(Base64.encode(authorities))
        }
        let extensions = cluster.value["extensions"]?.array ?? []
        let own = extensions.first { $0["name"]?.string == "client.authentication.k8s.io/exec" }
        information["config"] = own?["extension"]
        return information
    }
}
