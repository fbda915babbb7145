import HTTP
import JSON
import Platform
import YAML

/// Puts a `Kubeconfig` together from the files that hold its parts.
struct KubeconfigReader {
    /// A named entry and the file in which it stands.
    struct Entry {
        let value: JSONValue
        let path: String
        /// `clusters[kind].cluster`.
        let field: String
    }

    private let files: [(path: String, value: JSONValue)]
    let context: String

    /// Reads the files; `wanted` is the context to take instead of the current one.
    init(paths: [String], wanted: String?) throws(KubeconfigError) {
        var files: [(path: String, value: JSONValue)] = []
        let isOne = paths.count == 1
        for path in paths where isOne || FileStore.exists(path) {
            let bytes: [UInt8]
            do throws(FileStore.Failure) {
                bytes = try FileStore.read(path)
            } catch {
                throw KubeconfigError(path: path, context: nil, field: nil, reason: error.reason)
            }
            files.append((path, try Self.parsed(bytes, path)))
        }
        self.files = files
        let list = paths.joined(separator: ":")
        guard !files.isEmpty else {
            throw KubeconfigError(path: list, context: nil, field: nil, reason: "no such file or directory")
        }
        let current = files.lazy.compactMap { $0.value["current-context"]?.string }.first { !$0.isEmpty }
        guard let context = wanted ?? current else {
            let reason = "missing, expected the name of a context"
            throw KubeconfigError(path: list, context: nil, field: "current-context", reason: reason)
        }
        self.context = context
    }
}

extension KubeconfigReader {
    /// What the context says, with the files that it names read.
    func kubeconfig() throws(KubeconfigError) -> Kubeconfig {
        let chosen = try entry("contexts", "context", named: context)
        guard let clusterName = try text("cluster", in: chosen) else {
            throw failure(chosen, "cluster", "missing, expected the name of a cluster")
        }
        let cluster = try entry("clusters", "cluster", named: clusterName)
        let user = try user(of: chosen)
        let authorities = try bytes("certificate-authority", in: cluster)
        let skipsVerification = try flag("insecure-skip-tls-verify", in: cluster)
        guard authorities == nil || !skipsVerification else {
            let reason = "true, expected false where a certificate-authority is given"
            throw failure(cluster, "insecure-skip-tls-verify", reason)
        }
        var identity = Identity()
        if let user { identity = try self.identity(of: user, cluster) }
        var config = Kubeconfig(
            endpoint: try endpoint(of: cluster),
            authorities: authorities,
            clientCertificate: identity.certificate,
            clientKey: identity.key,
            token: identity.token,
            tokenFile: identity.tokenFile,
            skipsVerification: skipsVerification,
            serverName: try text("tls-server-name", in: cluster),
            namespace: try text("namespace", in: chosen),
            proxy: try proxy(of: cluster)
        )
        config.authoritiesFile = try file("certificate-authority", in: cluster)
        config.clientCertificateFile = identity.certificateFile
        config.clientKeyFile = identity.keyFile
        config.exec = identity.exec
        return config
    }

    /// Who we are, in all the forms that there are.
    private struct Identity {
        var certificate: [UInt8]?
        var certificateFile: String?
        var key: [UInt8]?
        var keyFile: String?
        var token: String?
        var tokenFile: String?
        var exec: ExecPlugin?
    }

    private func identity(of user: Entry, _ cluster: Entry) throws(KubeconfigError) -> Identity {
        var identity = Identity()
        identity.certificate = try bytes("client-certificate", in: user)
        identity.key = try bytes("client-key", in: user)
        guard (identity.certificate == nil) == (identity.key == nil) else {
            let missing = identity.key == nil ? "client-key" : "client-certificate"
            throw failure(user, missing, "missing, expected a certificate and its key together")
        }
        identity.certificateFile = try file("client-certificate", in: user)
        identity.keyFile = try file("client-key", in: user)
        identity.token = try text("token", in: user)
        identity.tokenFile = try text("tokenFile", in: user).map { Self.absolute($0, besides: user.path) }
        identity.exec = try plugin(of: user, cluster)
        return identity
    }

    /// The context's user; nil when it names none.
    private func user(of chosen: Entry) throws(KubeconfigError) -> Entry? {
        guard let name = try text("user", in: chosen) else { return nil }
        let user = try entry("users", "user", named: name)
        try refuse(Self.unsupportedOfUser, in: user)
        return user
    }

