package import HTTP
import HTTPTypes
import JSON
import Kubernetes
package import Platform

/// The sandbox's API server: the objects of an `InMemoryCluster` over HTTP, so that stock kubectl and the project's own
/// client cannot tell it from a real one in what it serves.
///
/// It authenticates by bearer token or client certificate, authorizes by the RBAC objects in the cluster, and asks
/// admission before it stores. It knows no quotas.
package struct SandboxAPIServer: HTTPHandler {
    /// How large a request may be: 3 MiB, as the real server's.
    static let bodyLimit = 3 << 20

    let cluster: InMemoryCluster
    let admission: any AdmissionControl
    let versions: ObjectVersions
    let clock: any WallClock
    let registry: KindRegistry
    let rules: AccessRules
    let tokens: TokenBook
    private let authenticator: Authenticator

    /// A server for `cluster`, in which it makes the namespaces `default` and `kube-system` and the role
    /// `cluster-admin` where they are missing.
    ///
    /// `tokens` are the bearer tokens that it takes. Ages and timeouts run on `clock`.
    package init(
        cluster: InMemoryCluster,
        admission: any AdmissionControl,
        conversion: any VersionConversion,
        tokens: [String: APIUser],
        clock: any WallClock
    ) {
        self.cluster = cluster
        self.admission = admission
        versions = ObjectVersions(conversion: conversion)
        self.clock = clock
        registry = KindRegistry(cluster: cluster)
        rules = AccessRules(cluster: cluster)
        let book = TokenBook(given: tokens, cluster: cluster, clock: clock)
        self.tokens = book
        authenticator = Authenticator(tokens: book)
        Self.seed(cluster)
    }

    /// The answer to `request`; a refusal is a Status.
    package func response(to request: ServerRequest) async -> ServerResponse {
        do {
            if let fault = try await fault(in: request) { return fault }
            return try await answer(to: request)
        } catch {
            return error.answer
        }
    }

    /// The fault that `request` asks for, once it was held up for as long as it wants; nil where it goes on.
    private func fault(in request: ServerRequest) async throws(KubernetesError) -> ServerResponse? {
        guard let order = try FaultOrder(request) else { return nil }
        if let delay = order.delay {
            do { try await clock.sleep(for: .seconds(delay)) } catch { return order.answer }
        }
        return order.answer
    }

    private func answer(to request: ServerRequest) async throws(KubernetesError) -> ServerResponse {
        if let answer = Discovery.openAnswer(request.path) { return answer }
        guard request.body.count <= Self.bodyLimit else {
            let message = "Request entity too large: limit is \(Self.bodyLimit)"
            throw .refusal(413, "RequestEntityTooLarge", message)
        }
        let user = try self.user(of: request)
        guard let query = QueryItems(query: request.query) else { throw .badRequest("invalid query") }
        guard let path = RequestPath(request.path) else { return try document(request, user) }
        if let review = AccessReview.kind(path) {
            return try answer(review, path: path, query: query, user: user, request: request)
        }
        guard let kind = registry.kind(path) else { return Self.nothing }
        let isWatch = ["1", "true"].contains(query["watch"] ?? "")
        guard let verb = APIVerb(request.head.method, isCollection: path.name == nil, isWatch: isWatch) else {
            throw .methodNotAllowed
        }
        let call = APICall(verb: verb, kind: kind, path: path, query: query, user: user, request: request)
        try rules.check(call.access(), by: user)
        try call.checkServed()
        guard let deprecation = kind.custom?.deprecation else { return try await answer(to: call) }
        return try await answer(to: call, warning: deprecation)
    }

    /// The answer to a call of a version that its definition calls deprecated, whatever the answer is.
    @inline(never)
    private func answer(to call: APICall, warning: String) async throws(KubernetesError) -> ServerResponse {
        do throws(KubernetesError) {
            return try await answer(to: call).adding(warnings: [warning])
        } catch {
            var error = error
            error.warnings.append(warning)
            throw error
        }
    }

    private func answer(to call: APICall) async throws(KubernetesError) -> ServerResponse {
        switch call.verb {
        case .get: try await get(call)
        case .list: try await list(call)
        case .watch: try watch(call)
        case .create where call.path.subresource != nil: try await act(call)
        case .create: try await create(call)
        case .update: try await update(call)
        case .patch: try await patch(call)
        case .delete: try await delete(call)
        case .deletecollection: try await deleteCollection(call)
        }
    }

    private func user(of request: ServerRequest) throws(KubernetesError) -> APIUser {
        let user = try authenticator.user(of: request)
        guard let other = authenticator.impersonated(in: request) else { return user }
        try rules.check(AccessRequest(verb: "impersonate", resource: "users", name: other.name), by: user)
        return other
    }

    /// The answer to a path that nothing is at.
    private static var nothing: ServerResponse { .text("404 page not found\n", status: .notFound) }

    /// Discovery, and whatever else is no resource.
    private func document(_ request: ServerRequest, _ user: APIUser) throws(KubernetesError) -> ServerResponse {
        try rules.check(AccessRequest(verb: "get", path: String(request.path)), by: user)
        let discovery = Discovery(kinds: registry.kinds)
        if request.path == "/openapi/v2" { return discovery.secondVersion(accept: request.head.headerFields[.accept]) }
        return discovery.answer(request.path) ?? Self.nothing
    }

    private func answer(
        _ type: ResourceType,
        path: RequestPath,
        query: QueryItems,
        user: APIUser,
        request: ServerRequest
    ) throws(KubernetesError) -> ServerResponse {
        guard request.head.method == .post else { throw .methodNotAllowed }
        let call = APICall(
            verb: .create,
            kind: ServedKind(type),
            path: path,
            query: query,
            user: user,
            request: request
        )
        try rules.check(call.access(), by: user)
        let review = AccessReview(rules: rules, user: user, namespace: path.namespace, tokens: tokens)
        return .json(review.answered(try call.object()), status: .created)
    }

    private static func seed(_ cluster: InMemoryCluster) {
        for name in ["default", "kube-system"] where cluster.object(.namespaces, nil, name) == nil {
            cluster.put(
                .namespaces,
                ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)]]
            )
        }
        if cluster.object(AccessRules.clusterRoles, nil, "cluster-admin") == nil {
            cluster.put(AccessRules.clusterRoles, AccessRules.clusterAdmin)
        }
    }
}
