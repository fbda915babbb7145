import ArgumentParser
import Kubernetes

/// Which of several replicas runs the loop, and how much of it at once.
package struct ElectionOptions: ParsableArguments {
    /// Whether replicas agree on one.
    package enum Election: String, CaseIterable, ExpressibleByArgument, Sendable {
        /// By a Lease.
        case on
        /// There is one replica alone.
        case off
    }

    @Option(
        help:
            "on: of several replicas the one that holds the lease canarygate runs the loop; off: the only one does; on by default. [CANARYGATE_LEADER_ELECTION]"
    )
    var leaderElection: Election?

    @Option(
        help: "The lease's namespace; the pod's own by default, $POD_NAMESPACE. [CANARYGATE_LEASE_NAMESPACE]"
    )
    var leaseNamespace: String?

    @Option(help: "How many canaries are worked at at once; 8 by default. [CANARYGATE_WORKERS]")
    var workers: Int?

    package init() {}

    /// Puts them, or what `environment` has instead, into `settings`; `variables` are those of the process.
    ///
    /// - Throws: `ValidationError` for a number of workers that makes no sense.
    package func apply(
        to settings: inout ServerSettings,
        environment: Settings,
        variables: [String: String]
    ) throws {
        let workers = try environment.value("CANARYGATE_WORKERS", given: workers) ?? settings.workers
        guard (1...256).contains(workers) else {
            throw ValidationError("--workers: \(workers), expected 1...256")
        }
        settings.workers = workers
        let election = try environment.value("CANARYGATE_LEADER_ELECTION", given: leaderElection) ?? .on
        let given = try environment.value("CANARYGATE_LEASE_NAMESPACE", given: leaseNamespace)
        // Where the loop is off there is nothing to lead.
        guard election == .on, !settings.isAdmissionOnly else { return }
        let host = [variables["POD_NAME"], variables["HOSTNAME"]].compactMap { $0 }.first { !$0.isEmpty }
        settings.lease = LeaseSettings(
            namespace: given ?? Self.ownNamespace(settings, variables),
            identity: LeaderElectionSettings.uniqueIdentity(host: host ?? "canarygate")
        )
    }

    /// The namespace that we run in: as the pod is told, as the service account's files or the kubeconfig's context say,
    /// else that of the service account as whom the loop asks.
    private static func ownNamespace(_ settings: ServerSettings, _ variables: [String: String]) -> String {
        if let pod = variables["POD_NAMESPACE"], !pod.isEmpty { return pod }
        if let context = settings.kubeconfig.namespace, !context.isEmpty { return context }
        let parts = settings.username.split(separator: ":")
        return parts.count == 4 && parts[1] == "serviceaccount" ? String(parts[2]) : "default"
    }
}
