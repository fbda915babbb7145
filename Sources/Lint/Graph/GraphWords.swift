import ContourAPI
import JSON
import Kubernetes

/// The words for the parts of a graph, in all formats that people look at.
enum GraphWords {
    /// `text` on one line, without what a terminal takes for a command and without characters that turn the direction of
    /// writing.
    static func safe(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in TextPlace.oneLine(text).unicodeScalars {
            line.append(scalar.properties.generalCategory == .format ? "\u{FFFD}" : scalar)
        }
        return String(line)
    }

    /// A host's name.
    static func host(_ tree: HostTree) -> String { tree.host.isEmpty ? "(no host name)" : tree.host }

    /// Who ends TLS.
    static func tls(_ tls: HostTree.TLS) -> String {
        switch tls {
        case .none: "plain HTTP"
        case .terminated(let secret): "TLS with the Secret \(secret)"
        case .passthrough: "TLS passed through to the backend"
        }
    }

    /// What becomes of the requests to a host that is not as it should be; nil for one that is.
    static func state(_ state: HostTree.State) -> String? {
        switch state {
        case .served: nil
        case .absent: "not served, requests get 404"
        case .withoutRoutes: "served without routes, requests get 404"
        }
    }

    /// A share: `33.3 %`, `90 %`.
    static func share(_ percent: Double) -> String {
        let tenths = (percent * 10).rounded()
        guard tenths.truncatingRemainder(dividingBy: 10) != 0 else { return "\(Int(tenths / 10)) %" }
        return "\(Int(tenths / 10)).\(Int(tenths) % 10) %"
    }

    /// A backend's Service and port.
    static func service(_ backend: RouteBackend) -> String { "\(backend.service):\(backend.port)" }

    /// What a backend gets: `90 % (weight 90)`, `copies of 25 %`, `nothing`.
    static func part(_ backend: RouteBackend) -> String {
        if backend.isLost { return "nothing" }
        if backend.isMirror { return "copies of \(share(backend.percent))" }
        return share(backend.percent) + (backend.weight.map { " (weight \($0))" } ?? "")
    }

    /// What a route does by itself; nil where it leads to Services.
    static func answer(_ action: RouteAction?) -> String? {
        switch action {
        case nil: "not exactly one of services, redirect and direct response"
        case .services: nil
        case .redirect(let status, let place): place.isEmpty ? "redirect \(status)" : "redirect \(status) to \(place)"
        case .response(let status): "answer \(status)"
        }
    }
}
