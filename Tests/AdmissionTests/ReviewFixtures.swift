import Admission
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Schema

/// Review bodies as an API server sends them.
enum ReviewFixtures {
    /// The id of the review in `create`.
    static let uid = "705ab4f5-6393-11e8-b7cc-42010a800002"

    /// A Canary that is made; names what the API server names.
    static let create = """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"705ab4f5-6393-11e8-b7cc-42010a800002",\
        "kind":{"group":"flagger.app","version":"v1beta1","kind":"Canary"},\
        "resource":{"group":"flagger.app","version":"v1beta1","resource":"canaries"},\
        "requestKind":{"group":"flagger.app","version":"v1beta1","kind":"Canary"},\
        "name":"podinfo","namespace":"test","operation":"CREATE",\
        "userInfo":{"username":"admin","uid":"admin","groups":["system:masters","system:authenticated"]},\
        "object":{"apiVersion":"flagger.app/v1beta1","kind":"Canary","metadata":{"name":"podinfo","namespace":"test"},\
        "spec":{"cmd":"a \\u003c b \\u0026\\u0026 c \\u003e d","big":9007199254740993}},"oldObject":null,"dryRun":true,\
        "options":{"kind":"CreateOptions","apiVersion":"meta.k8s.io/v1"},"futureField":[1,2]}}

        """

    /// An object of a collection that is deleted, asked in v1beta1: no name, no object.
    static let deleteCollection = """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1beta1","request":{"uid":"u-2",\
        "kind":{"group":"","version":"v1","kind":"Service"},"resource":{"group":"","version":"v1","resource":"services"},\
        "namespace":"test","operation":"DELETE","userInfo":{"username":"system:serviceaccount:kube-system:namespace-controller"},\
        "object":null,"oldObject":{"metadata":{"name":"podinfo","namespace":"test"}},"dryRun":false,"options":null}}
        """

    /// `kubectl exec`.
    static let connect = """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-3",\
        "kind":{"group":"","version":"v1","kind":"PodExecOptions"},"resource":{"group":"","version":"v1","resource":"pods"},\
        "subResource":"exec","name":"podinfo-1","namespace":"test","operation":"CONNECT","userInfo":{"username":"admin"},\
        "object":{"kind":"PodExecOptions","apiVersion":"v1","container":"podinfod"},"oldObject":null,"options":null}}
        """
}

/// A webhook that gives a fixed verdict.
struct FixedWebhook: Webhook {
    var path = "/validate/canaries"
    var isMutating = false
    var failurePolicy = FailurePolicy.fail
    var answer = Verdict.allowed
    /// Fails instead of giving a verdict.
    var fault: BrokenWebhook?

    func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) throws -> Verdict {
        if let fault { throw fault }
        return answer
    }
}

/// A fault of a webhook itself.
struct BrokenWebhook: Error, CustomStringConvertible {
    let description = "the tables are turned"
}

/// A clock that goes 5 ms forward at each look.
final class TickingClock: WallClock {
    private let looks = Locked(0)

    func now() -> Timestamp {
        let look = looks.withLock { count in
            count += 1
            return count
        }
        return Timestamp(seconds: 1_764_043_200, nanoseconds: Int64(look) * 5_000_000)
    }

    func sleep(for duration: Duration) async throws {}
}

/// Asks a handler and reads its answers.
struct Asked {
    let status: Int
    let fields: HTTPFields
    let body: String

    init(
        _ webhook: FixedWebhook = FixedWebhook(),
        method: HTTPRequest.Method = .post,
        path: String = "/validate/canaries",
        contentType: String? = "application/json",
        body: [UInt8],
        observe: @escaping @Sendable (AdmissionObservation) -> Void = { _ in }
    ) async {
        let handler = AdmissionHandler(
            webhooks: [webhook],
            view: { ClusterView() },
            clock: TickingClock(),
            observe: observe
        )
        var head = HTTPRequest(method: method, scheme: "https", authority: "localhost", path: path)
        head.headerFields[.contentType] = contentType
        let response = await handler.response(to: ServerRequest(head: head, body: body))
        status = response.head.status.code
        fields = response.head.headerFields
        guard case .bytes(let bytes) = response.body else {
            self.body = "streamed"
            return
        }
        self.body = String(decoding: bytes, as: UTF8.self)
    }

    init(_ webhook: FixedWebhook, _ review: String) async { await self.init(webhook, body: Array(review.utf8)) }

    func json() throws -> JSONValue { try JSONValue(parsing: body) }
}
