import HTTP
import HTTPTypes
import Kubernetes

/// Finds out who sends a request: by bearer token, else by client certificate.
struct Authenticator: Sendable {
    /// The bearer tokens that are known.
    let tokens: TokenBook

    /// The user of `request`.
    ///
    /// - Throws: the 401 of a request without known credentials.
    func user(of request: ServerRequest) throws(KubernetesError) -> APIUser {
        if let authorization = request.head.headerFields[.authorization] {
            let words = authorization.split(separator: " ")
            guard words.count == 2, words[0].lowercased() == "bearer", let user = tokens.user(String(words[1])) else {
                throw Self.unauthorized
            }
            return Self.authenticated(user)
        }
        guard let name = request.clientCommonName else { throw Self.unauthorized }
        return Self.authenticated(APIUser(name: name, groups: request.clientOrganizations))
    }

    /// The user that `request` asks to be taken for; nil when it asks for nothing of the kind.
    ///
    /// Source: Kubernetes user impersonation, headers `Impersonate-User` and `Impersonate-Group`.
    func impersonated(in request: ServerRequest) -> APIUser? {
        guard let user = HTTPField.Name("Impersonate-User"), let group = HTTPField.Name("Impersonate-Group"),
            let name = request.head.headerFields[user], !name.isEmpty
        else { return nil }
        var groups = request.head.headerFields[values: group]
        let parts = name.split(separator: ":", omittingEmptySubsequences: false)
        if groups.isEmpty, parts.count == 4, name.hasPrefix("system:serviceaccount:") {
            groups = ["system:serviceaccounts", "system:serviceaccounts:\(parts[2])"]
        }
        return Self.authenticated(APIUser(name: name, groups: groups))
    }

    private static func authenticated(_ user: APIUser) -> APIUser {
        let group = "system:authenticated"
        return user.groups.contains(group) ? user : APIUser(name: user.name, groups: user.groups + [group])
    }

    private static let unauthorized = KubernetesError.refusal(401, "Unauthorized", "Unauthorized")
}
