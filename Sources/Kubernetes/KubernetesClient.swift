package import HTTP
import HTTPTypes
package import JSON
package import Platform

/// The API of one cluster over HTTP.
package struct KubernetesClient: KubernetesAPI {
    /// The largest answer about one object in bytes; etcd stores 1.5 MiB, and a watch's line holds one object.
    static let objectLimit = 8 << 20
    /// The largest page of a list in bytes: `KubernetesRequest.pageSize` objects of 128 KiB; where they are larger, pages
    /// of fewer objects are asked for.
    static let pageLimit = 64 << 20
    /// The reason of an answer beyond these limits.
    private static let tooLarge = "AnswerTooLarge"
    /// How often a list begins again when its snapshot expires between two pages.
    static let listAttempts = 3
    /// How long a watch is asked to last in seconds, between client-go's 300 and 600.
    static let watchSeconds = 480
    /// How long a watch may be silent: two of the server's bookmarks, which come once a minute.
    static let watchIdleTimeout: Duration = .seconds(130)

    private let transport: any HTTPTransport
    private let authorization: (@Sendable () async throws -> String?)?
    private let basePath: String
    private let clock: any WallClock

    /// A client that sends over `transport`, with `authorization` as the Authorization header when it answers one.
    ///
    /// Waits between attempts are taken on `clock`.
    package init(
        transport: any HTTPTransport,
        authorization: (@Sendable () async throws -> String?)? = nil,
        basePath: String = "",
        clock: any WallClock = SystemClock()
    ) {
        self.transport = transport
        self.authorization = authorization
        self.basePath = basePath
        self.clock = clock
    }

    package func get(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) -> JSONValue {
        try await object(.get(type, key), type)
    }

    package func list(
        _ type: ResourceType,
        namespace: String?,
        labelSelector: String?
    ) async throws(KubernetesError) -> ObjectList {
        var attempt = 1
        var size = KubernetesRequest.pageSize
        while true {
            do throws(KubernetesError) {
                return try await pages(type, namespace, labelSelector, size)
            } catch {
                if error.reason == Self.tooLarge, size > 1 {
                    size /= 4
                    continue
                }
                guard error.isExpired, attempt < Self.listAttempts else { throw error }
                attempt += 1
            }
        }
    }

    package func create(
        _ type: ResourceType,
        _ object: JSONValue,
        namespace: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await self.object(.create(type, object, namespace: namespace), type)
    }

    package func update(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ object: JSONValue,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await self.object(.update(type, key, object, subresource: subresource), subresource == "scale" ? nil : type)
    }

    package func patch(
        _ type: ResourceType,
        _ key: ObjectKey,
        _ patch: Patch,
        subresource: String?
    ) async throws(KubernetesError) -> JSONValue {
        try await object(.patch(type, key, patch, subresource: subresource), subresource == "scale" ? nil : type)
    }

    package func delete(_ type: ResourceType, _ key: ObjectKey) async throws(KubernetesError) {
        let request = try KubernetesRequest.delete(type, key)
        let response = try await send(request)
        _ = try await body(of: response, request.operation, limit: Self.objectLimit)
    }

    package func watch(
        _ type: ResourceType,
        namespace: String?,
        resourceVersion: String
    ) async throws(KubernetesError) -> WatchStream {
        let request = try KubernetesRequest.watch(
            type,
            namespace: namespace,
            resourceVersion: resourceVersion,
            seconds: Self.watchSeconds
        )
        let response = try await send(request, idleTimeout: Self.watchIdleTimeout)
        let decoder = WatchDecoder(operation: request.operation, type: type, lineLimit: Self.objectLimit)
        let reader = WatchReader(body: response.body, decoder: decoder)
        return WatchStream { try await reader.next() }
    }
}

