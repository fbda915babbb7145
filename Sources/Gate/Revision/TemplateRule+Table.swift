import JSON

/// The table.
///
/// Sources: the defaults that Kubernetes' API server writes into a pod template (`pkg/apis/core/v1/defaults.go`), the
/// fields that its encoder drops when they are empty, and what kubectl and controllers are seen to add.
extension TemplateRule {
    /// All rules; `docs/revisions.md` has them with their reasons.
    package static let all = metadata + pod + containers + checks + volumes

    private static let byServer = "the API server writes it where it is missing"
    private static let empty = "the API server drops it, or writes it empty where it is missing"
    private static let spelling = "the API server spells it in its own way"

    private static let metadata = [
        TemplateRule(
            "metadata.annotations",
            .without(keys: ["kubectl.kubernetes.io/last-applied-configuration"], prefixes: ["canarygate.dev/"]),
            "what kubectl applied says nothing of the pods; ours are notes"
        ),
        TemplateRule(
            "metadata.labels",
            .without(
                keys: ["pod-template-hash", "controller-revision-hash", "pod-template-generation"],
                prefixes: ["canarygate.dev/"]
            ),
            "controllers add them to the copies that a template may be taken back from"
        ),
        TemplateRule("metadata.{annotations,labels}", .leftOutEmpty, empty),
        TemplateRule("metadata.name", .leftOut([""]), "pods get names of their own"),
        TemplateRule("metadata.creationTimestamp", .leftOut([.null]), "older encoders write it, and nothing is in it"),
        TemplateRule("metadata", .leftOutEmpty, empty),
    ]

    private static let pod = [
        TemplateRule("spec.dnsPolicy", .leftOut(["ClusterFirst"]), byServer),
        TemplateRule("spec.restartPolicy", .leftOut(["Always"]), byServer),
        TemplateRule("spec.schedulerName", .leftOut(["default-scheduler", ""]), byServer),
        TemplateRule("spec.terminationGracePeriodSeconds", .leftOut([30]), byServer),
        TemplateRule("spec.securityContext", .leftOutEmpty, byServer),
        TemplateRule("spec.enableServiceLinks", .leftOut([true]), "true where it is missing"),
        TemplateRule("spec.{hostNetwork,hostPID,hostIPC}", .leftOut([false]), empty),
        TemplateRule(
            "spec.serviceAccount",
            .leftOutLike("serviceAccountName"),
            "the former name of serviceAccountName: the API server writes both"
        ),
        TemplateRule(
            "spec.nodeSelector",
            .without(keys: [GateAnnotations.holdingSelector], prefixes: ["canarygate.dev/"]),
            "it keeps a DaemonSet from having pods, and is the loop's"
        ),
        TemplateRule("spec.{nodeSelector,affinity,overhead}", .leftOutEmpty, empty),
        TemplateRule("spec.overhead", .quantities, spelling),
    ]

    private static let each = "spec.{initContainers,containers,ephemeralContainers}[]"

    private static let containers = [
        TemplateRule("\(each).terminationMessagePath", .leftOut(["/dev/termination-log"]), byServer),
        TemplateRule("\(each).terminationMessagePolicy", .leftOut(["File"]), byServer),
        TemplateRule("\(each).imagePullPolicy", .leftOutByTag, "the API server writes what the image's tag gives"),
        TemplateRule("\(each).ports[].protocol", .leftOut(["TCP"]), byServer),
        TemplateRule("\(each).ports[].hostPort", .leftOut([0]), empty),
        TemplateRule("\(each).env[].value", .leftOut([""]), empty),
        TemplateRule("\(each).env[].valueFrom.fieldRef.apiVersion", .leftOut(["v1"]), byServer),
        TemplateRule("\(each).env[].valueFrom.resourceFieldRef.divisor", .leftOut(["0", 0]), byServer),
        TemplateRule("\(each).env[].valueFrom.resourceFieldRef.divisor", .quantity, spelling),
        TemplateRule("\(each).resources.{limits,requests}", .quantities, spelling),
        TemplateRule("\(each).resources.{limits,requests}", .leftOutEmpty, empty),
        TemplateRule("\(each).{resources,securityContext,lifecycle}", .leftOutEmpty, empty),
        TemplateRule("\(each).securityContext.procMount", .leftOut(["Default"]), byServer),
        TemplateRule("\(each).volumeMounts[].readOnly", .leftOut([false]), empty),
        TemplateRule("\(each).{stdin,stdinOnce,tty}", .leftOut([false]), empty),
    ]

    private static let probe = "\(each).{livenessProbe,readinessProbe,startupProbe}"
    private static let hook = "\(each).lifecycle.{postStart,preStop}"

    private static let checks = [
        TemplateRule("\(probe).timeoutSeconds", .leftOut([1, 0]), byServer),
        TemplateRule("\(probe).periodSeconds", .leftOut([10, 0]), byServer),
        TemplateRule("\(probe).successThreshold", .leftOut([1, 0]), byServer),
        TemplateRule("\(probe).failureThreshold", .leftOut([3, 0]), byServer),
        TemplateRule("\(probe).initialDelaySeconds", .leftOut([0]), empty),
        TemplateRule("\(probe).grpc.service", .leftOut([""]), byServer),
        TemplateRule("\(probe).httpGet.scheme", .leftOut(["HTTP"]), byServer),
        TemplateRule("\(probe).httpGet.path", .leftOut(["/", ""]), byServer),
        TemplateRule("\(hook).httpGet.scheme", .leftOut(["HTTP"]), byServer),
        TemplateRule("\(hook).httpGet.path", .leftOut(["/", ""]), byServer),
    ]

    private static let volumes = [
        TemplateRule("spec.volumes[].{configMap,secret,projected,downwardAPI}.defaultMode", .leftOut([420]), byServer),
        TemplateRule("spec.volumes[].emptyDir", .leftOutEmpty, "a volume of no kind is an emptyDir"),
        TemplateRule("spec.volumes[].emptyDir.medium", .leftOut([""]), empty),
        TemplateRule("spec.volumes[].emptyDir.sizeLimit", .quantity, spelling),
        TemplateRule("spec.volumes[].hostPath.type", .leftOut([""]), byServer),
        TemplateRule(
            "spec.volumes[].ephemeral.volumeClaimTemplate.spec.volumeMode",
            .leftOut(["Filesystem"]),
            byServer
        ),
        TemplateRule("spec.volumes[].ephemeral.volumeClaimTemplate.spec.resources.requests", .quantities, spelling),
        TemplateRule(
            "spec.volumes[].projected.sources[].serviceAccountToken.expirationSeconds",
            .leftOut([3600]),
            byServer
        ),
        TemplateRule("spec.volumes[].downwardAPI.items[].fieldRef.apiVersion", .leftOut(["v1"]), byServer),
        TemplateRule(
            "spec.volumes[].projected.sources[].downwardAPI.items[].fieldRef.apiVersion",
            .leftOut(["v1"]),
            byServer
        ),
    ]
}
