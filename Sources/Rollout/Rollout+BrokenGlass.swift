import FlaggerAPI

/// Objects on which somebody has broken the glass are theirs for as long as it is broken.
extension Rollout {
    /// Nothing goes on while somebody moves the traffic by hand; nil when nobody does.
    static func leaveRoute(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        let kind = canary.provider == .contour ? "httpproxy" : "service"
        guard let use = brokenGlass(on: "\(kind)/\(canary.service.apexName)", observation) else { return nil }
        let message =
            "\(canary.routeLabel) is left alone while the glass on it is broken (\(use.reason)); "
            + "nothing goes on until canarygate.dev/break-glass is taken off it"
        return blocked(observation, message)
    }

    /// The broken glass on the object of that title (`service/podinfo`); nil when it is whole.
    static func brokenGlass(on title: String, _ observation: Observation) -> BreakGlassUse? {
        observation.gate.breakGlass?.first { $0.object == title }
    }
}
