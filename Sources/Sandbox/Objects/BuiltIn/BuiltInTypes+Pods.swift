extension BuiltInTypes {
    /// Pods and what they are made of.
    static let pods = """
        # core/v1
        Pod metadata:1:meta.ObjectMeta spec:2:PodSpec status:3:PodStatus
        PodSpec volumes:1:[Volume@name~^name initContainers:20:[Container@name~name
          containers:2:[Container@name~name+ ephemeralContainers:34:[EphemeralContainer@name~name
          restartPolicy:3:s terminationGracePeriodSeconds:4:i? activeDeadlineSeconds:5:i? dnsPolicy:6:s
          nodeSelector:7:{s! serviceAccountName:8:s serviceAccount:9:s automountServiceAccountToken:21:b?
          nodeName:10:s hostNetwork:11:b hostPID:12:b hostIPC:13:b shareProcessNamespace:27:b?
          securityContext:14:PodSecurityContext imagePullSecrets:15:[LocalObjectReference@name~name
          hostname:16:s subdomain:17:s affinity:18:Affinity schedulerName:19:s tolerations:22:[Toleration
          hostAliases:23:[HostAlias@ip~ip priorityClassName:24:s priority:25:i? dnsConfig:26:PodDNSConfig
          readinessGates:28:[PodReadinessGate runtimeClassName:29:s? enableServiceLinks:30:b?
          preemptionPolicy:31:s? overhead:32:{q
          topologySpreadConstraints:33:[TopologySpreadConstraint@topologyKey,whenUnsatisfiable~topologyKey
          setHostnameAsFQDN:35:b? os:36:PodOS hostUsers:37:b? schedulingGates:38:[PodSchedulingGate@name~name
          resourceClaims:39:[PodResourceClaim@name~^name resources:40:ResourceRequirements
          hostnameOverride:41:s? schedulingGroup:43:PodSchedulingGroup
          evictionResponders:44:[EvictionResponder@name~name
        PodStatus observedGeneration:17:i phase:1:s conditions:2:[PodCondition@type~type message:3:s reason:4:s
          nominatedNodeName:11:s hostIP:5:s hostIPs:16:[HostIP~ip podIP:6:s podIPs:12:[PodIP@ip~ip startTime:7:t
          initContainerStatuses:10:[ContainerStatus containerStatuses:8:[ContainerStatus qosClass:9:s
          ephemeralContainerStatuses:13:[ContainerStatus resize:14:s
          resourceClaimStatuses:15:[PodResourceClaimStatus@name~^name
          extendedResourceClaimStatus:18:PodExtendedResourceClaimStatus allocatedResources:19:{q
          resources:20:ResourceRequirements
          nodeAllocatableResourceClaimStatuses:21:[NodeAllocatableResourceClaimStatus@resourceClaimName~resourceClaimName
          volumeHealth:22:[PodVolumeHealth@name
        LocalObjectReference! name:1:s
        Container name:1:s+ image:2:s command:3:[s args:4:[s workingDir:5:s
          ports:6:[ContainerPort@containerPort,protocol~containerPort envFrom:19:[EnvFromSource
          env:7:[EnvVar@name~name resources:8:ResourceRequirements resizePolicy:23:[ContainerResizePolicy
          restartPolicy:24:s? restartPolicyRules:25:[ContainerRestartRule
          volumeMounts:9:[VolumeMount@mountPath~mountPath volumeDevices:21:[VolumeDevice@devicePath~devicePath
          livenessProbe:10:Probe readinessProbe:11:Probe startupProbe:22:Probe lifecycle:12:Lifecycle
          terminationMessagePath:13:s terminationMessagePolicy:20:s imagePullPolicy:14:s
          securityContext:15:SecurityContext stdin:16:b stdinOnce:17:b tty:18:b
        EphemeralContainer &1:EphemeralContainerCommon targetContainerName:2:s
        PodSecurityContext seLinuxOptions:1:SELinuxOptions windowsOptions:8:WindowsSecurityContextOptions
          runAsUser:2:i? runAsGroup:6:i? runAsNonRoot:3:b? supplementalGroups:4:[i
          supplementalGroupsPolicy:12:s? fsGroup:5:i? sysctls:7:[Sysctl fsGroupChangePolicy:9:s?
          seccompProfile:10:SeccompProfile appArmorProfile:11:AppArmorProfile seLinuxChangePolicy:13:s?
        Affinity nodeAffinity:1:NodeAffinity podAffinity:2:PodAffinity podAntiAffinity:3:PodAntiAffinity
        Toleration key:1:s operator:2:s value:3:s effect:4:s tolerationSeconds:5:i?
        HostAlias ip:1:s+ hostnames:2:[s
        PodDNSConfig nameservers:1:[s searches:2:[s options:3:[PodDNSConfigOption
        PodReadinessGate conditionType:1:s+
        TopologySpreadConstraint maxSkew:1:i+ topologyKey:2:s+ whenUnsatisfiable:3:s+
          labelSelector:4:meta.LabelSelector minDomains:5:i? nodeAffinityPolicy:6:s? nodeTaintsPolicy:7:s?
          matchLabelKeys:8:[s
        PodOS name:1:s+
        PodSchedulingGate name:1:s+
        PodResourceClaim name:1:s+ resourceClaimName:3:s? resourceClaimTemplateName:4:s?
        ResourceRequirements limits:1:{q requests:2:{q claims:3:[ResourceClaim@name
        PodSchedulingGroup podGroupName:1:s?
        EvictionResponder! name:1:s+ priority:2:i?+
        PodCondition type:1:s+ observedGeneration:7:i status:2:s+ lastProbeTime:3:t lastTransitionTime:4:t
          reason:5:s message:6:s
        HostIP ip:1:s+
        PodIP ip:1:s+
        ContainerStatus name:1:s+ state:2:ContainerState lastState:3:ContainerState ready:4:b+ restartCount:5:i+
          image:6:s+ imageID:7:s+ containerID:8:s started:9:b? allocatedResources:10:{q
          resources:11:ResourceRequirements volumeMounts:12:[VolumeMountStatus@mountPath~mountPath
          user:13:ContainerUser allocatedResourcesStatus:14:[ResourceStatus@name~name stopSignal:15:s?
        PodResourceClaimStatus name:1:s+ resourceClaimName:2:s?
        PodExtendedResourceClaimStatus requestMappings:1:[ContainerExtendedResourceRequest+
          resourceClaimName:2:s+
        NodeAllocatableResourceClaimStatus resourceClaimName:1:s+ containers:2:[s@
          mapping:4:[NodeAllocatableMappedResources@name~name
          overhead:5:[NodeAllocatableOverheadResources@name~name
        PodVolumeHealth name:1:s+ healthConditions:2:[VolumeHealthCondition@status,reason~status
          lastTransitionTime:3:t
        VolumeResourceRequirements limits:1:{q requests:2:{q
        TypedLocalObjectReference! apiGroup:1:s? kind:2:s+ name:3:s+
        TypedObjectReference apiGroup:1:s? kind:2:s+ name:3:s+ namespace:4:s?
        ContainerPort name:1:s hostPort:2:i containerPort:3:i+ protocol:4:s hostIP:5:s
        EnvFromSource prefix:1:s configMapRef:2:ConfigMapEnvSource secretRef:3:SecretEnvSource
        EnvVar name:1:s+ value:2:s valueFrom:3:EnvVarSource
        ContainerResizePolicy resourceName:1:s+ restartPolicy:2:s+
        ContainerRestartRule action:1:s exitCodes:2:ContainerRestartRuleOnExitCodes
        VolumeMount name:1:s+ readOnly:2:b recursiveReadOnly:7:s? mountPath:3:s+ subPath:4:s
          mountPropagation:5:s? subPathExpr:6:s bindMountOptions:8:[s@
        VolumeDevice name:1:s+ devicePath:2:s+
        Probe &1:ProbeHandler initialDelaySeconds:2:i timeoutSeconds:3:i periodSeconds:4:i successThreshold:5:i
          failureThreshold:6:i terminationGracePeriodSeconds:7:i?
        Lifecycle postStart:1:LifecycleHandler preStop:2:LifecycleHandler stopSignal:3:s?
        SecurityContext capabilities:1:Capabilities privileged:2:b? seLinuxOptions:3:SELinuxOptions
          windowsOptions:10:WindowsSecurityContextOptions runAsUser:4:i? runAsGroup:8:i? runAsNonRoot:5:b?
          readOnlyRootFilesystem:6:b? allowPrivilegeEscalation:7:b? procMount:9:s?
          seccompProfile:11:SeccompProfile appArmorProfile:12:AppArmorProfile
        EphemeralContainerCommon name:1:s+ image:2:s command:3:[s args:4:[s workingDir:5:s
          ports:6:[ContainerPort@containerPort,protocol~containerPort envFrom:19:[EnvFromSource
          env:7:[EnvVar@name~name resources:8:ResourceRequirements resizePolicy:23:[ContainerResizePolicy
          restartPolicy:24:s? restartPolicyRules:25:[ContainerRestartRule
          volumeMounts:9:[VolumeMount@mountPath~mountPath volumeDevices:21:[VolumeDevice@devicePath~devicePath
          livenessProbe:10:Probe readinessProbe:11:Probe startupProbe:22:Probe lifecycle:12:Lifecycle
          terminationMessagePath:13:s terminationMessagePolicy:20:s imagePullPolicy:14:s
          securityContext:15:SecurityContext stdin:16:b stdinOnce:17:b tty:18:b
        SELinuxOptions user:1:s role:2:s type:3:s level:4:s
        WindowsSecurityContextOptions gmsaCredentialSpecName:1:s? gmsaCredentialSpec:2:s? runAsUserName:3:s?
          hostProcess:4:b?
        Sysctl name:1:s+ value:2:s+
        SeccompProfile type:1:s+ localhostProfile:2:s?
        AppArmorProfile type:1:s+ localhostProfile:2:s?
        NodeAffinity requiredDuringSchedulingIgnoredDuringExecution:1:NodeSelector
          preferredDuringSchedulingIgnoredDuringExecution:2:[PreferredSchedulingTerm
        PodAffinity requiredDuringSchedulingIgnoredDuringExecution:1:[PodAffinityTerm
          preferredDuringSchedulingIgnoredDuringExecution:2:[WeightedPodAffinityTerm
        PodAntiAffinity requiredDuringSchedulingIgnoredDuringExecution:1:[PodAffinityTerm
          preferredDuringSchedulingIgnoredDuringExecution:2:[WeightedPodAffinityTerm
        PodDNSConfigOption name:1:s value:2:s?
        ResourceClaim name:1:s+ request:2:s
        ContainerState waiting:1:ContainerStateWaiting running:2:ContainerStateRunning
          terminated:3:ContainerStateTerminated
        VolumeMountStatus name:1:s+ mountPath:2:s+ readOnly:3:b recursiveReadOnly:4:s?
          volumeStatus:5:VolumeStatus
        ContainerUser linux:1:LinuxContainerUser
        ResourceStatus name:1:s+ resources:2:[ResourceHealth@resourceID
        ContainerExtendedResourceRequest containerName:1:s+ resourceName:2:s+ requestName:3:s+
        NodeAllocatableMappedResources name:1:s+ quantity:2:q+
        NodeAllocatableOverheadResources name:1:s+ perPod:2:q perContainer:3:q
        VolumeHealthCondition status:1:s+ reason:2:s+ message:3:s
        NodeSelector! nodeSelectorTerms:1:[NodeSelectorTerm+
        ConfigMapEnvSource &1:LocalObjectReference optional:2:b?
        SecretEnvSource &1:LocalObjectReference optional:2:b?
        EnvVarSource fieldRef:1:ObjectFieldSelector resourceFieldRef:2:ResourceFieldSelector
          configMapKeyRef:3:ConfigMapKeySelector secretKeyRef:4:SecretKeySelector fileKeyRef:5:FileKeySelector
        ContainerRestartRuleOnExitCodes operator:1:s values:2:[i@
        ProbeHandler exec:1:ExecAction httpGet:2:HTTPGetAction tcpSocket:3:TCPSocketAction grpc:4:GRPCAction
        LifecycleHandler exec:1:ExecAction httpGet:2:HTTPGetAction tcpSocket:3:TCPSocketAction
          sleep:4:SleepAction
        Capabilities add:1:[s drop:2:[s
        PreferredSchedulingTerm weight:1:i+ preference:2:NodeSelectorTerm+
        PodAffinityTerm labelSelector:1:meta.LabelSelector namespaces:2:[s topologyKey:3:s+
          namespaceSelector:4:meta.LabelSelector matchLabelKeys:5:[s mismatchLabelKeys:6:[s
        WeightedPodAffinityTerm weight:1:i+ podAffinityTerm:2:PodAffinityTerm+
        ContainerStateWaiting reason:1:s message:2:s
        ContainerStateRunning startedAt:1:t
        ContainerStateTerminated exitCode:1:i+ signal:2:i reason:3:s message:4:s startedAt:5:t finishedAt:6:t
          containerID:7:s
        VolumeStatus image:1:ImageVolumeStatus
        LinuxContainerUser uid:1:i+ gid:2:i+ supplementalGroups:3:[i
        ResourceHealth resourceID:1:s+ health:2:s message:6:s?
        NodeSelectorTerm! matchExpressions:1:[NodeSelectorRequirement matchFields:2:[NodeSelectorRequirement
        ObjectFieldSelector! apiVersion:1:s fieldPath:2:s+
        ResourceFieldSelector! containerName:1:s resource:2:s+ divisor:3:q
        ConfigMapKeySelector! &1:LocalObjectReference key:2:s+ optional:3:b?
        SecretKeySelector! &1:LocalObjectReference key:2:s+ optional:3:b?
        FileKeySelector! volumeName:1:s+ path:2:s+ key:3:s+ optional:4:b?
        ExecAction command:1:[s
        HTTPGetAction path:1:s port:2:x+ host:3:s scheme:4:s httpHeaders:5:[HTTPHeader protocol:6:s?
        TCPSocketAction port:1:x+ host:2:s
        GRPCAction port:1:i+ service:2:s? mode:3:s?
        SleepAction seconds:1:i+
        ImageVolumeStatus imageRef:1:s
        NodeSelectorRequirement key:1:s+ operator:2:s+ values:3:[s
        HTTPHeader name:1:s+ value:2:s+
        """
}
