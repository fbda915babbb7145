import Admission
import ContourAPI
import JSON
import Kubernetes
import Platform
import Testing

/// What a Secret and an ExtensionService are to an HTTPProxy of the namespace `web`.
@Suite(.timeLimit(.minutes(1))) struct NeighbourhoodSecretTests {
    private func secret(_ namespace: String = "web", type: JSONValue = "Opaque", keys: [String]) -> JSONValue {
        var secret: JSONValue = ["metadata": ["name": "tls", "namespace": .string(namespace)], "type": type]
        secret["data"] = .object(JSONObject())
        for key in keys { secret["data"]?[key] = "" }
        return secret
    }

    private func delegation(_ targets: JSONValue, secret: String = "tls") -> JSONValue {
        [
            "metadata": ["name": "d", "namespace": "certs"],
            "spec": ["delegations": [["secretName": .string(secret), "targetNamespaces": targets]]],
        ]
    }

    private func around(_ secrets: [JSONValue], _ delegations: [JSONValue] = []) -> Neighbourhood {
        var view = ClusterView()
        view.replace(.secrets, with: secrets)
        view.replace(.tlsCertificateDelegations, with: delegations)
        return Neighbourhood(of: "web", in: view)
    }

    private let pair = ["tls.crt", "tls.key"]

    @Test func isFine() {
        let around = around([secret(keys: pair + ["ca.crt", "crl.pem", "k"])])
        for reference in ["tls", "web/tls", "/tls"] {
            #expect(around.secret(reference, for: .certificate) == .fine)
        }
        #expect(around.secret("tls", for: .authority) == .fine)
        #expect(around.secret("tls", for: .revocations) == .fine)
        #expect(around.secret("tls", for: .tokenKeys("k")) == .fine)
    }

    @Test func isMissing() { #expect(around([]).secret("tls", for: .certificate) == .missing) }

    @Test func isUnusable() {
        #expect(
            around([secret(keys: ["tls.crt"])]).secret("tls", for: .certificate) == .unusable("it has no key tls.key")
        )
        #expect(
            around([secret(type: "kubernetes.io/tls", keys: ["k"])]).secret("tls", for: .tokenKeys("k"))
                == .unusable("its type is kubernetes.io/tls, not Opaque")
        )
    }

    @Test func isUnknownWhereSecretsAreNotRead() {
        var view = ClusterView()
        #expect(Neighbourhood(of: "web", in: view).secret("tls", for: .certificate) == .unknown)
        view.complete(.secrets)
        #expect(Neighbourhood(of: "web", in: view).secret("certs/tls", for: .certificate) == .unknown)
        #expect(Neighbourhood(of: "web").secret("tls", for: .certificate) == .unknown)
    }

    static let targets: [(JSONValue, Bool)] = [
        (["web"], true), (["*"], true), (["a", "web"], true), ([], false), (["a"], false), (["*", "a"], false),
        (["*", "web"], true), (["we*"], false),
    ]

    @Test(arguments: targets) func isDelegated(targets: JSONValue, isDelegated: Bool) {
        let around = around([secret("certs", keys: pair)], [delegation(targets)])
        #expect(around.secret("certs/tls", for: .certificate) == (isDelegated ? .fine : .notDelegated))
    }

    @Test func isNotDelegatedByAnothersDelegation() {
        var other = delegation(["web"])
        other[path: "metadata", "namespace"] = "web"
        let around = around([secret("certs", keys: pair)], [other, delegation(["web"], secret: "other")])
        #expect(around.secret("certs/tls", for: .certificate) == .notDelegated)
        #expect(around.secret("certs/other", for: .certificate) == .missing)
    }

    /// What Contour's own settings name may need none.
    @Test func needsNoDelegationWhereNoneIsAskedFor() {
        let key = ObjectKey(namespace: "certs", name: "tls")
        let around = around([secret("certs", keys: pair)])
        #expect(around.secret(at: key, for: .certificate, needsDelegation: false) == .fine)
        #expect(around.secret(at: key, for: .certificate, needsDelegation: true) == .notDelegated)
    }

    @Test func tellsWhatContourDoesNotLookAt() {
        var odd = secret(keys: pair)
        #expect(around([odd]).concern(about: "tls") == nil)
        odd["isPair"] = false
        odd["notAfter"] = "2026-01-02T03:04:05Z"
        let concern = around([odd]).concern(about: "tls")
        #expect(concern?.isMismatched == true)
        #expect(concern?.notAfter?.rfc3339 == "2026-01-02T03:04:05Z")
    }

    // MARK: ExtensionServices

    private func answer(_ spec: JSONValue?, _ services: [JSONValue] = []) -> Neighbourhood.ExtensionAnswer {
        var view = ClusterView()
        let object: JSONValue = ["metadata": ["name": "auth", "namespace": "web"], "spec": spec ?? .null]
        view.replace(.extensionServices, with: spec == nil ? [] : [object])
        view.replace(.services, with: services)
        view.replace(.secrets, with: [secret(keys: ["ca.crt"])])
        let key = ObjectKey(namespace: "web", name: "auth")
        return Neighbourhood(of: "edge", in: view).extensionService(key)
    }

    private let backend: JSONValue = [
        "metadata": ["name": "auth", "namespace": "web"], "spec": ["ports": [["port": 9_443]]],
    ]
    private let reference: JSONValue = [["name": "auth", "port": 9_443]]

    @Test func isAValidExtensionService() {
        #expect(answer(["services": reference], [backend]) == .fine)
        let validation: JSONValue = ["caSecret": "tls", "subjectName": "auth"]
        #expect(answer(["services": reference, "validation": validation], [backend]) == .fine)
    }

    static let broken: [JSONValue] = [
        ["services": [["name": "other", "port": 9_443]]], ["services": [["name": "auth", "port": 1]]],
        ["services": [["name": "auth", "port": 9_443]], "timeoutPolicy": ["response": "soon"]],
        ["services": [["name": "auth", "port": 9_443]], "validation": ["caSecret": "none", "subjectName": "auth"]],
        ["services": [["name": "auth", "port": 9_443]], "validation": ["caSecret": "tls", "subjectName": ""]],
        [
            "services": [["name": "auth", "port": 9_443]], "protocol": "h2c",
            "validation": ["caSecret": "tls", "subjectName": "auth"],
        ],
    ]

    @Test(arguments: broken) func isAsGoodAsMissingWhereContourCantUseIt(spec: JSONValue) {
        #expect(answer(spec, [backend]) == .missing)
    }

    @Test func isAMissingExtensionService() {
        #expect(answer(nil) == .missing)
        let key = ObjectKey(namespace: "web", name: "auth")
        #expect(Neighbourhood(of: "web", in: ClusterView()).extensionService(key) == .unknown)
    }
}
