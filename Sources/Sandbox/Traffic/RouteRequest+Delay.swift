import ContourAPI

extension RouteRequest {
    /// How long it is waited with the answer, as podinfo does: so many seconds as `/delay/1` says, an hour at most.
    var delay: Duration {
        let parts = path.split(separator: "/")
        guard parts.count == 2, parts[0] == "delay", let seconds = Int(parts[1]) else { return .zero }
        return .seconds(min(max(0, seconds), 3_600))
    }
}
