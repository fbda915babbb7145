/// The cluster's own components, by the names under which they ask.
package enum ControlPlane {
    /// Who sets replicas of what an autoscaler refers to.
    package static let autoscaler = "system:serviceaccount:kube-system:horizontal-pod-autoscaler"

    /// Controllers that keep objects in order without a will of their own; none of them changes what the loop owns
    /// but for the reason that the cluster says so (collection of garbage, removal of a namespace, a load balancer).
    private static let users: Set<String> = [
        autoscaler,
        "system:apiserver",
        "system:kube-controller-manager",
        "system:serviceaccount:kube-system:daemon-set-controller",
        "system:serviceaccount:kube-system:deployment-controller",
        "system:serviceaccount:kube-system:generic-garbage-collector",
        "system:serviceaccount:kube-system:namespace-controller",
        "system:serviceaccount:kube-system:service-controller",
    ]

    /// Whether `username` is one of them.
    package static func contains(_ username: String) -> Bool { users.contains(username) }

    /// KEDA's operator as its chart installs it, which keeps ScaledObjects and scales what they refer to.
    package static let kedaByDefault = "system:serviceaccount:keda:keda-operator"

    /// Whether `username` may set replicas by `scale`: the autoscaler, under its own name or the whole manager's.
    package static func mayScale(_ username: String) -> Bool {
        username == autoscaler || username == "system:kube-controller-manager"
    }
}