extension KubernetesClient {
    /// All pages of one snapshot.
    private func pages(
        _ type: ResourceType,
        _ namespace: String?,
        _ labelSelector: String?,
        _ size: Int
    ) async throws(KubernetesError) -> ObjectList {
        var items: [JSONValue] = []
        var token: String?
        while true {
            let request = try KubernetesRequest.list(
                type,
                namespace: namespace,
                labelSelector: labelSelector,
                continuing: token,
                limit: size
            )
            // Null stands for none; but an answer without the member is no list, and no reason to forget all objects.
            let page = try await value(request, limit: Self.pageLimit) { answer in
                answer["items"].map { $0.isNull || $0.array != nil } == true ? nil : "no items, expected a list"
            }
            items += (page["items"]?.array ?? []).map { type.identified($0) }
            token = page[path: "metadata", "continue"]?.string
            guard let token, !token.isEmpty else {
                return ObjectList(items: items, resourceVersion: page.resourceVersion)
            }
        }
    }

    /// The object that the answer to `request` holds, with apiVersion and kind unless `type` is nil.
    private func object(
        _ request: KubernetesRequest,
        _ type: ResourceType?
    ) async throws(KubernetesError) -> JSONValue {
        let object = try await value(request, limit: Self.objectLimit) { answer in
            answer.object == nil ? "\(answer.typeName), expected object" : nil
        }
        return type?.identified(object) ?? object
    }

    /// The answer to `request`, unless `fault` says what is wrong with it.
    private func value(
        _ request: KubernetesRequest,
        limit: Int,
        fault: (JSONValue) -> String?
    ) async throws(KubernetesError) -> JSONValue {
        let response = try await send(request)
        let bytes = try await body(of: response, request.operation, limit: limit)
        let reason: String
        do {
            let value = try JSONValue(parsing: bytes)
            guard let found = fault(value) else { return value }
            reason = found
        } catch {
            reason = error.summary
        }
        throw KubernetesError(
            operation: request.operation,
            code: response.head.status.code,
            reason: "",
            message: "the answer cannot be read: \(reason)"
        )
    }

    private func body(
        of response: ClientResponse,
        _ operation: String,
        limit: Int
    ) async throws(KubernetesError) -> [UInt8] {
        do {
            return try await response.body.collect(upTo: limit)
        } catch let error as HTTPError where error.code == .bodyTooLarge {
            throw KubernetesError(operation: operation, code: 0, reason: Self.tooLarge, message: "\(error)")
        } catch {
            throw KubernetesError(operation: operation, cause: error)
        }
    }

    /// Sends `request`, again where that is safe, until an answer of 2xx comes.
    private func send(
        _ request: KubernetesRequest,
        idleTimeout: Duration = .seconds(30)
    ) async throws(KubernetesError) -> ClientResponse {
        var number = 1
        while true {
            switch await attempt(request, number, idleTimeout) {
            case .answered(let response): return response
            case .failed(let error, nil): throw error
            case .failed(_, let wait?):
                do {
                    try await clock.sleep(for: wait)
                } catch {
                    throw KubernetesError(operation: request.operation, cause: error)
                }
                number += 1
            }
        }
    }

    /// How one attempt ended.
    private enum Attempt {
        case answered(ClientResponse)
        case failed(KubernetesError, retryAfter: Duration?)
    }

    private func attempt(
        _ request: KubernetesRequest,
        _ number: Int,
        _ idleTimeout: Duration
    ) async -> Attempt {
        do {
            let header = try await authorization?() ?? nil
            let message = request.message(basePath: basePath, authorization: header, idleTimeout: idleTimeout)
            let response = try await transport.send(message)
            guard response.head.status.kind != .successful else { return .answered(response) }
            let bytes = try await response.body.collect(upTo: Self.objectLimit)
            let error = KubernetesError(operation: request.operation, code: response.head.status.code, body: bytes)
            return .failed(error, retryAfter: RetryPolicy.wait(after: response.head, to: request, attempt: number))
        } catch let error as HTTPError {
            return .failed(
                KubernetesError(operation: request.operation, cause: error),
                retryAfter: RetryPolicy.wait(after: error, of: request, attempt: number)
            )
        } catch {
            return .failed(KubernetesError(operation: request.operation, cause: error), retryAfter: nil)
        }
    }
}
