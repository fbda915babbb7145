import JSON
import Kubernetes
import TestSupport
import Testing
import canarygate

/// What the server watches, and what its roles let it read.
@Suite(.timeLimit(.minutes(1))) struct WatchedKindsTests {
    /// The kinds that the roles in `file` let list and watch: `apps/deployments`.
    private func readable(_ file: String) throws -> Set<String> {
        let rules = try RepositoryFiles.documents("manifests/\(file)").flatMap { $0["rules"]?.array ?? [] }
        let reading = rules.filter { rule in
            let verbs = rule["verbs"]?.array ?? []
            return ["list", "watch"].allSatisfy { verbs.contains(.string($0)) }
        }
        return Set(
            reading.flatMap { rule in
                (rule["resources"]?.array ?? []).map { "\(rule["apiGroups"]?[0]?.string ?? "")/\($0.string ?? "")" }
            }
        )
    }

    private func names(_ types: [ResourceType]) -> Set<String> { Set(types.map { "\($0.group)/\($0.plural)" }) }

    @Test func mayBeReadByTheRole() throws {
        let watched =
            WatchedKinds.needed + WatchedKinds.extras + WatchedKinds.besideLoop + WatchedKinds.forLoop
            + WatchedKinds.tracked
        #expect(names(watched).subtracting(try readable("base/rbac.yaml")) == [])
    }

    /// What the election asks for: to read and write one lease, and to make it.
    @Test func theLeaseMayBeWrittenByARoleOfItsNamespace() throws {
        let role = try #require(
            try RepositoryFiles.documents("manifests/base/rbac.yaml").first { $0["kind"] == "Role" }
        )
        #expect(role.namespace == "canarygate-system")
        let rules = role["rules"]?.array ?? []
        #expect(rules.map { $0["verbs"] } == [["create"], ["get", "update"]])
        #expect(rules.allSatisfy { $0["resources"] == ["leases"] && $0["apiGroups"] == ["coordination.k8s.io"] })
        #expect(rules[1]["resourceNames"] == [.string(LeaseSettings(namespace: "", identity: "a").lease.name)])
    }

    /// One for what proxies serve with, one for what is tracked.
    ///
    /// Each lets the server read all Secrets: who does not want that leaves out the first, and binds the second by
    /// namespace or leaves it out too.
    @Test func secretsMayBeReadByRolesOfTheirOwn() throws {
        let roles = try RepositoryFiles.documents("manifests/base/rbac.yaml").filter { role in
            (role["rules"]?.array ?? []).contains { ($0["resources"]?.array ?? []).contains("secrets") }
        }
        #expect(roles.map(\.name) == ["canarygate-secrets", "canarygate-configs"])
        #expect(roles.first?["rules"]?.array?.count == 1)
        #expect(roles.first?["rules"]?[0]?["verbs"] == ["get", "list", "watch"])
    }

    @Test func whatFlaggerAloneNeedsMayBeReadBesideIt() throws {
        #expect(try readable("beside-flagger/rbac.yaml") == names(WatchedKinds.besideFlagger))
    }
}
