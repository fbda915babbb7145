extension BuiltInTypes {
    /// Workloads, autoscalers and budgets.
    static let workloads = """
        # apps/v1
        Deployment metadata:1:meta.ObjectMeta spec:2:DeploymentSpec status:3:DeploymentStatus
        ReplicaSet metadata:1:meta.ObjectMeta spec:2:ReplicaSetSpec status:3:ReplicaSetStatus
        DaemonSet metadata:1:meta.ObjectMeta spec:2:DaemonSetSpec status:3:DaemonSetStatus
        StatefulSet metadata:1:meta.ObjectMeta spec:2:StatefulSetSpec status:3:StatefulSetStatus
        ControllerRevision metadata:1:meta.ObjectMeta data:2:a+ revision:3:i
        DeploymentSpec replicas:1:i? selector:2:meta.LabelSelector+ template:3:core/v1.PodTemplateSpec+
          strategy:4:DeploymentStrategy~^ minReadySeconds:5:i revisionHistoryLimit:6:i? paused:7:b
          progressDeadlineSeconds:9:i?
        DeploymentStatus observedGeneration:1:i replicas:2:i updatedReplicas:3:i readyReplicas:7:i
          availableReplicas:4:i unavailableReplicas:5:i terminatingReplicas:9:i?
          conditions:6:[DeploymentCondition@type~type collisionCount:8:i?
        ReplicaSetSpec replicas:1:i? minReadySeconds:4:i selector:2:meta.LabelSelector+
          template:3:core/v1.PodTemplateSpec
        ReplicaSetStatus replicas:1:i+ fullyLabeledReplicas:2:i readyReplicas:4:i availableReplicas:5:i
          terminatingReplicas:7:i? observedGeneration:3:i conditions:6:[ReplicaSetCondition@type~type
        DaemonSetSpec selector:1:meta.LabelSelector+ template:2:core/v1.PodTemplateSpec+
          updateStrategy:3:DaemonSetUpdateStrategy minReadySeconds:4:i revisionHistoryLimit:6:i?
        DaemonSetStatus currentNumberScheduled:1:i+ numberMisscheduled:2:i+ desiredNumberScheduled:3:i+
          numberReady:4:i+ observedGeneration:5:i updatedNumberScheduled:6:i numberAvailable:7:i
          numberUnavailable:8:i collisionCount:9:i? conditions:10:[DaemonSetCondition@type~type
        StatefulSetSpec replicas:1:i? selector:2:meta.LabelSelector+ template:3:core/v1.PodTemplateSpec+
          volumeClaimTemplates:4:[core/v1.PersistentVolumeClaim serviceName:5:s podManagementPolicy:6:s
          updateStrategy:7:StatefulSetUpdateStrategy revisionHistoryLimit:8:i? minReadySeconds:9:i
          persistentVolumeClaimRetentionPolicy:10:StatefulSetPersistentVolumeClaimRetentionPolicy
          ordinals:11:StatefulSetOrdinals
        StatefulSetStatus observedGeneration:1:i replicas:2:i+ readyReplicas:3:i currentReplicas:4:i
          updatedReplicas:5:i currentRevision:6:s updateRevision:7:s collisionCount:9:i?
          conditions:10:[StatefulSetCondition@type~type availableReplicas:11:i
        DeploymentStrategy type:1:s rollingUpdate:2:RollingUpdateDeployment
        DeploymentCondition type:1:s status:2:s lastUpdateTime:6:t lastTransitionTime:7:t reason:4:s message:5:s
        ReplicaSetCondition type:1:s status:2:s lastTransitionTime:3:t reason:4:s message:5:s
        DaemonSetUpdateStrategy type:1:s rollingUpdate:2:RollingUpdateDaemonSet
        DaemonSetCondition type:1:s status:2:s lastTransitionTime:3:t reason:4:s message:5:s
        StatefulSetUpdateStrategy type:1:s rollingUpdate:2:RollingUpdateStatefulSetStrategy
        StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:1:s whenScaled:2:s
        StatefulSetOrdinals start:1:i
        StatefulSetCondition type:1:s status:2:s lastTransitionTime:3:t reason:4:s message:5:s
        RollingUpdateDeployment maxUnavailable:1:x maxSurge:2:x
        RollingUpdateDaemonSet maxUnavailable:1:x maxSurge:2:x
        RollingUpdateStatefulSetStrategy partition:1:i? maxUnavailable:2:x
        # autoscaling/v1
        HorizontalPodAutoscaler metadata:1:meta.ObjectMeta spec:2:HorizontalPodAutoscalerSpec
          status:3:HorizontalPodAutoscalerStatus
        Scale metadata:1:meta.ObjectMeta spec:2:ScaleSpec status:3:ScaleStatus
        HorizontalPodAutoscalerSpec scaleTargetRef:1:CrossVersionObjectReference+ minReplicas:2:i?
          maxReplicas:3:i+ targetCPUUtilizationPercentage:4:i?
        HorizontalPodAutoscalerStatus observedGeneration:1:i? lastScaleTime:2:t currentReplicas:3:i+
          desiredReplicas:4:i+ currentCPUUtilizationPercentage:5:i?
        ScaleSpec replicas:1:i
        ScaleStatus replicas:1:i+ selector:2:s
        CrossVersionObjectReference! kind:1:s+ name:2:s+ apiVersion:3:s
        # autoscaling/v2
        HorizontalPodAutoscaler metadata:1:meta.ObjectMeta spec:2:HorizontalPodAutoscalerSpec
          status:3:HorizontalPodAutoscalerStatus
        HorizontalPodAutoscalerSpec scaleTargetRef:1:CrossVersionObjectReference+ minReplicas:2:i?
          maxReplicas:3:i+ metrics:4:[MetricSpec behavior:5:HorizontalPodAutoscalerBehavior
        HorizontalPodAutoscalerStatus observedGeneration:1:i? lastScaleTime:2:t currentReplicas:3:i
          desiredReplicas:4:i+ currentMetrics:5:[MetricStatus
          conditions:6:[HorizontalPodAutoscalerCondition@type~type
        CrossVersionObjectReference kind:1:s+ name:2:s+ apiVersion:3:s
        MetricSpec type:1:s+ object:2:ObjectMetricSource pods:3:PodsMetricSource resource:4:ResourceMetricSource
          containerResource:7:ContainerResourceMetricSource external:5:ExternalMetricSource
        HorizontalPodAutoscalerBehavior scaleUp:1:HPAScalingRules scaleDown:2:HPAScalingRules
        MetricStatus type:1:s+ object:2:ObjectMetricStatus pods:3:PodsMetricStatus
          resource:4:ResourceMetricStatus containerResource:7:ContainerResourceMetricStatus
          external:5:ExternalMetricStatus
        HorizontalPodAutoscalerCondition type:1:s+ status:2:s+ lastTransitionTime:3:t reason:4:s message:5:s
          observedGeneration:6:i?
        ObjectMetricSource describedObject:1:CrossVersionObjectReference+ target:2:MetricTarget+
          metric:3:MetricIdentifier+
        PodsMetricSource metric:1:MetricIdentifier+ target:2:MetricTarget+
        ResourceMetricSource name:1:s+ target:2:MetricTarget+
        ContainerResourceMetricSource name:1:s+ target:2:MetricTarget+ container:3:s+
        ExternalMetricSource metric:1:MetricIdentifier+ target:2:MetricTarget+
        HPAScalingRules stabilizationWindowSeconds:3:i? selectPolicy:1:s? policies:2:[HPAScalingPolicy
          tolerance:4:q
        ObjectMetricStatus metric:1:MetricIdentifier+ current:2:MetricValueStatus+
          describedObject:3:CrossVersionObjectReference+
        PodsMetricStatus metric:1:MetricIdentifier+ current:2:MetricValueStatus+
        ResourceMetricStatus name:1:s+ current:2:MetricValueStatus+
        ContainerResourceMetricStatus name:1:s+ current:2:MetricValueStatus+ container:3:s+
        ExternalMetricStatus metric:1:MetricIdentifier+ current:2:MetricValueStatus+
        MetricTarget type:1:s+ value:2:q averageValue:3:q averageUtilization:4:i?
        MetricIdentifier name:1:s+ selector:2:meta.LabelSelector
        HPAScalingPolicy type:1:s+ value:2:i+ periodSeconds:3:i+
        MetricValueStatus value:1:q averageValue:2:q averageUtilization:3:i?
        # batch/v1
        Job metadata:1:meta.ObjectMeta spec:2:JobSpec status:3:JobStatus
        CronJob metadata:1:meta.ObjectMeta spec:2:CronJobSpec status:3:CronJobStatus
        JobSpec parallelism:1:i? completions:2:i? activeDeadlineSeconds:3:i?
          podFailurePolicy:11:PodFailurePolicy successPolicy:16:SuccessPolicy backoffLimit:7:i?
          backoffLimitPerIndex:12:i? maxFailedIndexes:13:i? selector:4:meta.LabelSelector manualSelector:5:b?
          template:6:core/v1.PodTemplateSpec+ ttlSecondsAfterFinished:8:i? completionMode:9:s? suspend:10:b?
          podReplacementPolicy:14:s? managedBy:15:s? scheduling:17:JobSchedulingConfiguration
        JobStatus conditions:1:[JobCondition~type startTime:2:t completionTime:3:t active:4:i succeeded:5:i
          failed:6:i terminating:11:i? completedIndexes:7:s failedIndexes:10:s?
          uncountedTerminatedPods:8:UncountedTerminatedPods ready:9:i?
        CronJobSpec schedule:1:s+ timeZone:8:s? startingDeadlineSeconds:2:i? concurrencyPolicy:3:s suspend:4:b?
          jobTemplate:5:JobTemplateSpec+ successfulJobsHistoryLimit:6:i? failedJobsHistoryLimit:7:i?
        CronJobStatus active:1:[core/v1.ObjectReference lastScheduleTime:4:t lastSuccessfulTime:5:t
        PodFailurePolicy rules:1:[PodFailurePolicyRule+
        SuccessPolicy rules:1:[SuccessPolicyRule+
        JobSchedulingConfiguration schedulingPolicy:1:a schedulingConstraints:2:a disruptionMode:3:a
          resourceClaims:4:[a@name~name
        JobCondition type:1:s+ status:2:s+ lastProbeTime:3:t lastTransitionTime:4:t reason:5:s message:6:s
        UncountedTerminatedPods succeeded:1:[s@ failed:2:[s@
        JobTemplateSpec metadata:1:meta.ObjectMeta spec:2:JobSpec
        PodFailurePolicyRule action:1:s+ onExitCodes:2:PodFailurePolicyOnExitCodesRequirement
          onPodConditions:3:[PodFailurePolicyOnPodConditionsPattern
        SuccessPolicyRule succeededIndexes:1:s? succeededCount:2:i?
        PodFailurePolicyOnExitCodesRequirement containerName:1:s? operator:2:s+ values:3:[i@+
        PodFailurePolicyOnPodConditionsPattern type:1:s+ status:2:s
        # policy/v1
        PodDisruptionBudget metadata:1:meta.ObjectMeta spec:2:PodDisruptionBudgetSpec
          status:3:PodDisruptionBudgetStatus
        Eviction metadata:1:meta.ObjectMeta deleteOptions:2:meta.DeleteOptions
        PodDisruptionBudgetSpec minAvailable:1:x selector:2:meta.LabelSelector~ maxUnavailable:3:x
          unhealthyPodEvictionPolicy:4:s?
        PodDisruptionBudgetStatus observedGeneration:1:i disruptedPods:2:{t disruptionsAllowed:3:i
          currentHealthy:4:i desiredHealthy:5:i expectedPods:6:i conditions:7:[meta.Condition@type~type
        """
}
