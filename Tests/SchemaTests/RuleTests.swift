import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct RuleTests {
    private let book = RuleBook([
        Rule(
            "thing/too-big",
            "a thing is small",
            consequence: "It does not fit.",
            examples: RuleExample(wrong: "", right: "")
        ),
        Rule("thing/too-small", .warn, isFixed: true, "a thing is big", consequence: "It is lost."),
    ])

    @Test func refusesUnlessItSaysOtherwise() {
        #expect(book["thing/too-big"]?.severity == .deny)
        #expect(book["thing/too-small"]?.severity == .warn)
        #expect(book["thing/other"] == nil)
    }

    @Test(arguments: [
        ("thing/too-bug", "thing/too-big"), ("too-big", "thing/too-big"), ("other/too-small", "thing/too-small"),
        ("to-big", "thing/too-big"), ("thing/xyzzy", nil), ("", nil),
    ])
    func findsTheIdThatWasMeant(id: String, near: String?) { #expect(book.nearest(to: id) == near) }

    @Test func knowsForWhichKindsItIsComplete() {
        #expect(book.covers("thing/xyzzy"))
        #expect(!book.covers("other/too-big"))
    }

    @Test func anExampleWithAStoredObjectIsAnUpdate() {
        #expect(RuleExample(wrong: "", right: "").operation == .create)
        #expect(RuleExample(wrong: "", right: "", stored: "a: 1").operation == .update)
        #expect(RuleExample(wrong: "", right: "", operation: .delete).operation == .delete)
    }

    @Test func modesRiseFromOffToDeny() {
        #expect(RuleMode.allCases.sorted() == [.off, .audit, .warn, .deny])
        #expect(RuleMode.list == "off, audit, warn, deny")
    }

    @Test func aSchemaKnowsItsRules() {
        #expect(
            SchemaValidator(prefix: "thing", schema: Sample.schema).rules == [
                "thing/unknown-field", "thing/missing-field", "thing/wrong-type", "thing/not-a-choice",
                "thing/not-a-whole-number", "thing/out-of-range", "thing/not-a-dns-label", "thing/not-a-go-duration",
                "thing/deprecated-field", "thing/renamed",
            ]
        )
    }
}
