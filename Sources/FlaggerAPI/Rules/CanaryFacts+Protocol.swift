import JSON
import Schema

/// What Contour speaks to the pods.
extension CanaryFacts {
    /// The values that Contour knows.
    private static let protocols = ["kubernetes.io/h2c", "https", "http", "kubernetes.io/ws"]

    private static let upstreamAnnotation = "projectcontour.io/upstream-protocol."

    mutating func checkProtocol() {
        guard usesContour else { return }
        let path = Self.servicePath.member("appProtocol")
        if let value = service["appProtocol"], let text = value.string, !text.isEmpty {
            guard !Self.protocols.contains(text) else { return }
            return warn(
                "app-protocol-unknown",
                path,
                value,
                "taken for plain HTTP/1",
                "write kubernetes.io/h2c or https"
            )
        }
        let names = [service["portName"]?.string, service["targetPort"]?.string].compactMap { $0?.lowercased() }
        guard let name = names.first(where: { name in ["grpc", "h2c", "http2"].contains { name.hasPrefix($0) } }),
            !["primary", "canary"].allSatisfy(hasUpstreamProtocol)
        else { return }
        warn(
            "protocol-hint",
            path,
            nil,
            "Contour speaks HTTP/1 to the port \(name)",
            "write kubernetes.io/h2c"
        )
    }

    private func hasUpstreamProtocol(_ role: String) -> Bool {
        let annotations = service[path: role, "annotations"]?.object?.keys ?? []
        return annotations.contains { $0.hasPrefix(Self.upstreamAnnotation) }
    }
}