    /// Fields that would change what we do if we understood them, and what to use instead.
    private static let unsupportedOfUser =
        [
            ("auth-provider", "authentication providers"),
            ("username", "basic passwords"),
            ("password", "basic passwords"), ("as", "impersonation"), ("as-uid", "impersonation"),
            ("as-groups", "impersonation"), ("as-user-extra", "impersonation"),
        ]
        .map { ($0.0, "\($0.1) are not supported, expected token, tokenFile, exec or a client certificate") }

    private func refuse(_ fields: [(String, String)], in entry: Entry) throws(KubeconfigError) {
        for (field, reason) in fields {
            guard let value = entry.value[field], !value.isNull, value != "" else { continue }
            throw failure(entry, field, reason)
        }
    }

    private func endpoint(of cluster: Entry) throws(KubeconfigError) -> HTTPEndpoint {
        guard let url = try text("server", in: cluster) else {
            throw failure(cluster, "server", "missing, expected a URL")
        }
        guard let endpoint = HTTPEndpoint(url: url) else {
            // What stands before an @ is a password.
            let found = url.contains("@") ? "a text with an @" : "\"\(url)\""
            throw failure(cluster, "server", "\(found), expected a URL such as https://127.0.0.1:6443")
        }
        return endpoint
    }

    private func proxy(of cluster: Entry) throws(KubeconfigError) -> ClientProxy? {
        guard let url = try text("proxy-url", in: cluster) else { return nil }
        do throws(HTTPError) { return try ClientProxy(url: url) } catch {
            throw failure(cluster, "proxy-url", error.reason)
        }
    }

    // MARK: Entries and fields

    private static func parsed(_ bytes: [UInt8], _ path: String) throws(KubeconfigError) -> JSONValue {
        let documents: [YAMLDocument]
        do throws(YAMLError) {
            documents = try YAMLParser.documents(in: bytes)
        } catch {
            throw KubeconfigError(path: path, context: nil, field: nil, reason: error.summary)
        }
        guard documents.count <= 1 else {
            let reason = "\(documents.count) documents, expected one"
            throw KubeconfigError(path: path, context: nil, field: nil, reason: reason)
        }
        return documents.first?.value ?? .object(JSONObject())
    }

    private func entry(_ list: String, _ member: String, named name: String) throws(KubeconfigError) -> Entry {
        for file in files {
            let entries = file.value[list]?.array ?? []
            guard let found = entries.first(where: { $0["name"]?.string == name }) else { continue }
            return Entry(
                value: found[member] ?? .object(JSONObject()),
                path: file.path,
                field: "\(list)[\(name)].\(member)"
            )
        }
        let path = files.map(\.path).joined(separator: ":")
        throw KubeconfigError(path: path, context: context, field: "\(list)[\(name)]", reason: "nothing of that name")
    }

    /// The string `field`; nil when it is missing or empty.
    func text(_ field: String, in entry: Entry) throws(KubeconfigError) -> String? {
        guard let value = entry.value[field], !value.isNull else { return nil }
        guard let text = value.string else { throw failure(entry, field, "\(value.typeName), expected a string") }
        return text.isEmpty ? nil : text
    }

    func flag(_ field: String, in entry: Entry) throws(KubeconfigError) -> Bool {
        guard let value = entry.value[field], !value.isNull else { return false }
        guard let flag = value.bool else { throw failure(entry, field, "\(value.typeName), expected a boolean") }
        return flag
    }

    /// The bytes that `<field>-data` holds in base64, else those of the file that `field` names.
    func bytes(_ field: String, in entry: Entry) throws(KubeconfigError) -> [UInt8]? {
        if let data = try text("\(field)-data", in: entry) {
            guard let bytes = Base64.decode(data) else { throw failure(entry, "\(field)-data", "not base64") }
            return bytes
        }
        guard let path = try text(field, in: entry) else { return nil }
        do throws(FileStore.Failure) {
            return try FileStore.read(Self.absolute(path, besides: entry.path))
        } catch {
            throw failure(entry, field, error.description)
        }
    }

    /// The path of the file that `field` names; nil where `<field>-data` counts.
    private func file(_ field: String, in entry: Entry) throws(KubeconfigError) -> String? {
        guard try text("\(field)-data", in: entry) == nil else { return nil }
        return try text(field, in: entry).map { Self.absolute($0, besides: entry.path) }
    }

    /// `path`, which unless it begins with `/` is relative to the folder of the kubeconfig at `file`.
    static func absolute(_ path: String, besides file: String) -> String {
        guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
        return file[...slash] + path
    }

    func failure(_ entry: Entry, _ field: String, _ reason: String) -> KubeconfigError {
        KubeconfigError(path: entry.path, context: context, field: "\(entry.field).\(field)", reason: reason)
    }
}
