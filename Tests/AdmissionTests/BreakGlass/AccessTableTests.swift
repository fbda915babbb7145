import Admission
import JSON
import Platform
import Testing

/// What is known of who may break the glass.
@Suite(.timeLimit(.minutes(1))) struct AccessTableTests {
    private let now = Timestamp(seconds: 1_795_579_509)

    private func question(_ name: String, groups: [String] = [], namespace: String = "test") -> AccessQuestion {
        AccessQuestion(username: name, groups: groups, namespace: namespace)
    }

    @Test func knowsWhatItWasTold() {
        var table = AccessTable()
        #expect(table.isAllowed(question("ada"), at: now) == nil)
        table.record(question("ada"), isAllowed: true, at: now)
        table.record(question("eve"), isAllowed: false, at: now)
        #expect(table.isAllowed(question("ada"), at: now) == true)
        #expect(table.isAllowed(question("eve"), at: now) == false)
        #expect(table.isAllowed(question("ada", groups: ["web"]), at: now) == nil)
        #expect(table.isAllowed(question("ada", namespace: "prod"), at: now) == nil)
    }

    @Test func takesTheOrderOfGroupsForNothing() {
        var table = AccessTable()
        table.record(question("ada", groups: ["b", "a"]), isAllowed: true, at: now)
        #expect(table.isAllowed(question("ada", groups: ["a", "b"]), at: now) == true)
    }

    @Test func forgetsWhatIsOld() {
        var table = AccessTable()
        table.record(question("ada"), isAllowed: true, at: now)
        #expect(table.isAllowed(question("ada"), at: now + AccessTable.lifetime) == true)
        #expect(table.isAllowed(question("ada"), at: now + AccessTable.lifetime + .seconds(1)) == nil)
        #expect(table.age(of: question("ada"), at: now + .seconds(7)) == .seconds(7))
    }

    @Test func asksNobodyAboutTheMasters() {
        #expect(AccessTable().isAllowed(question("root", groups: ["system:masters"]), at: now) == true)
    }

    @Test func keepsABoundedNumber() {
        var table = AccessTable()
        for number in 0..<1_000 { table.record(question("\(number)"), isAllowed: true, at: now) }
        let later = now + AccessTable.lifetime + .seconds(1)
        table.record(question("late"), isAllowed: true, at: later)
        #expect(table.age(of: question("1"), at: later) == nil)
        #expect(table.isAllowed(question("late"), at: later) == true)
    }

    @Test func readsTheGroupsOfAReview() throws {
        let review = """
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","kind":{"group":"","version":"v1",
            "kind":"Secret"},"resource":{"group":"","version":"v1","resource":"secrets"},"operation":"UPDATE",
            "userInfo":{"username":"ada","groups":["web","system:authenticated"]}}}
            """
        #expect(try AdmissionReview(decoding: Array(review.utf8)).request.groups == ["web", "system:authenticated"])
        let bare = review.replacing(#","groups":["web","system:authenticated"]"#, with: "")
        #expect(try AdmissionReview(decoding: Array(bare.utf8)).request.groups.isEmpty)
    }
}
