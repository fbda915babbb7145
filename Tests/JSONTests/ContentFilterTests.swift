import JSON
import Testing

@Suite(.timeLimit(.minutes(1))) struct ContentFilterTests {
    private let filter = ContentFilter([
        (["kind"], .leftOut(["Pod", "", 0, true])),
        (["labels"], .without(keys: ["hash"], prefixes: ["own/"])),
        (["labels"], .leftOutEmpty),
        (["list", "[]", "kind"], .leftOut(["Pod"])),
        (["size"], .leftOut(["small"])),
        (["size"], .spelled { $0 == 1 || $0 == "one" ? "small" : $0 }),
        (["sizes"], .membersSpelled { $0 == 1 ? "small" : $0 }),
        (["copy"], .leftOutBeside("original") { $0 == $1 }),
    ])

    private func hash(_ text: String) throws -> UInt64? {
        try JSONDocument(parsing: Array(text.utf8)).root.contentHash(by: filter)
    }

    @Test(arguments: [
        (#"{"kind":"Pod","a":1}"#, #"{"a":1}"#),
        (#"{"kind":""}"#, "{}"),
        (#"{"kind":0}"#, "{}"),
        (#"{"kind":true}"#, "{}"),
        (#"{"labels":{"hash":"1","own/a":"2","own/":"3","b":"4"}}"#, #"{"labels":{"b":"4"}}"#),
        (#"{"labels":{"hash":"1","a":null,"b":[]}}"#, "{}"),
        (#"{"a":[],"b":null,"c":{}}"#, #"{"c":{}}"#),
        (#"{"list":[{"kind":"Pod"},{"kind":"Node"},null]}"#, #"{"list":[{},{"kind":"Node"},null]}"#),
        (#"{"size":1}"#, "{}"),
        (#"{"size":"one"}"#, "{}"),
        (#"{"sizes":{"a":1,"b":{"c":1}}}"#, #"{"sizes":{"a":"small","b":{"c":1}}}"#),
        (#"{"copy":"a","original":"a"}"#, #"{"original":"a"}"#),
        (#"{"copy":"a","original":"b"}"#, #"{"copy":"a","original":"b"}"#),
        (#"{"copy":"a"}"#, #"{"copy":"a"}"#),
        (#"{"size":2}"#, #"{"size":2}"#),
        ("[1,null]", "[1,null]"),
        (#""Pod""#, #""Pod""#),
    ])
    func hashesWhatIsLeft(_ text: String, _ left: String) throws {
        #expect(try hash(text) == JSONValue(parsing: left).contentHash)
    }

    @Test(arguments: [
        (#"{"kind":"Node"}"#, "{}"),
        (#"{"kind":false}"#, "{}"),
        (#"{"kind":"0"}"#, "{}"),
        (#"{"kinds":"Pod"}"#, "{}"),
        (#"{"other":{"kind":"Pod"}}"#, #"{"other":{}}"#),
        (#"{"labels":{"hash2":"1"}}"#, "{}"),
        (#"{"labels":{"own":"1"}}"#, "{}"),
        (#"{"list":[]}"#, #"{"list":[{}]}"#),
    ])
    func countsWhatNoRuleIsAbout(_ text: String, _ other: String) throws {
        #expect(try hash(text) != hash(other))
    }

    @Test(arguments: [
        #"{"kind":"\u0050od"}"#, #"{"k\u0069nd":"Pod"}"#, #"{"labels":{"own/é":"1"}}"#, #"{"copy":["a"],"original":1}"#,
    ])
    func leavesToATreeWhatIsWrittenInAnotherWay(_ text: String) throws {
        #expect(try hash(text) == nil)
    }

    @Test func readsEscapesWhereNoRuleIs() throws {
        let value: JSONValue = ["a": ["b": "\n"]]
        #expect(try hash(#"{"a":{"\u0062":"\n"}}"#) == value.contentHash)
    }
}
