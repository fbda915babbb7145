import FlaggerAPI

extension Rollout {
    /// Nothing goes on while somebody who has broken the glass moves the traffic by hand; nil when nobody does.
    static func leaveRoute(_ observation: Observation) -> Decision? {
        let canary = observation.canary
        let title = "\(canary.provider == .contour ? "httpproxy" : "service")/\(canary.service.apexName)"
        guard let use = observation.gate.breakGlass?.first(where: { $0.object == title }) else { return nil }
        let message =
            "\(canary.routeLabel) is left alone while the glass on it is broken (\(use.reason)); "
            + "nothing goes on until canarygate.dev/break-glass is taken off it"
        return blocked(observation, message)
    }
}
