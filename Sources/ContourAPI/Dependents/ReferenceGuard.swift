package import Admission
import JSON
package import Kubernetes
package import Platform

/// The validating webhook on what HTTPProxies refer to: Services, Secrets, TLSCertificateDelegations and
/// ExtensionServices that are changed or removed.
///
/// It tells which valid HTTPProxies lose what, and keeps nobody from it, unless a mode says so. What is wrong with a
/// delegation itself refuses it.
package struct ReferenceGuard: Webhook {
    /// `/validate/references`.
    package let path = "/validate/references"

    /// False: it only judges.
    package let isMutating = false

    /// Ignore: a warning is not worth an obstacle.
    package let failurePolicy = FailurePolicy.ignore

    private let judge: ContourJudge
    private let secrets: SecretReader

    /// A guard that asks `judge`, and reads Secrets with `secrets`.
    package init(judge: ContourJudge = ContourJudge(), secrets: SecretReader = SecretReader()) {
        self.judge = judge
        self.secrets = secrets
    }

    /// The verdict on a CREATE, UPDATE or DELETE of an object itself; anything else is allowed, as is what the cluster's
    /// own components do.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.subresource == nil, !ControlPlane.contains(request.username),
            let kind = ContourKind.allCases.first(where: { kind in
                kind != .httpProxy && kind.type.group == request.group && kind.type.plural == request.resource
            })
        else { return .allowed }
        let stored = request.oldObject.map { kept($0.value, kind, request) }
        if request.operation == .delete {
            return stored.map { judge.judgement(ofDeleting: $0, as: kind, in: view).verdict } ?? .allowed
        }
        guard let object = request.object.map({ kept($0.value, kind, request) }),
            object[path: "metadata", "deletionTimestamp"]?.string == nil
        else { return .allowed }
        return judge.judgement(of: object, as: kind, insteadOf: stored, in: view, at: now).verdict
    }

    /// The object with its place, and of a Secret what may be kept.
    private func kept(_ object: JSONValue, _ kind: ContourKind, _ request: AdmissionRequest) -> JSONValue {
        request.placed(kind == .secret ? secrets.kept(of: object) : object)
    }
}
