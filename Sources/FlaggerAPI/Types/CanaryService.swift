package import JSON

/// The Services and the HTTPProxy that a Canary makes, as `spec.service` asks for them.
package struct CanaryService: Hashable, Sendable {
    /// The Service that users call, and the HTTPProxy: `podinfo`.
    package let apexName: String
    /// The Service of the promoted pods: `podinfo-primary`.
    package var primaryName: String { "\(apexName)-primary" }
    /// The Service of the pods under analysis: `podinfo-canary`.
    package var canaryName: String { "\(apexName)-canary" }
    /// The Services' port.
    package let port: Int
    /// The port's name.
    package let portName: String
    /// The pods' port: a number or a name.
    package let targetPort: JSONValue
    /// The port's application protocol.
    package let appProtocol: String?
    /// Whether the containers' other ports are offered too.
    package let discoversPorts: Bool
    /// Whether the Services are made without a cluster IP.
    package let isHeadless: Bool
    /// Where traffic prefers to go.
    package let trafficDistribution: String?
    /// The route's response timeout, in Go's form.
    package let timeout: String?
    /// How failed requests are tried again.
    package let retries: CanaryRetries?
    /// The path prefix of the route.
    package let prefix: String
    /// Labels and annotations of the apex Service and the HTTPProxy.
    package let apexMetadata: CanaryMetadata
    /// Those of the primary Service.
    package let primaryMetadata: CanaryMetadata
    /// Those of the canary Service.
    package let canaryMetadata: CanaryMetadata

    init(_ field: CanaryField, targetName: String) throws(CanaryParseError) {
        apexName = try field["name"].text() ?? targetName
        guard let port = try field["port"].int(in: 1...65_535) else { throw field["port"].mismatch("1...65535") }
        self.port = port
        portName = try field["portName"].text() ?? "http"
        targetPort = field["targetPort"].value ?? .number(JSONNumber(port))
        appProtocol = try field["appProtocol"].text()
        discoversPorts = try field["portDiscovery"].flag()
        isHeadless = try field["headless"].flag()
        trafficDistribution = try field["trafficDistribution"].text()
        timeout = try field["timeout"].routeTimeout()
        retries = try field["retries"].value == nil ? nil : CanaryRetries(field["retries"])
        prefix = try field["match"].elements().first?["uri"]["prefix"].text() ?? "/"
        apexMetadata = try CanaryMetadata(field["apex"])
        primaryMetadata = try CanaryMetadata(field["primary"])
        canaryMetadata = try CanaryMetadata(field["canary"])
    }
}

/// How a route tries a failed request again.
package struct CanaryRetries: Hashable, Sendable {
    /// How often.
    package let attempts: Int
    /// How long each attempt may take, in Go's form.
    package let perTryTimeout: String?
    /// On what, as Envoy names it: `5xx`, `gateway-error`; empty for Contour's default.
    package let retryOn: [String]

    init(_ field: CanaryField) throws(CanaryParseError) {
        attempts = try field["attempts"].int(in: 0...Int(Int32.max)) ?? 0
        perTryTimeout = try field["perTryTimeout"].routeTimeout()
        let conditions = try field["retryOn"].text() ?? ""
        retryOn = conditions.split(separator: ",").map { String($0.filter { !$0.isWhitespace }) }.filter { !$0.isEmpty }
    }
}

/// Labels and annotations for a generated object.
package struct CanaryMetadata: Hashable, Sendable {
    /// Name to text.
    package let labels: JSONObject
    /// Name to text.
    package let annotations: JSONObject

    init(_ field: CanaryField) throws(CanaryParseError) {
        _ = try field["labels"].textMap()
        _ = try field["annotations"].textMap()
        labels = field["labels"].value?.object ?? JSONObject()
        annotations = field["annotations"].value?.object ?? JSONObject()
    }
}
