package import Admission
package import ContourAPI
import FlaggerAPI
import JSON
package import Kubernetes

/// Draws the HTTPProxies of files, of a cluster, or of both, as Contour would see them.
///
/// All inputs of a run are one picture, as with `Linter`. It does no I/O.
package struct Grapher: Sendable {
    private let types: [ResourceType]
    private let contour: ContourSettings
    private let secrets: SecretReader
    private let namespace: String

    /// A grapher.
    ///
    /// - Parameters:
    ///   - types: the kinds that the graph depends on.
    ///   - contour: how Contour is set up.
    ///   - secrets: what is kept of Secrets.
    ///   - namespace: the namespace of objects that name none.
    package init(
        types: [ResourceType],
        contour: ContourSettings = ContourSettings(),
        secrets: SecretReader = SecretReader(),
        namespace: String = "default"
    ) {
        self.types = types
        self.secrets = secrets
        self.contour = contour
        self.namespace = namespace
    }

    /// The graph of the objects in `sources` and in `cluster`, where a file goes before the object of the same name that
    /// the cluster has; nil where the cluster was not asked.
    package func report(on sources: [Source], cluster: ClusterView? = nil) -> GraphReport {
        var reader = ManifestReader(types: types, namespace: namespace)
        for (index, source) in sources.enumerated() {
            for text in DocumentSplit.documents(in: source) { reader.read(text, of: source, at: index) }
        }
        var view = reader.view(over: cluster) { ManifestJudge.current($0, of: $1, secrets: secrets) }
        if cluster == nil { view = view.withUnknownSecrets }
        let planned = Self.planned(in: view)
        for proxy in planned { view.set(.httpProxies, proxy) }
        return GraphReport(
            ProxyGraph(view, settings: contour).evaluation(),
            planned: Set(planned.map(\.key)),
            passedBy: view.objects(.httpProxies).filter { !contour.takes($0) }.map {
                GraphReport.PassedBy(key: $0.key, ingressClass: ContourSettings.ingressClass(of: $0))
            },
            faults: reader.faults,
            hasRead: !reader.manifests.isEmpty || reader.passedOver > 0,
            hasAskedCluster: cluster != nil
        )
    }

    /// The HTTPProxies that canaries will make and have not yet, as they begin.
    private static func planned(in view: ClusterView) -> [JSONValue] {
        let canaries = view.objects(.canaries).sorted { ($0.namespace ?? "", $0.name) < ($1.namespace ?? "", $1.name) }
        return canaries.compactMap { object in
            let provider = object[path: "spec", "provider"]?.string ?? ""
            guard ["", "contour"].contains(provider) else { return nil }
            do throws(CanaryParseError) {
                let proxy = CanaryRoute.proxy(for: try Canary(object))
                return view.object(.httpProxies, proxy.key) == nil ? proxy : nil
            } catch {
                // Of a Canary that the webhook refuses nothing comes.
                return nil
            }
        }
    }
}
