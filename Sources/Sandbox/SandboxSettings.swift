package import Platform

/// How a sandbox is set up.
package struct SandboxSettings: Sendable {
    /// Where the API server listens over TLS, `host:port`.
    package var listen = "127.0.0.1:0"
    /// Where Prometheus listens, `host:port`.
    package var prometheusListen = "127.0.0.1:0"
    /// Where the load tester listens, `host:port`.
    package var loadTesterListen = "127.0.0.1:0"
    /// The service account as whom the server beside the sandbox asks.
    package var serviceAccount = "system:serviceaccount:canarygate-system:canarygate"
    /// How many changes are kept at least for watches and lists that go on from a version; enough for a client that was
    /// away for a minute of an analysis.
    package var history = 2_000
    /// Where the Services are that webhooks are registered by.
    package var services = ServiceAddresses()
    /// What is in the cluster from the start; nil for what every new cluster has.
    package var archive: ClusterArchive?
    /// Pods, traffic and measurements.
    package var world = SandboxWorld.Settings()
    /// The only time that there is.
    package var clock: any WallClock

    /// The defaults, on `clock`.
    package init(clock: any WallClock) { self.clock = clock }
}
