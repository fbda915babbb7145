import JSON
import Kubernetes
import Platform

/// What a new cluster has before anybody does anything: namespaces, two nodes, roles and the API server's own Service.
struct ClusterSeed {
    /// When the nodes came up.
    let time: Timestamp

    private static let nodes = ResourceType(
        group: "",
        version: "v1",
        plural: "nodes",
        kind: "Node",
        isNamespaced: false
    )
    private static let access = "rbac.authorization.k8s.io"

    /// Puts into `cluster` whatever of it is missing.
    func plant(in cluster: InMemoryCluster) {
        for name in ["default", "kube-node-lease", "kube-public", "kube-system"] {
            plant(
                .namespaces,
                ["metadata": ["name": .string(name)], "spec": ["finalizers": ["kubernetes"]]],
                in: cluster
            )
        }
        for number in 1...2 { plant(Self.nodes, node(number), in: cluster) }
        plant(.services, Self.service, in: cluster)
        let roles = Self.type("clusterroles", "ClusterRole")
        let bindings = Self.type("clusterrolebindings", "ClusterRoleBinding")
        for (name, rules) in Self.rules {
            plant(roles, ["metadata": ["name": .string(name)], "rules": rules], in: cluster)
        }
        for (name, group) in [
            ("cluster-admin", "system:masters"), ("system:basic-user", "system:authenticated"),
            ("system:discovery", "system:authenticated"),
        ] {
            plant(bindings, Self.binding(name, to: group), in: cluster)
        }
    }

    private func plant(_ type: ResourceType, _ object: JSONValue, in cluster: InMemoryCluster) {
        guard cluster.object(type, object.namespace, object.name) == nil else { return }
        var object = object
        object["apiVersion"] = .string(type.apiVersion)
        object["kind"] = .string(type.kind)
        cluster.put(type, object)
    }

    // MARK: Nodes

    private func node(_ number: Int) -> JSONValue {
        let name = JSONValue.string("sandbox-worker-\(number)")
        let capacity: JSONValue = [
            "cpu": "8", "ephemeral-storage": "100Gi", "memory": "16Gi", "pods": "110",
        ]
        return [
            "metadata": [
                "name": name,
                "labels": [
                    "beta.kubernetes.io/arch": "amd64", "beta.kubernetes.io/os": "linux", "kubernetes.io/arch": "amd64",
                    "kubernetes.io/hostname": name, "kubernetes.io/os": "linux",
                ],
            ],
            "spec": ["podCIDR": .string("10.244.\(number).0/24"), "podCIDRs": [.string("10.244.\(number).0/24")]],
            "status": [
                "addresses": [
                    ["type": "InternalIP", "address": .string("172.18.0.\(number + 1)")],
                    ["type": "Hostname", "address": name],
                ],
                "allocatable": capacity, "capacity": capacity, "conditions": .array(conditions),
                "nodeInfo": [
                    "architecture": "amd64", "bootID": "", "containerRuntimeVersion": "sandbox://1.0",
                    "kernelVersion": "none", "kubeProxyVersion": "v1.32.0", "kubeletVersion": "v1.32.0",
                    "machineID": "", "operatingSystem": "linux", "osImage": "Sandbox", "systemUUID": "",
                ],
            ],
        ]
    }

    private var conditions: [JSONValue] {
        let pressures = [
            ("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
            ("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
            ("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available"),
            ("Ready", "KubeletReady", "kubelet is posting ready status"),
        ]
        return pressures.map { type, reason, message in
            [
                "type": .string(type), "status": type == "Ready" ? "True" : "False", "reason": .string(reason),
                "message": .string(message), "lastHeartbeatTime": .string(time.rfc3339),
                "lastTransitionTime": .string(time.rfc3339),
            ]
        }
    }

    // MARK: The API server's Service

    private static let service: JSONValue = [
        "metadata": [
            "name": "kubernetes", "namespace": "default",
            "labels": ["component": "apiserver", "provider": "kubernetes"],
        ],
        "spec": [
            "clusterIP": "10.96.0.1", "clusterIPs": ["10.96.0.1"], "internalTrafficPolicy": "Cluster",
            "ipFamilies": ["IPv4"], "ipFamilyPolicy": "SingleStack",
            "ports": [["name": "https", "port": 443, "protocol": "TCP", "targetPort": 6_443]],
            "sessionAffinity": "None", "type": "ClusterIP",
        ], "status": ["loadBalancer": .object(JSONObject())],
    ]

    // MARK: Roles

    private static func type(_ plural: String, _ kind: String) -> ResourceType {
        ResourceType(group: access, version: "v1", plural: plural, kind: kind, isNamespaced: false)
    }

    private static func binding(_ role: String, to group: String) -> JSONValue {
        [
            "metadata": ["name": .string(role), "labels": ["kubernetes.io/bootstrapping": "rbac-defaults"]],
            "roleRef": ["apiGroup": .string(access), "kind": "ClusterRole", "name": .string(role)],
            "subjects": [["apiGroup": .string(access), "kind": "Group", "name": .string(group)]],
        ]
    }

    private static let rules: [(String, JSONValue)] = [
        ("cluster-admin", AccessRules.clusterAdmin["rules"] ?? .null),
        ("admin", workRules(["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])),
        ("edit", workRules(["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"])),
        ("view", workRules(["get", "list", "watch"])),
        (
            "system:basic-user",
            [
                [
                    "apiGroups": ["authorization.k8s.io"],
                    "resources": ["selfsubjectaccessreviews", "selfsubjectrulesreviews"], "verbs": ["create"],
                ],
                ["apiGroups": ["authentication.k8s.io"], "resources": ["selfsubjectreviews"], "verbs": ["create"]],
            ]
        ),
        (
            "system:discovery",
            [
                [
                    "nonResourceURLs": [
                        "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz",
                        "/version", "/version/",
                    ], "verbs": ["get"],
                ]
            ]
        ),
    ]

    /// What those who work in a namespace may do to what is usual there.
    private static func workRules(_ verbs: [JSONValue]) -> JSONValue {
        [
            [
                "apiGroups": [""],
                "resources": [
                    "configmaps", "endpoints", "events", "persistentvolumeclaims", "pods", "pods/status",
                    "replicationcontrollers", "serviceaccounts", "services",
                ], "verbs": .array(verbs),
            ],
            [
                "apiGroups": ["apps"],
                "resources": [
                    "controllerrevisions", "daemonsets", "deployments", "deployments/scale", "replicasets",
                    "replicasets/scale", "statefulsets", "statefulsets/scale",
                ], "verbs": .array(verbs),
            ],
            [
                "apiGroups": ["autoscaling", "batch", "discovery.k8s.io", "networking.k8s.io", "policy"],
                "resources": [
                    "cronjobs", "endpointslices", "horizontalpodautoscalers", "ingresses", "jobs", "networkpolicies",
                    "poddisruptionbudgets",
                ], "verbs": .array(verbs),
            ],
        ]
    }
}
