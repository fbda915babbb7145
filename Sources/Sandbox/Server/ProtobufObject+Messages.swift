/// The messages that are known, by kind; their fields by number.
extension ProtobufObject {
    static let messages: [String: [Int: (String, Field)]] = [
        "v1 Namespace": [1: metadata],
        "v1 ServiceAccount": [1: metadata],
        "v1 ConfigMap": [
            1: metadata, 2: ("data", .map(.text)), 3: ("binaryData", .map(.bytes)), 4: ("immutable", .flag),
        ],
        "v1 Secret": [
            1: metadata, 2: ("data", .map(.bytes)), 3: ("type", .text), 4: ("stringData", .map(.text)),
            5: ("immutable", .flag),
        ],
        "v1 Service": [1: metadata, 2: ("spec", .message(serviceSpec))],
        "apps/v1 Deployment": [1: metadata, 2: ("spec", .message(deploymentSpec))],
        "autoscaling/v1 HorizontalPodAutoscaler": [1: metadata, 2: ("spec", .message(autoscalerSpec))],
        "authentication.k8s.io/v1 SelfSubjectReview": [1: metadata],
        "authorization.k8s.io/v1 SelfSubjectAccessReview": [1: metadata, 2: ("spec", .message(accessSpec))],
        "rbac.authorization.k8s.io/v1 Role": role,
        "rbac.authorization.k8s.io/v1 ClusterRole": role,
        "rbac.authorization.k8s.io/v1 RoleBinding": binding,
        "rbac.authorization.k8s.io/v1 ClusterRoleBinding": binding,
    ]

    private static let role: [Int: (String, Field)] = [
        1: metadata,
        2: (
            "rules",
            .messages([
                1: ("verbs", .texts), 2: ("apiGroups", .texts), 3: ("resources", .texts),
                4: ("resourceNames", .texts), 5: ("nonResourceURLs", .texts),
            ])
        ),
    ]

    private static let binding: [Int: (String, Field)] = [
        1: metadata,
        2: (
            "subjects",
            .messages([1: ("kind", .text), 2: ("apiGroup", .text), 3: ("name", .text), 4: ("namespace", .text)])
        ), 3: ("roleRef", .message([1: ("apiGroup", .text), 2: ("kind", .text), 3: ("name", .text)])),
    ]

    private static let autoscalerSpec: [Int: (String, Field)] = [
        1: ("scaleTargetRef", .message([1: ("kind", .text), 2: ("name", .text), 3: ("apiVersion", .text)])),
        2: ("minReplicas", .integer), 3: ("maxReplicas", .integer), 4: ("targetCPUUtilizationPercentage", .integer),
    ]

    private static let metadata: (String, Field) = (
        "metadata",
        .message([
            1: ("name", .text), 2: ("generateName", .text), 3: ("namespace", .text), 11: ("labels", .map(.text)),
            12: ("annotations", .map(.text)), 14: ("finalizers", .texts),
        ])
    )

    private static let accessSpec: [Int: (String, Field)] = [
        1: (
            "resourceAttributes",
            .message([
                1: ("namespace", .text), 2: ("verb", .text), 3: ("group", .text), 4: ("version", .text),
                5: ("resource", .text), 6: ("subresource", .text), 7: ("name", .text),
            ])
        ), 2: ("nonResourceAttributes", .message([1: ("path", .text), 2: ("verb", .text)])),
    ]

    private static let serviceSpec: [Int: (String, Field)] = [
        1: (
            "ports",
            .messages([
                1: ("name", .text), 2: ("protocol", .text), 3: ("port", .integer), 4: ("targetPort", .integerOrText),
                5: ("nodePort", .integer),
            ])
        ), 2: ("selector", .map(.text)), 3: ("clusterIP", .text), 4: ("type", .text), 10: ("externalName", .text),
    ]

    private static let deploymentSpec: [Int: (String, Field)] = [
        1: ("replicas", .integer), 2: ("selector", .message([1: ("matchLabels", .map(.text))])),
        3: ("template", .message([1: metadata, 2: ("spec", .message([2: ("containers", .messages(container))]))])),
    ]

    private static let container: [Int: (String, Field)] = [
        1: ("name", .text), 2: ("image", .text), 3: ("command", .texts), 4: ("args", .texts),
        6: (
            "ports",
            .messages([
                1: ("name", .text), 3: ("containerPort", .integer), 4: ("protocol", .text),
            ])
        ),
    ]
}
