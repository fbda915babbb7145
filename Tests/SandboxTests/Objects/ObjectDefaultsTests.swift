import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ObjectDefaultsTests {
    @Test(arguments: [
        ("2000m", "2"), ("0.5", "500m"), ("1024Mi", "1Gi"), ("92233720368547758.07", "92233720368547758.07"),
        ("9223372036854775807", "9223372036854775807"), ("0.00000000000000000001", "0.00000000000000000001"),
    ])
    func writesQuantitiesAsTheServerDoes(text: String, expected: String) {
        let object: JSONValue = [
            "spec": ["containers": [["name": "a", "resources": ["limits": ["cpu": .string(text)]]]]]
        ]
        let completed = ObjectDefaults.completed(object, .pods)
        let container = completed[path: "spec", "containers"]?[0]
        #expect(container?[path: "resources", "limits", "cpu"]?.string == expected)
    }

    /// The story's Deployment, with what the real server showed of it.
    @Test func completesTheExampleDeploymentAsARealServerDid() throws {
        let applied = try #require(try RepositoryFiles.documents("manifests/examples/deployment.yaml").first)
        let spec = try #require(ObjectDefaults.completed(applied, .deployments)["spec"])
        #expect(spec["replicas"] == 1)
        #expect(spec["revisionHistoryLimit"] == 5)
        #expect(spec["progressDeadlineSeconds"] == 60)
        #expect(
            spec["strategy"] == ["rollingUpdate": ["maxSurge": "25%", "maxUnavailable": 1], "type": "RollingUpdate"]
        )
        let pod = try #require(spec[path: "template", "spec"])
        #expect(pod["dnsPolicy"] == "ClusterFirst")
        #expect(pod["restartPolicy"] == "Always")
        #expect(pod["schedulerName"] == "default-scheduler")
        #expect(pod["securityContext"] == .object(JSONObject()))
        #expect(pod["terminationGracePeriodSeconds"] == 30)
        let container = try #require(pod["containers"]?[0])
        #expect(container["terminationMessagePath"] == "/dev/termination-log")
        #expect(container["terminationMessagePolicy"] == "File")
        #expect(container["imagePullPolicy"] == "IfNotPresent")
        let resources: JSONValue = [
            "limits": ["cpu": "2", "memory": "512Mi"], "requests": ["cpu": "100m", "memory": "64Mi"],
        ]
        #expect(container["resources"] == resources)
        let command = container[path: "readinessProbe", "exec"] ?? .null
        let probe: JSONValue = [
            "exec": command, "failureThreshold": 3, "initialDelaySeconds": 5, "periodSeconds": 10,
            "successThreshold": 1, "timeoutSeconds": 5,
        ]
        #expect(container["readinessProbe"] == probe)
    }

    @Test(arguments: [
        ("podinfo", "Always"), ("podinfo:latest", "Always"), ("podinfo:3.1.0", "IfNotPresent"),
        ("localhost:5000/podinfo", "Always"), ("localhost:5000/podinfo:1", "IfNotPresent"),
        ("podinfo@sha256:0123", "IfNotPresent"),
    ])
    func pullsByTheTag(image: String, policy: JSONValue) {
        let completed = ObjectDefaults.completed(deployment(image: image), .deployments)
        #expect(completed[path: "spec", "template", "spec"]?["containers"]?[0]?["imagePullPolicy"] == policy)
    }

    @Test(arguments: [
        ("2000m", "2"), ("0.5", "500m"), ("100m", "100m"), ("1500", "1500"), ("2000", "2k"), ("1024Mi", "1Gi"),
        ("1.5Gi", "1536Mi"), ("512Mi", "512Mi"), ("0", "0"), ("1e3", "1e3"), ("x", "x"), ("0.1m", "100u"),
    ])
    func writesQuantitiesInTheirCanonicalForm(text: JSONValue, canonical: JSONValue) {
        var object = deployment()
        object[path: "spec", "template", "spec"] = [
            "containers": [["name": "a", "resources": ["limits": ["memory": text]]]]
        ]
        let completed = ObjectDefaults.completed(object, .deployments)
        let container = completed[path: "spec", "template", "spec"]?["containers"]?[0]
        #expect(container?[path: "resources", "limits", "memory"] == canonical)
    }

    @Test func completesVolumesPortsAndReferences() throws {
        let pod = try JSONValue(
            parsing: """
                {"metadata":{"name":"a"},"spec":{"hostNetwork":true,"serviceAccountName":"s","containers":[{"name":"a",
                "ports":[{"containerPort":80}],"env":[{"name":"n","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],
                "resources":{"limits":{"cpu":1}},"livenessProbe":{"httpGet":{"port":80},"periodSeconds":0},
                "securityContext":null}],"volumes":[{"name":"e"},{"name":"s","secret":{"secretName":"s"}},
                {"name":"t","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}]}}
                """
        )
        let spec = try #require(ObjectDefaults.completed(pod, .pods)["spec"])
        let container = try #require(spec["containers"]?[0])
        #expect(container["ports"]?.text == #"[{"containerPort":80,"protocol":"TCP","hostPort":80}]"#)
        #expect(container["env"]?[0]?[path: "valueFrom", "fieldRef", "apiVersion"] == "v1")
        #expect(container["resources"]?.text == #"{"limits":{"cpu":"1"},"requests":{"cpu":"1"}}"#)
        #expect(container["livenessProbe"]?["periodSeconds"] == 10)
        #expect(container["livenessProbe"]?["httpGet"]?.text == #"{"port":80,"path":"/","scheme":"HTTP"}"#)
        #expect(container.object?.keys.contains("securityContext") == false)
        #expect(spec["serviceAccount"] == "s")
        #expect(spec["enableServiceLinks"] == true)
        #expect(spec["volumes"]?[0]?["emptyDir"] == .object(JSONObject()))
        #expect(spec["volumes"]?[1]?[path: "secret", "defaultMode"] == 420)
        let token = spec["volumes"]?[2]?[path: "projected", "sources"]?[0]?["serviceAccountToken"]
        #expect(token?["expirationSeconds"] == 3_600)
    }

    @Test func givesAServiceAnAddressThatFollowsFromItsName() throws {
        let completed = ObjectDefaults.completed(service(["ports": [["port": 80]]]), .services)
        let spec = try #require(completed["spec"])
        let address = try #require(spec["clusterIP"]?.string)
        let parts = address.split(separator: ".").compactMap { Int($0) }
        #expect(parts.count == 4 && parts[0] == 10 && (96..<112).contains(parts[1]))
        #expect(spec["clusterIPs"] == [.string(address)])
        #expect(spec["ports"]?.text == #"[{"port":80,"protocol":"TCP","targetPort":80}]"#)
        #expect(spec["type"] == "ClusterIP")
        #expect(spec["ipFamilies"] == ["IPv4"])
        #expect(spec["internalTrafficPolicy"] == "Cluster")
        var other = service(["ports": [["port": 80]]])
        other[path: "metadata", "name"] = "other"
        #expect(ObjectDefaults.completed(other, .services)[path: "spec", "clusterIP"]?.string != address)
    }

    @Test(arguments: [
        (#"{"clusterIP":"None"}"#, #""None""#), (#"{"clusterIP":"10.96.0.9"}"#, #""10.96.0.9""#),
        (#"{"type":"ExternalName","externalName":"a.example"}"#, "null"),
    ])
    func leavesAChosenAddressAlone(spec: String, address: String) throws {
        let completed = ObjectDefaults.completed(service(try JSONValue(parsing: spec)), .services)
        #expect((completed[path: "spec", "clusterIP"] ?? .null).text == address)
    }

    @Test func handsNodePortsOut() {
        let completed = ObjectDefaults.completed(
            service(["type": "NodePort", "ports": [["port": 80], ["port": 81, "nodePort": 30_001]]]),
            .services
        )
        let ports = completed[path: "spec", "ports"]
        #expect((30_000...32_767).contains(ports?[0]?["nodePort"]?.int ?? 0))
        #expect(ports?[1]?["nodePort"] == 30_001)
        #expect(completed[path: "spec", "externalTrafficPolicy"] == "Cluster")
    }

    @Test func completesWebhookConfigurations() throws {
        let object: JSONValue = [
            "webhooks": [
                ["name": "a.b.c", "rules": [["operations": ["*"]]], "clientConfig": ["service": ["name": "s"]]]
            ]
        ]
        let expected = """
            {"webhooks":[{"name":"a.b.c","rules":[{"operations":["*"],"scope":"*"}],\
            "clientConfig":{"service":{"name":"s","port":443}},"failurePolicy":"Fail","matchPolicy":"Equivalent",\
            "namespaceSelector":{},"objectSelector":{},"timeoutSeconds":10
            """
        #expect(ObjectDefaults.completed(object, .validatingWebhooks).text == expected + "}]}")
        #expect(
            ObjectDefaults.completed(object, .mutatingWebhooks).text == expected + #","reinvocationPolicy":"Never"}]}"#
        )
    }

    @Test func completesTheOtherKinds() throws {
        let definition = ObjectDefaults.completed(
            ["spec": ["names": ["kind": "Widget", "plural": "widgets"]]],
            .customResourceDefinitions
        )
        #expect(
            definition.text
                == #"{"spec":{"names":{"kind":"Widget","plural":"widgets","singular":"widget","listKind":"WidgetList"},"#
                + #""conversion":{"strategy":"None"}}}"#
        )
        let namespace = ObjectDefaults.completed(["metadata": ["name": "test"]], .namespaces)
        #expect(namespace.label("kubernetes.io/metadata.name") == "test")
        let secret = ObjectDefaults.completed(["stringData": ["a": "b"], "data": ["a": "x", "c": "ZA=="]], .secrets)
        #expect(secret.text == #"{"data":{"a":"Yg==","c":"ZA=="},"type":"Opaque"}"#)
        let autoscaler = ObjectDefaults.completed(["spec": ["maxReplicas": 3]], .autoscalers)
        #expect(autoscaler[path: "spec", "minReplicas"] == 1)
        #expect(autoscaler[path: "spec", "metrics"]?[0]?[path: "resource", "target", "averageUtilization"] == 80)
        #expect(ObjectDefaults.completed(configMap("a"), .configMaps) == configMap("a"))
    }

    @Test(arguments: [
        ("examples/deployment.yaml", ResourceType.deployments), ("examples/autoscaler.yaml", .autoscalers),
        ("examples/namespace.yaml", .namespaces), ("base/service.yaml", .services),
        ("base/deployment.yaml", .deployments), ("base/webhooks.yaml", .validatingWebhooks),
        ("base/webhooks.yaml", .mutatingWebhooks), ("base/crds/canaries.yaml", .customResourceDefinitions),
    ])
    func changesNothingTheSecondTime(path: String, type: ResourceType) throws {
        let documents = try RepositoryFiles.documents("manifests/\(path)").filter { $0["kind"]?.string == type.kind }
        #expect(!documents.isEmpty)
        for document in documents {
            let completed = ObjectDefaults.completed(document, type)
            #expect(ObjectDefaults.completed(completed, type).text == completed.text)
        }
    }

    private func service(_ spec: JSONValue) -> JSONValue {
        ["metadata": ["name": "podinfo", "namespace": "test"], "spec": spec]
    }
}
