import ContourAPI
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RouteControllerTests {
    private let clock = ManualClock()
    private let cluster: InMemoryCluster
    private let controller: RouteController

    init() {
        cluster = InMemoryCluster(clock: clock)
        controller = RouteController(cluster: cluster, clock: clock)
        cluster.put(.services, service("primary", app: "primary"))
        cluster.put(.services, service("canary", app: "canary"))
    }

    private func judge(_ proxies: JSONValue...) {
        for proxy in proxies { cluster.put(.httpProxies, proxy) }
        controller.reconcile()
    }

    private func status(_ name: String) -> JSONValue? { cluster.object(.httpProxies, "test", name)?["status"] }

    /// `type/reason` of each error.
    private func errors(_ name: String) -> [String] {
        let errors = status(name)?["conditions"]?[0]?["errors"]?.array ?? []
        return errors.map { "\($0["type"]?.string ?? "")/\($0["reason"]?.string ?? "")" }
    }

    @Test func findsARootAndItsChildValid() throws {
        judge(
            root(includes: [["name": "child", "conditions": [["prefix": "/"]]]]),
            proxy("child", routes: [route(["primary": 100, "canary": 0])])
        )
        #expect(
            status("child") == [
                "currentStatus": "valid", "description": "Valid HTTPProxy",
                "conditions": [
                    [
                        "type": "Valid", "status": "True", "reason": "Valid", "message": "Valid HTTPProxy",
                        "observedGeneration": 1, "lastTransitionTime": "2026-11-25T04:00:00Z",
                    ]
                ],
            ]
        )
        #expect(status("root")?["currentStatus"] == "valid")
        #expect(ProxyVerdict(try #require(cluster.object(.httpProxies, "test", "child"))) == .valid)
    }

    @Test func orphansAChildThatNobodyIncludes() throws {
        judge(proxy("child", routes: [route(["primary": 100])]))
        let reason = "this HTTPProxy is not part of a delegation chain from a root HTTPProxy"
        #expect(status("child")?["currentStatus"] == "orphaned")
        #expect(status("child")?["description"]?.string == reason)
        #expect(errors("child") == ["Orphaned/Orphaned"])
        let verdict = ProxyVerdict(try #require(cluster.object(.httpProxies, "test", "child")))
        #expect(verdict == .orphaned("Orphaned: \(reason)"))
    }

    @Test func reportsAnIncludeThatIsMissingOnTheRoot() {
        judge(root(includes: [["name": "child"]]))
        #expect(status("root")?["currentStatus"] == "invalid")
        #expect(status("root")?["description"] == "At least one error present, see Errors for details")
        #expect(errors("root") == ["IncludeError/IncludeNotFound"])
    }

    @Test func reportsServicesAndPortsThatAreMissing() {
        var wrongPort = route(["primary": 1, "gone": 1])
        wrongPort[path: "services"] = [["name": "primary", "port": 81], ["name": "gone", "port": 80]]
        judge(root(routes: [wrongPort]))
        let messages = status("root")?["conditions"]?[0]?["errors"]?.array?.compactMap { $0["message"]?.string }
        #expect(errors("root") == Array(repeating: "ServiceError/ServiceUnresolvedReference", count: 2))
        #expect(
            messages == [
                "spec.routes[0].services[0].port: Service primary has no port 81",
                "spec.routes[0].services[1].name: no Service gone yet",
            ]
        )
    }

    @Test func turnsValidWhenTheServiceComes() {
        judge(root(routes: [route(["late": 1])]))
        #expect(status("root")?["currentStatus"] == "invalid")
        clock.advance(by: .seconds(30))
        cluster.put(.services, service("late", app: "late"))
        controller.reconcile()
        #expect(status("root")?["currentStatus"] == "valid")
        #expect(status("root")?["conditions"]?[0]?["lastTransitionTime"] == "2026-11-25T04:00:30Z")
    }

    @Test func servesNeitherOfTwoRootsWithOneHost() {
        judge(
            root("a", routes: [route(["primary": 1])]),
            root("b", host: "APP.example.com", routes: [route(["primary": 1])])
        )
        #expect(errors("a") == ["VirtualHostError/DuplicateVhost"])
        #expect(status("b")?["currentStatus"] == "invalid")
    }

    @Test func reportsTheFirstIntrinsicFaultUnderContoursName() {
        judge(
            root(routes: [["conditions": [["prefix": "nope"]], "services": [["name": "primary", "port": 80]]], [:]])
        )
        #expect(errors("root") == ["RouteError/PathMatchConditionsNotValid"])
    }

    @Test func stopsAtARootThatIsWrongItself() {
        judge(
            root(host: "", includes: [["name": "child"]]),
            proxy("child", routes: [route(["primary": 100])])
        )
        #expect(errors("root") == ["VirtualHostError/FQDNNotSpecified"])
        #expect(status("child")?["currentStatus"] == "orphaned")
    }

    @Test func reportsARootThatIsIncludedAndACycle() {
        var first = proxy("first", routes: [])
        first[path: "spec", "includes"] = [["name": "second"]]
        var second = proxy("second", routes: [])
        second[path: "spec", "includes"] = [["name": "first"]]
        judge(
            root(includes: [["name": "other", "conditions": [["prefix": "/a"]]], ["name": "first"]]),
            root("other", host: "b.example.com", routes: [route(["primary": 1])]),
            first,
            second
        )
        #expect(errors("root") == ["IncludeError/RootIncludesRoot"])
        #expect(errors("first") == ["IncludeError/IncludeCreatesCycle"])
        #expect(status("second")?["currentStatus"] == "valid")
    }

    @Test func leavesObjectsOfAnotherClassAlone() {
        var foreign = root(routes: [route(["primary": 1])])
        foreign[path: "spec", "ingressClassName"] = "nginx"
        var named = root("named", routes: [route(["primary": 1])])
        named[path: "metadata", "annotations"] = ["projectcontour.io/ingress.class": "contour"]
        named[path: "spec", "ingressClassName"] = "nginx"
        judge(foreign, named)
        #expect(status("root") == nil)
        #expect(status("named")?["currentStatus"] == "valid")
    }

    @Test func followsTheGenerationAndWritesNothingTwice() {
        judge(root(routes: [route(["primary": 1])]))
        let version = cluster.resourceVersion
        clock.advance(by: .seconds(30))
        controller.reconcile()
        #expect(cluster.resourceVersion == version)
        cluster.modify(.httpProxies, ObjectKey(namespace: "test", name: "root")) { object in
            object[path: "spec", "routes"] = [route(["primary": 2])]
        }
        controller.reconcile()
        let condition = status("root")?["conditions"]?[0]
        #expect(condition?["observedGeneration"] == 2)
        #expect(condition?["lastTransitionTime"] == "2026-11-25T04:00:00Z")
    }

    @Test func runsOnChanges() async throws {
        let run = Task { await controller.run() }
        // It rests after its first look, which may come before the change.
        let time = Task { while !Task.isCancelled { await clock.advanceToNextSleeper() } }
        let changes = try await cluster.watch(.httpProxies, namespace: nil, resourceVersion: "")
        cluster.put(.httpProxies, root(routes: [route(["primary": 1])]))
        for try await case .modified(let object) in changes {
            #expect(object[path: "status", "currentStatus"] == "valid")
            break
        }
        time.cancel()
        run.cancel()
        await run.value
    }
}
