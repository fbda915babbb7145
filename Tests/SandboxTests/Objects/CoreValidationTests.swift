import JSON
import Kubernetes
import Sandbox
import Testing

/// What a real API server (1.36) said of these.
@Suite struct CoreValidationTests {
    private func texts(_ json: String, _ type: ResourceType, replacing old: String? = nil) throws -> [String] {
        let before = try old.map { try JSONValue(parsing: $0) }
        return ObjectValidation.causes(in: try JSONValue(parsing: json), type, replacing: before).map(\.text)
    }

    private func deployment(_ spec: String) -> String {
        """
        {"spec":{"selector":{"matchLabels":{"a":"b"}},\(spec.isEmpty ? "" : "\(spec),")
          "template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"a","image":"i"}]}}}}
        """
    }

    @Test(arguments: [
        (#""strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1,"maxUnavailable":0}}"#, ""),
        (
            #""strategy":{"type":"Bogus"}"#,
            #"spec.strategy: Unsupported value: {"Type":"Bogus","RollingUpdate":null}: supported values: "Recreate", "RollingUpdate""#
        ),
        (
            #""strategy":{"type":"Recreate","rollingUpdate":{"maxSurge":1}}"#,
            "spec.strategy.rollingUpdate: Forbidden: may not be specified when strategy `type` is 'Recreate'"
        ),
        (
            #""strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":0,"maxUnavailable":"0%"}}"#,
            "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0"
        ),
        (
            #""minReadySeconds":5,"progressDeadlineSeconds":1"#,
            "spec.progressDeadlineSeconds: Invalid value: 1: must be greater than minReadySeconds"
        ),
    ])
    func checksHowDeploymentsRollOut(spec: String, problem: String) throws {
        #expect(try texts(deployment(spec), .deployments) == (problem.isEmpty ? [] : [problem]))
    }

    @Test func wantsPodsThatAreStartedAgain() throws {
        let pod = #"{"restartPolicy":"Never","containers":[{"name":"A","image":"i"}]}"#
        let json =
            #"{"spec":{"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":\#(pod)}}}"#
        let found = try texts(json, .deployments)
        #expect(
            found.first?.hasPrefix(
                "spec.template.spec.containers[0].name: Invalid value: \"A\": a lowercase RFC 1123 label"
            )
                == true
        )
        #expect(
            found.last == #"spec.template.spec.restartPolicy: Unsupported value: "Never": supported values: "Always""#
        )
    }

    @Test(arguments: [
        (#"{"minReplicas":1,"maxReplicas":5}"#, []),
        (
            #"{"minReplicas":0,"maxReplicas":5}"#,
            [
                "spec.minReplicas: Invalid value: 0: must be greater than or equal to 1",
                "spec.metrics: Forbidden: must specify at least one Object or External metric to support scaling to zero replicas",
            ]
        ),
        (
            #"{"minReplicas":9,"maxReplicas":5}"#,
            ["spec.maxReplicas: Invalid value: 5: must be greater than or equal to `minReplicas`"]
        ),
        (
            #"{"maxReplicas":0}"#,
            [
                "spec.maxReplicas: Required value: must be set and greater than 0",
                "spec.maxReplicas: Invalid value: 0: must be greater than or equal to `minReplicas`",
            ]
        ),
    ])
    func boundsAutoscalers(spec: String, problems: [String]) throws {
        #expect(try texts(#"{"spec":\#(spec)}"#, .autoscalers) == problems)
    }

    @Test func keepsTheAddressOfAService() throws {
        let old = #"{"spec":{"type":"ClusterIP","clusterIP":"10.96.0.9","ports":[{"port":80}]}}"#
        let new = #"{"spec":{"type":"ClusterIP","clusterIP":"10.96.0.10","ports":[{"port":80}]}}"#
        let problem = #"spec.clusterIPs[0]: Invalid value: ["10.96.0.10"]: may not change once set"#
        #expect(try texts(new, .services, replacing: old) == [problem])
        #expect(try texts(old, .services, replacing: old) == [])
        let bogus = #"{"spec":{"type":"Bogus","ports":[{"port":80}]}}"#
        let types = #""ClusterIP", "ExternalName", "LoadBalancer", "NodePort""#
        #expect(
            try texts(bogus, .services) == [#"spec.type: Unsupported value: "Bogus": supported values: \#(types)"#]
        )
    }

    @Test func checksScopesOfDefinitions() throws {
        let json = { (scope: String) in
            #"{"metadata":{"name":"as.b.c"},"spec":{"group":"b.c","names":{"plural":"as"},"scope":"\#(scope)"}}"#
        }
        #expect(try texts(json("Cluster"), .customResourceDefinitions) == [])
        let scopes = #"supported values: "Cluster", "Namespaced""#
        #expect(
            try texts(json("Bogus"), .customResourceDefinitions)
                == [#"spec.scope: Unsupported value: "Bogus": \#(scopes)"#]
        )
        #expect(
            try texts(json("Cluster"), .customResourceDefinitions, replacing: json("Namespaced"))
                == [#"spec.scope: Invalid value: "Cluster": field is immutable"#]
        )
    }

    @Test(arguments: [
        (
            #""clientConfig":{"service":{"namespace":"n","path":"nope"}}"#,
            [
                "webhooks[0].clientConfig.service.name: Required value",
                #"webhooks[0].clientConfig.service.path: Invalid value: "nope": must start with a '/'"#,
            ]
        ),
        (
            #""clientConfig":{"url":"https://a/"},"rules":[{"apiGroups":[""],"resources":["a"],"operations":["BOGUS"]}]"#,
            [
                #"webhooks[0].rules[0].operations[0]: Unsupported value: "BOGUS": supported values: "*", "CONNECT", "CREATE", "DELETE", "UPDATE""#,
                "webhooks[0].rules[0].apiVersions: Required value",
            ]
        ),
    ])
    func checksWhereWebhooksAreAndWhatTheyAreAskedAbout(members: String, problems: [String]) throws {
        let json = """
            {"webhooks":[{"name":"a.b.c","sideEffects":"None","admissionReviewVersions":["v1"],\(members)}]}
            """
        #expect(try texts(json, .validatingWebhooks) == problems)
    }

    @Test func checksTheKeysOfConfigMaps() throws {
        #expect(try texts(#"{"data":{"app.yaml":"a"}}"#, .configMaps) == [])
        let found = try texts(#"{"data":{"a/b":"c"}}"#, .configMaps)
        #expect(found.count == 1)
        #expect(
            found[0].hasPrefix("data[a/b]: Invalid value: \"a/b\": a valid config key must consist of alphanumeric")
        )
    }

    @Test func keepsWhatIsImmutable() throws {
        let old = #"{"immutable":true,"data":{"a":"1"}}"#
        let problem = "data: Forbidden: field is immutable when `immutable` is set"
        #expect(try texts(#"{"immutable":true,"data":{"a":"2"}}"#, .configMaps, replacing: old) == [problem])
        #expect(try texts(old, .configMaps, replacing: old) == [])
        let type = try texts(#"{"type":"x"}"#, .secrets, replacing: #"{"type":"Opaque"}"#)
        #expect(type == [#"type: Invalid value: "x": field is immutable"#])
        let pair = try texts(#"{"type":"kubernetes.io/tls","data":{}}"#, .secrets)
        #expect(pair == ["data[tls.crt]: Required value", "data[tls.key]: Required value"])
    }
}
