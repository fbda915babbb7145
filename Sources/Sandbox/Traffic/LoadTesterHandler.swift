package import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// The sandbox's stand-in for Flagger's load tester, as the target of rollout hooks.
///
/// Commands are not run. An acceptance test (`metadata.type: bash`) passes with 200 when the Service that its command
/// names, in `http://<service>.<namespace>/…`, has a ready pod that answers more requests well than badly; else it is
/// 500 with a one-line reason. Any other command is a load test: it is taken with 202 and counted; where it is `hey` for a
/// time (`-z`), its requests come to the host or Service that it names. A payload that is none is 400.
package struct LoadTesterHandler: HTTPHandler {
    /// What was asked for so far.
    package struct Counts: Hashable, Sendable {
        /// Acceptance tests that passed.
        package var passed = 0
        /// Acceptance tests that failed.
        package var failed = 0
        /// Load tests that were taken.
        package var loads = 0
    }

    private let cluster: InMemoryCluster
    private let images: ImageBehaviours
    private let loads: LoadTests?
    private let state = Locked(Counts())

    /// A load tester of the Services in `cluster`; who sends the requests of load tests shares `loads`.
    package init(cluster: InMemoryCluster, images: ImageBehaviours = ImageBehaviours(), loads: LoadTests? = nil) {
        self.cluster = cluster
        self.images = images
        self.loads = loads
    }

    /// What was asked for so far.
    package var counts: Counts { state.withLock { $0 } }

    /// The answer to `request`: a hook is a POST to any path; `/healthz` is for probes.
    package func response(to request: ServerRequest) async -> ServerResponse {
        if request.path == "/healthz" { return .text("OK\n") }
        guard request.head.method == .post else {
            return .text("a hook is sent with POST\n", status: .methodNotAllowed)
        }
        do throws(LoadTesterCall.Fault) {
            return answer(try LoadTesterCall(parsing: request.body))
        } catch {
            return .text("\(error.reason)\n", status: .badRequest)
        }
    }

    private func answer(_ call: LoadTesterCall) -> ServerResponse {
        guard call.type == "bash" else {
            state.withLock { $0.loads += 1 }
            loads?.begin(call.command, namespace: call.namespace)
            return .text("load test taken\n", status: .accepted)
        }
        if let problem = problem(call) {
            state.withLock { $0.failed += 1 }
            return .text("command failed: \(problem)\n", status: .internalServerError)
        }
        state.withLock { $0.passed += 1 }
        return .text("command passed\n")
    }

    /// Why the command would fail; nil when it would not.
    private func problem(_ call: LoadTesterCall) -> String? {
        guard let target = call.target else {
            return "it names no http://<service>.<namespace>, and commands are not run here"
        }
        let name = "\(target.service).\(target.namespace)"
        guard let service = cluster.object(.services, target.namespace, target.service) else {
            return "could not resolve host: \(name)"
        }
        let ports = (service[path: "spec", "ports"]?.array ?? []).compactMap { $0["port"]?.int }
        guard ports.contains(target.port) else { return "\(name) has no port \(target.port)" }
        let ready = ServicePods(cluster.objects(.pods, in: target.namespace)).selected(by: service).filter {
            $0.readySince != nil
        }
        guard !ready.isEmpty else { return "\(name) has no ready endpoint" }
        let rates = ready.map { images.behaviour(of: $0.images).errorRate }
        guard rates.reduce(0, +) / Double(rates.count) < 0.5 else { return "\(name) answered 500" }
        return nil
    }
}
