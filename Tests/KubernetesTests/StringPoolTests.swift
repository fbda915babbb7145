import JSON
import TestSupport
import Testing

@testable import Kubernetes

/// What many objects have in common is kept once.
@Suite struct StringPoolTests {
    /// Where the bytes of a text are kept.
    private func address(_ text: String?) -> UInt {
        text?.utf8.withContiguousStorageIfAvailable { UInt(bitPattern: $0.baseAddress) } ?? 0
    }

    private func object(_ name: String, image: String) throws -> JSONValue {
        try JSONValue(
            parsing: Array(
                """
                {"metadata":{"name":"\(name)","labels":{"app.kubernetes.io/component":"a long common value"}},
                "spec":{"images":["\(image)"],"replicas":2,"paused":false,"nothing":null}}
                """.utf8
            )
        )
    }

    private func label(_ object: JSONValue) -> JSONObject.Member? {
        object[path: "metadata", "labels"]?.object?.members.first
    }

    @Test func keepsEqualTextsOnce() throws {
        let first = try object("the first of the objects", image: "ghcr.io/stefanprodan/podinfo:6.0.0")
        let second = try object("the second of the objects", image: "ghcr.io/stefanprodan/podinfo:6.0.0")
        let pool = StringPool()
        let (one, two) = (pool.shared(first), pool.shared(second))
        #expect(one == first && two == second)
        #expect(address(label(first)?.key) != address(label(second)?.key))
        #expect(address(label(one)?.key) == address(label(two)?.key))
        #expect(address(label(one)?.value.string) == address(label(two)?.value.string))
        let image = { (object: JSONValue) in object[path: "spec", "images"]?[0]?.string }
        #expect(address(image(one)) == address(image(two)))
    }

    @Test func doesNotFillUpWithWhatNoTwoObjectsShare() throws {
        let pool = StringPool()
        _ = pool.shared(["metadata": ["name": "a name of some length", "uid": "0123456789-0123456789"]])
        _ = pool.shared(["short": "value", "long": .string(String(repeating: "x", count: 257))])
        #expect(pool.count == 0)
    }

    @Test func tellsTextsApartByTheirBytes() {
        let pool = StringPool()
        let (composed, decomposed) = ("a long name with \u{e9}", "a long name with e\u{301}")
        let shared = pool.shared([.string(composed), .string(decomposed)])
        #expect(shared[1]?.string.map { Array($0.utf8) } == Array(decomposed.utf8))
    }

    @Test func forgetsWhatWasNotMetForLong() {
        let pool = StringPool()
        let first = pool.shared("the first text of all")
        for number in 0..<StringPool.limit * 3 {
            _ = pool.shared(.string("another text, number \(number)"))
            // Met now and then: it stays.
            if number.isMultiple(of: 1_000) { _ = pool.shared(.string(["the first ", "text of all"].joined())) }
        }
        #expect(pool.count <= StringPool.limit * 2)
        #expect(address(pool.shared(.string(["the first text", " of all"].joined())).string) == address(first.string))
    }
}
