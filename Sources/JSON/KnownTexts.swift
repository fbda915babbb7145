/// Texts that Kubernetes' objects are full of: in packed bytes each is a number.
///
/// The bytes never leave the process, so the list may change. The first ones, which come most often, take one byte.
enum KnownTexts {
    /// The texts by their number.
    static let all: [String] = words.split(whereSeparator: \.isWhitespace).map { String($0) }

    /// The number of each text.
    static let numbers = Dictionary(zip(all.map { ByteText($0) }, all.indices)) { first, _ in first }

    /// The texts by their number, to be compared with.
    static let table = Table(all)

    /// Texts in one piece, of which none is counted in and out when it is looked at.
    struct Table {
        private let bytes: [UInt8]
        /// Where each text begins, and the last one ends.
        private let places: [Int]

        init(_ texts: [String]) {
            bytes = texts.flatMap(\.utf8)
            places = texts.reduce(into: [0]) { places, text in
                places.append(places[places.count - 1] + text.utf8.count)
            }
        }

        /// Whether the text of `number` is `text`.
        func isText(_ number: Int, _ text: Span<UInt8>) -> Bool {
            let start = places[number]
            let count = places[number + 1] - start
            // Nearly all that are compared differ in this.
            return count == text.count && sameBytes(bytes.span, at: start, text, at: 0, count: count)
        }
    }

    private static let words = """
        name kind apiVersion metadata spec status uid type namespace creationTimestamp resourceVersion labels
        annotations lastTransitionTime reason message protocol TCP v1 True observedGeneration port app conditions
        generation selector ports app.kubernetes.io/name true http value
        kubectl.kubernetes.io/last-applied-configuration canarygate.dev/managed canarygate.dev/revision
        canarygate.dev/handover Canary flagger.app/v1beta1 apps/v1 Deployment Service HTTPProxy projectcontour.io/v1
        False Unknown False None ClusterIP Namespace Active kubernetes.io/metadata.name finalizers ownerReferences
        controller blockOwnerDeletion lastUpdateTime replicas targetPort containerPort cpu memory command
        timeoutSeconds periodSeconds successThreshold failureThreshold initialDelaySeconds sessionAffinity ipFamilies
        IPv4 ipFamilyPolicy SingleStack clusterIP clusterIPs internalTrafficPolicy Cluster loadBalancer matchLabels
        template containers image env resources limits requests livenessProbe readinessProbe startupProbe httpGet path
        scheme HTTP HTTPS exec tcpSocket grpc imagePullPolicy IfNotPresent Always terminationMessagePath
        /dev/termination-log terminationMessagePolicy File terminationGracePeriodSeconds dnsPolicy ClusterFirst
        restartPolicy schedulerName default-scheduler securityContext revisionHistoryLimit progressDeadlineSeconds
        strategy rollingUpdate maxSurge maxUnavailable RollingUpdate deployment.kubernetes.io/revision Progressing
        NewReplicaSetAvailable Available MinimumReplicasAvailable availableReplicas readyReplicas updatedReplicas
        unavailableReplicas phase weight services routes virtualhost fqdn includes prefix currentStatus valid
        description errors warnings Valid analysis interval threshold maxWeight stepWeight stepWeights
        stepWeightPromotion mirror mirrorWeight iterations metrics thresholdRange templateRef min max webhooks url
        timeout pre-rollout rollout confirm-rollout post-rollout confirm-promotion promotion rollback event cmd
        request-success-rate request-duration targetRef autoscalerRef progressDeadline service portName portDiscovery
        retries attempts perTryTimeout retryOn hosts gateways match headers provider suspend skipAnalysis
        canaryWeight failedChecks lastAppliedSpec lastPromotedSpec trackedConfigs lastStepTime checks journal history
        Initializing Initialized Waiting WaitingPromotion Promoting Finalising Succeeded Failed Promoted Ready
        Reconciling Stalled currentRevision next now current verdict change startedAt endedAt revision observation
        target primary canary pods updated available autoscaler route state gate configs asked did recorded from saw
        time nanoseconds present traffic ledger events isAdmitted hasSource copy apex seconds question answer answered
        bound follows outcome passed primaryReadyThreshold canaryReadyThreshold disabled
        HorizontalPodAutoscaler autoscaling/v2 scaleTargetRef minReplicas maxReplicas averageUtilization Utilization
        Resource resource currentReplicas desiredReplicas currentMetrics AbleToScale ScalingActive ScalingLimited
        ScaledObject PodDisruptionBudget minAvailable disruptionsAllowed ConfigMap Secret DaemonSet data
        prometheus.io/port prometheus.io/scrape prometheus.io/path app.kubernetes.io/instance
        app.kubernetes.io/version app.kubernetes.io/component app.kubernetes.io/part-of app.kubernetes.io/managed-by
        helm.sh/chart pod-template-hash kustomize.toolkit.fluxcd.io/reconcile helm.toolkit.fluxcd.io/driftDetection
        valueFrom fieldRef fieldPath configMapKeyRef secretKeyRef envFrom configMapRef secretRef key optional volumes
        volumeMounts mountPath readOnly subPath emptyDir configMap secret projected sources defaultMode items args
        initContainers serviceAccountName serviceAccount automountServiceAccountToken imagePullSecrets nodeSelector
        tolerations affinity podAntiAffinity podAffinity nodeAffinity topologySpreadConstraints topologyKey whenUnsatisfiable
        maxSkew labelSelector matchExpressions operator In NotIn Exists values effect NoSchedule
        preferredDuringSchedulingIgnoredDuringExecution requiredDuringSchedulingIgnoredDuringExecution podAffinityTerm
        kubernetes.io/hostname topology.kubernetes.io/zone allowPrivilegeEscalation capabilities drop add ALL
        readOnlyRootFilesystem runAsNonRoot runAsUser runAsGroup fsGroup seccompProfile RuntimeDefault privileged
        lifecycle preStop postStart hostPort hostNetwork priorityClassName minReadySeconds loadBalancerPolicy
        conditionsMet timeoutPolicy response idle retryPolicy count numRetries requestHeadersPolicy
        responseHeadersPolicy set remove cookie query header exact regex contains present delegate tls secretName
        default kubernetes externalTrafficPolicy
        """
}
