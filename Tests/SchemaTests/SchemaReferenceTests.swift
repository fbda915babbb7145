import JSON
import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct SchemaReferenceTests {
    @Test func showsEachObjectWithItsFields() {
        let page = SchemaReference("Thing", preface: "Read on.", parts: [("", Sample.schema)]).markdown
        let lines = page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(lines.prefix(5) == ["# Thing", "", "A thing.", "", "Read on."])
        let expected = [
            "| **`size`** | whole number, 1 to 10 |  | How big. |",
            "| `colour` | one of `red`, `green` | `red` | Its colour. |",
            "| `labels` | object, its values each: text |  | Labels. |",
            "| `parts` | list, its entries each: object |  | Parts. |",
            "| `old` | text |  | Old. Deprecated: write colour. |",
            "`pieces` was renamed to parts: move it to parts.",
            "## parts[]",
            "| `wait` | Go duration | `1s`, not beside `raw` | A time. |",
            "## inner",
        ]
        #expect(expected.filter { !lines.contains($0) } == [])
    }
}
