import HTTP
import Testing

@Suite(.timeLimit(.minutes(1))) struct QueryItemsTests {
    @Test func readsPairsInOrder() throws {
        let items = try #require(QueryItems(query: "a=1&b=x%20y+z&a=2&c&&d=e=f&%C3%A9=%26"))
        #expect(items.items.map { "\($0.key)>\($0.value)" } == ["a>1", "b>x y z", "a>2", "c>", "d>e=f", "\u{e9}>&"])
        #expect(items["a"] == "1")
        #expect(items.all("a") == ["1", "2"])
        #expect(items["z"] == nil)
    }

    @Test(arguments: ["a=%", "a=%4", "a=%zz", "%ff=a", "a=%c3"])
    func refusesBrokenEscapes(query: String) { #expect(QueryItems(query: query) == nil) }

    @Test func writesWhatItReads() {
        var items = QueryItems()
        items.append("labelSelector", "app in (a,b)")
        items.append("\u{e9}", "-._~+&=")
        #expect(items.text == "labelSelector=app%20in%20%28a%2Cb%29&%C3%A9=-._~%2B%26%3D")
        #expect(QueryItems(query: items.text) == items)
    }

    @Test func aPlusIsASpaceInAQueryAlone() {
        #expect(PercentEncoding.decode("a+b%2Bc") == "a+b+c")
        #expect(PercentEncoding.decode("a+b%2Bc", plusIsSpace: true) == "a b+c")
    }
}
