import Admission
import ContourAPI
import Kubernetes
import Lint

/// HTTPProxies to draw, and drawings of them.
enum GraphFixture {
    /// The kinds that the graph depends on; without Secrets, so that none is missed.
    static let types: [ResourceType] = [.httpProxies, .services, .canaries]

    /// The graph of `texts`, files named `a.yaml`, `b.yaml` and so on.
    static func report(
        _ texts: String...,
        contour: ContourSettings = ContourSettings(),
        cluster: ClusterView? = nil
    ) -> GraphReport {
        let sources = texts.enumerated().map { index, text in
            Source(name: "\(["a", "b", "c", "d"][index]).yaml", bytes: Array(text.utf8))
        }
        return Grapher(types: types, contour: contour).report(on: sources, cluster: cluster)
    }

    /// An HTTPProxy in the namespace `web` with the `spec`, in one line.
    static func proxy(_ name: String, _ spec: String, namespace: String = "web") -> String {
        """
        ---
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata: {name: \(name), namespace: \(namespace)}
        spec: \(spec)

        """
    }

    /// Services in the namespace `web` with the port 80.
    static func services(_ names: String...) -> String {
        names.map {
            """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: \($0), namespace: web}
            spec: {ports: [{port: 80}]}

            """
        }.joined()
    }

    /// A root without faults, and what it leads to.
    static let shop =
        proxy("root", "{virtualhost: {fqdn: shop.example.com}, includes: [{name: shop, conditions: [{prefix: /api}]}]}")
        + proxy(
            "shop",
            "{routes: [{services: [{name: a, port: 80, weight: 9}, {name: b, port: 80, weight: 1}, {name: b, port: 80, mirror: true, weight: 25}]}]}"
        ) + services("a", "b")

    /// `text` with what faults say left out, but for their paths and rules.
    static func folded(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let mark = ["✗ ", "! "].compactMap({ line.firstRange(of: $0) }).first,
                let colon = line[mark.upperBound...].firstIndex(of: ":"), let rule = line.lastIndex(of: "[")
            else { return String(line) }
            return "\(line[..<colon]) \(line[rule...])"
        }.joined(separator: "\n")
    }
}
