import Admission
import ContourAPI
import Kubernetes

extension InMemoryCluster {
    /// What Contour makes of the HTTPProxies right now.
    ///
    /// A simulator: it knows the Services, but neither Secrets, delegations nor ExtensionServices; what refers to those
    /// is taken for good.
    func routing() -> ProxyEvaluation {
        var view = ClusterView()
        view.replace(.httpProxies, with: objects(.httpProxies))
        view.replace(.services, with: objects(.services))
        return ProxyGraph(view).evaluation()
    }
}
