import Fixture
import FlaggerAPI
import Glibc
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import TLS

// The sandbox's API server over many Canaries and Deployments that nobody works on.
//
// Usage: cluster COUNT KUBECONFIG ORDERS
//
// It writes a kubeconfig and, last, the address at which it takes orders: `POST /changes/N` changes the status of N of
// the objects, a Canary and a Deployment in turn.

/// Changes objects as it is told.
struct Orders: HTTPHandler {
    let cluster: InMemoryCluster
    let keys: [ObjectKey]

    func response(to request: ServerRequest) async -> ServerResponse {
        guard let count = Int(request.path.split(separator: "/").last ?? "") else {
            return .text("a number\n", status: .badRequest)
        }
        for number in 0..<count {
            let key = keys[(number / 2) % keys.count]
            let type = number.isMultiple(of: 2) ? ResourceType.canaries : .deployments
            cluster.modify(type, key) { object in
                let count = (object[path: "status", "canaryWeight"]?.int ?? 0) + 1
                object[path: "status", "canaryWeight"] = .number(JSONNumber(count))
            }
        }
        return .text("done\n")
    }
}

/// Lets everything through.
struct OpenAdmission: AdmissionControl {
    func mutate(
        _ attempt: AdmissionAttempt
    ) async throws(KubernetesError) -> (object: JSONValue?, warnings: [String]) { (attempt.object, []) }

    func validate(_ attempt: AdmissionAttempt) async throws(KubernetesError) -> [String] { [] }
}

let arguments = CommandLine.arguments
guard arguments.count == 4, let count = Int(arguments[1]) else {
    ProcessEnvironment.printError("usage: cluster COUNT KUBECONFIG ORDERS\n")
    exit(2)
}
// What a slow reader leaves unread is kept: nothing is measured here.
let cluster = InMemoryCluster(clock: SystemClock(), watchLimit: 1_000_000)
let review = try ManyObjects.review()
var keys: [ObjectKey] = []
for number in 0..<count {
    keys.append(cluster.put(.canaries, try ManyObjects.canary(number)).key)
    cluster.put(.deployments, ManyObjects.deployment(number, like: review))
}
let authority = try CertificateAuthority(commonName: "benchmark", now: SystemClock().now())
let identity = try authority.issue(commonName: "api", names: ["127.0.0.1"], now: SystemClock().now())
let loops = EventLoopGroup()
let api = SandboxAPIServer(
    cluster: cluster,
    admission: OpenAdmission(),
    conversion: WebhookConversion { endpoint, _ in HTTPClient(endpoint: endpoint, tls: nil, loops: loops) },
    tokens: ["benchmark": APIUser(name: "benchmark", groups: ["system:masters"])],
    clock: SystemClock()
)
// A definition: the kind is one that the sandbox serves where somebody has defined it.
for definition in CustomResources.crds() { cluster.put(.customResourceDefinitions, definition) }
let tls = try TLSContext.server(certificateChain: identity.certificate, privateKey: identity.privateKey)
let server = try HTTPServer(
    configuration: HTTPServer.Configuration(address: "127.0.0.1:0", tls: tls),
    loops: loops,
    handler: api
)
let orders = try HTTPServer(
    configuration: HTTPServer.Configuration(address: "127.0.0.1:0"),
    loops: loops,
    handler: Orders(cluster: cluster, keys: keys)
)
let bundle = Base64.encode(authority.identity.certificate)
let kubeconfig = """
    apiVersion: v1
    kind: Config
    current-context: benchmark
    clusters:
    - name: benchmark
      cluster: {server: "https://127.0.0.1:\(server.port)", certificate-authority-data: \(bundle)}
    users:
    - name: benchmark
      user: {token: benchmark}
    contexts:
    - name: benchmark
      context: {cluster: benchmark, user: benchmark}

    """
try FileStore.write(Array(kubeconfig.utf8), to: arguments[2])
try FileStore.write(Array("http://127.0.0.1:\(orders.port)".utf8), to: arguments[3])
try await withThrowingDiscardingTaskGroup { group in
    group.addTask { try await server.run() }
    group.addTask { try await orders.run() }
}
