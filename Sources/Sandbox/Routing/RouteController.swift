import ContourAPI
import JSON
import Kubernetes
package import Platform

/// The sandbox's stand-in for Contour: judges every HTTPProxy and writes its status.
///
/// A simulator: no Envoy is configured; `TrafficSource` reads the same graph. It looks at objects of no ingress class
/// or of the class `contour`, the others are left alone.
package struct RouteController: Sendable {
    /// How long a configuration stands before the next one is built, as in Contour, which puts changes off for as long.
    private static let holdoff = Duration.milliseconds(100)

    private let cluster: InMemoryCluster
    private let clock: any WallClock

    /// A controller of the HTTPProxies in `cluster`.
    package init(cluster: InMemoryCluster, clock: any WallClock) {
        self.cluster = cluster
        self.clock = clock
    }

    /// Reconciles on every change of an HTTPProxy or a Service, until the task is cancelled.
    package func run() async {
        let loop = ReconcileLoop(
            cluster: cluster,
            clock: clock,
            types: [.httpProxies, .services],
            rest: Self.holdoff
        )
        await loop.run {
            reconcile()
            return nil
        }
    }

    /// Writes the status of every HTTPProxy where it differs.
    package func reconcile() {
        let proxies = cluster.objects(.httpProxies)
        let statuses = cluster.routing().statuses
        let now = clock.now()
        for proxy in proxies {
            guard let status = statuses[proxy.key] else { continue }
            cluster.modify(.httpProxies, proxy.key) { object in
                // An object that changed meanwhile is judged anew at that change.
                guard object.generation == proxy.generation, object.uid == proxy.uid else { return }
                object["status"] = ContourStatus.status(of: object, status, at: now)
            }
        }
    }
}
