extension BuiltInTypes {
    /// Access, networks, leases and webhooks.
    static let cluster = """
        # rbac/v1
        Role metadata:1:meta.ObjectMeta rules:2:[PolicyRule
        ClusterRole metadata:1:meta.ObjectMeta rules:2:[PolicyRule aggregationRule:3:AggregationRule
        RoleBinding metadata:1:meta.ObjectMeta subjects:2:[Subject roleRef:3:RoleRef+
        ClusterRoleBinding metadata:1:meta.ObjectMeta subjects:2:[Subject roleRef:3:RoleRef+
        PolicyRule verbs:1:[s+ apiGroups:2:[s resources:3:[s resourceNames:4:[s nonResourceURLs:5:[s
        AggregationRule clusterRoleSelectors:1:[meta.LabelSelector
        Subject! kind:1:s+ apiGroup:2:s name:3:s+ namespace:4:s
        RoleRef! apiGroup:1:s kind:2:s+ name:3:s+
        # coordination/v1
        Lease metadata:1:meta.ObjectMeta spec:2:LeaseSpec
        LeaseSpec holderIdentity:1:s? leaseDurationSeconds:2:i? acquireTime:3:u renewTime:4:u
          leaseTransitions:5:i? strategy:6:s? preferredHolder:7:s?
        # discovery/v1
        EndpointSlice metadata:1:meta.ObjectMeta addressType:4:s+ endpoints:2:[Endpoint ports:3:[EndpointPort
        Endpoint addresses:1:[s@+ conditions:2:EndpointConditions hostname:3:s?
          targetRef:4:core/v1.ObjectReference deprecatedTopology:5:{s nodeName:6:s? zone:7:s?
          hints:8:EndpointHints
        EndpointPort! name:1:s? protocol:2:s? port:3:i? appProtocol:4:s?
        EndpointConditions ready:1:b? serving:2:b? terminating:3:b?
        EndpointHints forZones:1:[ForZone forNodes:2:[ForNode
        ForZone name:1:s+
        ForNode name:1:s+
        # networking/v1
        Ingress metadata:1:meta.ObjectMeta spec:2:IngressSpec status:3:IngressStatus
        NetworkPolicy metadata:1:meta.ObjectMeta spec:2:NetworkPolicySpec
        IngressClass metadata:1:meta.ObjectMeta spec:2:IngressClassSpec
        IngressSpec ingressClassName:4:s? defaultBackend:1:IngressBackend tls:2:[IngressTLS rules:3:[IngressRule
        IngressStatus loadBalancer:1:IngressLoadBalancerStatus
        NetworkPolicySpec podSelector:1:meta.LabelSelector ingress:2:[NetworkPolicyIngressRule
          egress:3:[NetworkPolicyEgressRule policyTypes:4:[s
        IngressClassSpec controller:1:s parameters:2:IngressClassParametersReference
        IngressBackend service:4:IngressServiceBackend resource:3:core/v1.TypedLocalObjectReference
        IngressTLS hosts:1:[s secretName:2:s
        IngressRule host:1:s &2:IngressRuleValue
        IngressLoadBalancerStatus ingress:1:[IngressLoadBalancerIngress
        NetworkPolicyIngressRule ports:1:[NetworkPolicyPort from:2:[NetworkPolicyPeer
        NetworkPolicyEgressRule ports:1:[NetworkPolicyPort to:2:[NetworkPolicyPeer
        IngressClassParametersReference apiGroup:1:s? kind:2:s+ name:3:s+ scope:4:s? namespace:5:s?
        IngressServiceBackend name:1:s+ port:2:ServiceBackendPort
        IngressRuleValue http:1:HTTPIngressRuleValue
        IngressLoadBalancerIngress ip:1:s hostname:2:s ports:4:[IngressPortStatus
        NetworkPolicyPort protocol:1:s? port:2:x endPort:3:i?
        NetworkPolicyPeer podSelector:1:meta.LabelSelector namespaceSelector:2:meta.LabelSelector
          ipBlock:3:IPBlock
        ServiceBackendPort! name:1:s number:2:i
        HTTPIngressRuleValue paths:1:[HTTPIngressPath+
        IngressPortStatus port:1:i+ protocol:2:s+ error:3:s?
        IPBlock cidr:1:s+ except:2:[s
        HTTPIngressPath path:1:s pathType:3:s?+ backend:2:IngressBackend+
        # admissionregistration/v1
        MutatingWebhookConfiguration metadata:1:meta.ObjectMeta webhooks:2:[MutatingWebhook@name~name
        ValidatingWebhookConfiguration metadata:1:meta.ObjectMeta webhooks:2:[ValidatingWebhook@name~name
        MutatingWebhook name:1:s+ clientConfig:2:WebhookClientConfig+ rules:3:[RuleWithOperations
          failurePolicy:4:s? matchPolicy:9:s? namespaceSelector:5:meta.LabelSelector
          objectSelector:11:meta.LabelSelector sideEffects:6:s?+ timeoutSeconds:7:i?
          admissionReviewVersions:8:[s+ reinvocationPolicy:10:s? matchConditions:12:[MatchCondition@name~name
        ValidatingWebhook name:1:s+ clientConfig:2:WebhookClientConfig+ rules:3:[RuleWithOperations
          failurePolicy:4:s? matchPolicy:9:s? namespaceSelector:5:meta.LabelSelector
          objectSelector:10:meta.LabelSelector sideEffects:6:s?+ timeoutSeconds:7:i?
          admissionReviewVersions:8:[s+ matchConditions:11:[MatchCondition@name~name
        WebhookClientConfig url:3:s? service:1:ServiceReference caBundle:2:y
        RuleWithOperations operations:1:[s &2:Rule
        MatchCondition name:1:s+ expression:2:s+
        ServiceReference namespace:1:s+ name:2:s+ path:3:s? port:4:i?
        Rule apiGroups:1:[s apiVersions:2:[s resources:3:[s scope:4:s?
        # authentication/v1
        TokenReview metadata:1:meta.ObjectMeta spec:2:TokenReviewSpec+ status:3:TokenReviewStatus
        TokenRequest metadata:1:meta.ObjectMeta spec:2:TokenRequestSpec status:3:TokenRequestStatus
        SelfSubjectReview metadata:1:meta.ObjectMeta status:2:SelfSubjectReviewStatus
        TokenReviewSpec token:1:s audiences:2:[s
        TokenReviewStatus authenticated:1:b user:2:UserInfo audiences:4:[s error:3:s
        TokenRequestSpec audiences:1:[s expirationSeconds:4:i? boundObjectRef:3:BoundObjectReference
          attestations:5:{[s
        TokenRequestStatus token:1:s expirationTimestamp:2:t
        SelfSubjectReviewStatus userInfo:1:UserInfo
        UserInfo username:1:s uid:2:s groups:3:[s extra:4:{[s
        BoundObjectReference kind:1:s apiVersion:2:s name:3:s uid:4:s
        # authorization/v1
        SubjectAccessReview metadata:1:meta.ObjectMeta spec:2:SubjectAccessReviewSpec+
          status:3:SubjectAccessReviewStatus
        SelfSubjectAccessReview metadata:1:meta.ObjectMeta spec:2:SelfSubjectAccessReviewSpec+
          status:3:SubjectAccessReviewStatus
        LocalSubjectAccessReview metadata:1:meta.ObjectMeta spec:2:SubjectAccessReviewSpec+
          status:3:SubjectAccessReviewStatus
        SelfSubjectRulesReview metadata:1:meta.ObjectMeta spec:2:SelfSubjectRulesReviewSpec+
          status:3:SubjectRulesReviewStatus
        SubjectAccessReviewSpec resourceAttributes:1:ResourceAttributes
          nonResourceAttributes:2:NonResourceAttributes user:3:s groups:4:[s extra:5:{[s uid:6:s
        SubjectAccessReviewStatus allowed:1:b+ denied:4:b reason:2:s evaluationError:3:s
        SelfSubjectAccessReviewSpec resourceAttributes:1:ResourceAttributes
          nonResourceAttributes:2:NonResourceAttributes
        SelfSubjectRulesReviewSpec namespace:1:s
        SubjectRulesReviewStatus resourceRules:1:[ResourceRule+ nonResourceRules:2:[NonResourceRule+
          incomplete:3:b+ evaluationError:4:s
        ResourceAttributes namespace:1:s verb:2:s group:3:s version:4:s resource:5:s subresource:6:s name:7:s
          fieldSelector:8:FieldSelectorAttributes labelSelector:9:LabelSelectorAttributes
        NonResourceAttributes path:1:s verb:2:s
        ResourceRule verbs:1:[s+ apiGroups:2:[s resources:3:[s resourceNames:4:[s
        NonResourceRule verbs:1:[s+ nonResourceURLs:2:[s
        FieldSelectorAttributes rawSelector:1:s requirements:2:[meta.FieldSelectorRequirement
        LabelSelectorAttributes rawSelector:1:s requirements:2:[meta.LabelSelectorRequirement
        """
}
