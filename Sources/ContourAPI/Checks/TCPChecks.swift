import JSON

/// What can be wrong with a TCP proxy.
enum TCPChecks {
    static func check(_ context: ProxyContext, into faults: inout FaultList) {
        guard let tcp = context.spec["tcpproxy"], !tcp.isNull else { return }
        let services = tcp.list("services")
        let hasInclude = tcp.has("include") || tcp.has("includes")
        if hasInclude, !services.isEmpty {
            faults.add(
                .tcpServicesAndInclude,
                at: "spec.tcpproxy",
                tcp,
                "both services and include",
                write: "write one of them"
            )
        }
        if let strategy = tcp["loadBalancerPolicy"]?.filled("strategy"), ["Cookie", "RequestHash"].contains(strategy) {
            faults.add(
                .tcpStrategy,
                at: "spec.tcpproxy.loadBalancerPolicy.strategy",
                .string(strategy),
                "unused for TCP",
                write: "write RoundRobin"
            )
        }
        let isChecked = tcp.has("healthCheckPolicy")
        for (index, service) in services.enumerated() {
            let path = "spec.tcpproxy.services[\(index)]"
            ServiceChecks(service, at: path, context, isTCP: true, isHealthChecked: isChecked).check(into: &faults)
        }
        guard services.isEmpty, !hasInclude else { return }
        faults.add(.tcpEmpty, at: "spec.tcpproxy", nil, "neither services nor include", write: "write one of them")
    }
}
