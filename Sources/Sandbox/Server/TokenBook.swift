import JSON
import Kubernetes
import Platform

/// The bearer tokens that the server takes: those that it was given, and those that it hands out to service accounts.
struct TokenBook: Sendable {
    /// A token that was handed out.
    private struct Issued: Sendable {
        let namespace: String
        let name: String
        let uid: String
        let expiry: Timestamp
    }

    private static let serviceAccounts = ResourceType(
        group: "",
        version: "v1",
        plural: "serviceaccounts",
        kind: "ServiceAccount"
    )

    private let cluster: InMemoryCluster
    private let clock: any WallClock
    private let given: [String: APIUser]
    private let issued = Locked<[String: Issued]>([:])

    /// A book with the `given` tokens.
    init(given: [String: APIUser], cluster: InMemoryCluster, clock: any WallClock) {
        self.given = given
        self.cluster = cluster
        self.clock = clock
    }

    /// Whose `token` is; nil for one that is unknown or has run out, or whose service account is gone.
    func user(_ token: String) -> APIUser? {
        if let user = given[token] { return user }
        guard let entry = issued.withLock({ $0[token] }), entry.expiry > clock.now(),
            cluster.object(Self.serviceAccounts, entry.namespace, entry.name)?.uid == entry.uid
        else { return nil }
        return APIUser(
            name: "system:serviceaccount:\(entry.namespace):\(entry.name)",
            groups: ["system:serviceaccounts", "system:serviceaccounts:\(entry.namespace)"]
        )
    }

    /// A token for the service account `account`, as `request`, a TokenRequest, wants it: the request with its status.
    ///
    /// - Throws: the 422 of a lifetime below ten minutes.
    func issue(_ request: JSONValue, for account: JSONValue) throws(KubernetesError) -> JSONValue {
        let seconds = request[path: "spec", "expirationSeconds"]?.int ?? 3_600
        guard seconds >= 600 else {
            let cause = FieldCause.invalid(
                "spec.expirationSeconds",
                .number(JSONNumber(seconds)),
                "may not specify a duration less than 10 minutes"
            )
            throw .invalid(
                "create token",
                ResourceType(
                    group: "authentication.k8s.io",
                    version: "v1",
                    plural: "tokenrequests",
                    kind: "TokenRequest"
                ),
                name: "",
                causes: [cause]
            )
        }
        let token = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
        let expiry = clock.now() + .seconds(min(seconds, 1 << 32))
        let entry = Issued(
            namespace: account.namespace ?? "",
            name: account.name,
            uid: account.uid,
            expiry: expiry
        )
        issued.withLock { $0[token] = entry }
        var answer = request
        answer[path: "metadata", "name"] = .string(account.name)
        answer[path: "metadata", "namespace"] = account.namespace.map(JSONValue.string)
        answer[path: "metadata", "creationTimestamp"] = .string(clock.now().rfc3339)
        answer[path: "spec", "expirationSeconds"] = .number(JSONNumber(seconds))
        answer["status"] = ["token": .string(token), "expirationTimestamp": .string(expiry.rfc3339)]
        return answer
    }
}
