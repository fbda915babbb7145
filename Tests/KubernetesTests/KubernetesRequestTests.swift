import HTTP
import HTTPTypes
import JSON
import Kubernetes
import TestSupport
import Testing

@Suite struct KubernetesRequestTests {
    /// A request as text: its line, content type and body.
    private static func text(_ request: KubernetesRequest) -> String {
        let body = String(decoding: request.body, as: UTF8.self)
        return ["\(request.method.rawValue) \(request.target)", request.contentType, body.isEmpty ? nil : body]
            .compactMap(\.self).joined(separator: "\n")
    }

    @Test func readsOneObject() throws {
        let request = try KubernetesRequest.get(.deployments, test)
        #expect(Self.text(request) == "GET /apis/apps/v1/namespaces/test/deployments/podinfo")
        #expect(request.operation == "get deployments.apps test/podinfo")
        #expect(request.isSafe)
    }

    @Test func readsAClusterScopedObject() throws {
        let request = try KubernetesRequest.get(.namespaces, ObjectKey(namespace: nil, name: "test"))
        #expect(Self.text(request) == "GET /api/v1/namespaces/test")
    }

    @Test func listsInPagesWithAnEncodedSelector() throws {
        let first = try KubernetesRequest.list(
            .pods,
            namespace: "test",
            labelSelector: "app=podinfo,tier in (a,b),!x/y",
            continuing: nil
        )
        #expect(
            Self.text(first) == "GET /api/v1/namespaces/test/pods?limit=500"
                + "&labelSelector=app%3Dpodinfo%2Ctier%20in%20%28a%2Cb%29%2C%21x%2Fy"
        )
        let next = try KubernetesRequest.list(.pods, namespace: nil, labelSelector: nil, continuing: "a+/=")
        #expect(Self.text(next) == "GET /api/v1/pods?limit=500&continue=a%2B%2F%3D")
        #expect(next.operation == "list pods")
    }

    @Test func createsUnderItsFieldManager() throws {
        let object: JSONValue = ["metadata": ["name": "podinfo", "namespace": "test"]]
        let request = try KubernetesRequest.create(.services, object, namespace: nil)
        #expect(
            Self.text(request) == """
                POST /api/v1/namespaces/test/services?fieldManager=canarygate
                application/json
                {"metadata":{"name":"podinfo","namespace":"test"}}
                """
        )
        #expect(request.operation == "create services test/podinfo")
        #expect(!request.isSafe)
    }

    @Test func replacesASubresource() throws {
        let request = try KubernetesRequest.update(.canaries, test, ["status": ["phase": "x"]], subresource: "status")
        #expect(
            Self.text(request) == """
                PUT /apis/flagger.app/v1beta1/namespaces/test/canaries/podinfo/status?fieldManager=canarygate
                application/json
                {"status":{"phase":"x"}}
                """
        )
        #expect(request.operation == "update canaries.flagger.app/status test/podinfo")
    }

    @Test func sendsEachPatchWithItsContentType() throws {
        let merge = Patch.merge(["spec": ["replicas": 0]])
        #expect(
            Self.text(try .patch(.deployments, test, merge, subresource: "scale")) == """
                PATCH /apis/apps/v1/namespaces/test/deployments/podinfo/scale?fieldManager=canarygate
                application/merge-patch+json
                {"spec":{"replicas":0}}
                """
        )
        let json = Patch.json(JSONPatch([.replace(JSONPointer(["spec", "a/b"]), 5)]))
        #expect(
            Self.text(try .patch(.httpProxies, test, json, subresource: nil)) == """
                PATCH /apis/projectcontour.io/v1/namespaces/test/httpproxies/podinfo?fieldManager=canarygate
                application/json-patch+json
                [{"op":"replace","path":"/spec/a~1b","value":5}]
                """
        )
    }

    @Test func deletesDependentsInTheBackground() throws {
        #expect(
            Self.text(try .delete(.services, test)) == """
                DELETE /api/v1/namespaces/test/services/podinfo
                application/json
                {"kind":"DeleteOptions","apiVersion":"v1","propagationPolicy":"Background"}
                """
        )
    }

    @Test func watchesWithBookmarks() throws {
        let request = try KubernetesRequest.watch(.pods, namespace: "test", resourceVersion: "42", seconds: 480)
        #expect(
            Self.text(request) == "GET /api/v1/namespaces/test/pods?watch=1&resourceVersion=42"
                + "&allowWatchBookmarks=true&timeoutSeconds=480"
        )
    }

    @Test(arguments: ["", ".", "..", "../secrets/x", "a%2fb"])
    func refusesANameThatLeadsElsewhere(_ name: String) {
        let error = #expect(throws: KubernetesError.self) {
            try KubernetesRequest.get(.pods, ObjectKey(namespace: "test", name: name))
        }
        #expect(error?.message == "\"\(name)\" is no name, expected neither \".\" nor \"..\", and no \"/\" or \"%\"")
        #expect(throws: KubernetesError.self) {
            try KubernetesRequest.list(.pods, namespace: name, labelSelector: nil, continuing: nil)
        }
    }

    @Test func encodesWhatWouldEndThePath() throws {
        let request = try KubernetesRequest.get(.pods, ObjectKey(namespace: "test", name: "a?b#c"))
        #expect(request.target == "/api/v1/namespaces/test/pods/a%3Fb%23c")
    }

    @Test func saysWhoWeAreInTheMessage() throws {
        let request = try KubernetesRequest.delete(.services, test)
        let message = request.message(basePath: "/k8s", authorization: "Bearer x", idleTimeout: .seconds(7))
        var fields = HTTPFields()
        fields[.accept] = "application/json"
        fields[.userAgent] = "canarygate"
        fields[.contentType] = "application/json"
        fields[.authorization] = "Bearer x"
        #expect(
            message.head
                == HTTPRequest(
                    method: .delete,
                    scheme: nil,
                    authority: nil,
                    path: "/k8s/api/v1/namespaces/test/services/podinfo",
                    headerFields: fields
                )
        )
        #expect(message.body == request.body)
        #expect(message.idleTimeout == .seconds(7))
    }
}
