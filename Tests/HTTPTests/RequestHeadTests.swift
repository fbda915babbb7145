import HTTP
import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct RequestHeadTests {
    /// The head of the only request in `text`.
    private func head(_ text: String) throws -> RequestHead { try head(bytes: Array(text.utf8)) }

    private func head(bytes: [UInt8]) throws -> RequestHead {
        var parser = RequestParser(limits: MessageLimits())
        var offset = 0
        guard case .request(let request) = try parser.consume(bytes.span, at: &offset) else {
            throw Unexpected("no whole request")
        }
        return request.head
    }

    @Test func showsTheFieldsInTheirOrderAndCase() throws {
        let head = try head(
            "GET / HTTP/1.1\r\nhost: a\r\nContent-Type:  text/plain \r\nX-Any: \r\ncontent-type: b\r\nUser-Agent: c\r\n\r\n"
        )
        #expect(
            head.headerFields.map { "\($0.name.rawName)=\($0.value)" }
                == ["host=a", "Content-Type=text/plain", "X-Any=", "content-type=b", "User-Agent=c"]
        )
        #expect(HTTPRequest(head).headerFields == head.headerFields)
    }

    @Test func findsOneFieldInAnyCase() throws {
        let head = try head(
            "GET / HTTP/1.1\r\nHost: a\r\nCONTENT-TYPE: text/plain\r\nX-Empty:\r\nX-Two: 1\r\nx-two: 2, 3\r\n\r\n"
        )
        #expect(head[.contentType] == "text/plain")
        #expect(head[.accept] == nil)
        for name in ["host", "X-Empty", "X-TWO", "content-type", "X-Tw", "X-Two2"] {
            let name = try #require(HTTPField.Name(name))
            #expect(head[name] == head.headerFields[name], "\(name)")
        }
        #expect(head[try #require(HTTPField.Name("x-two"))] == "1, 2, 3")
    }

    @Test func isTheSameMadeOfARequest() throws {
        let fields: HTTPFields = [.contentType: "text/plain", .accept: "*/*"]
        let request = HTTPRequest(method: .put, scheme: nil, authority: "a", path: "/x?y", headerFields: fields)
        let head = RequestHead(request)
        #expect(head.method == .put)
        #expect(head.path == "/x?y")
        #expect(head.authority == "a")
        #expect(head[.accept] == "*/*")
        #expect(HTTPRequest(head) == request)
    }

    @Test func bytesThatAreNoTextAreReplaced() throws {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\nAccept: a".utf8) + [0xff] + Array("b\r\n\r\n".utf8)
        let head = try head(bytes: bytes)
        #expect(head[.accept] == "a\u{fffd}b")
        #expect(head.headerFields[.accept] == "a\u{fffd}b")
    }

    @Test(
        arguments: [
            ("/a/b?c=d?e", "/a/b", "c=d?e"), ("/a", "/a", ""), ("/?", "/", ""), ("/%3F?x", "/%3F", "x"),
            ("http://b?q", "/", "q"),
        ]
    )
    func partsPathAndQuery(target: String, path: String, query: String) throws {
        let request = ServerRequest(head: try head("GET \(target) HTTP/1.1\r\nHost: a\r\n\r\n"))
        #expect(request.path == path)
        #expect(request.query == query)
    }

    /// Bytes are looked at in groups of eight; each place in a group must do.
    @Test(arguments: 0..<24 as Range<Int>)
    func findsAFaultWhereverItStands(place: Int) throws {
        func outcome(_ value: String) -> String {
            let vector = RequestVector("a value", "9110 5.5", fields: "X: \(value)", gives: "")
            return vector.parsed(cuts: []).joined()
        }
        let before = String(repeating: "a", count: place)
        for count in 0..<24 {
            let after = String(repeating: "b", count: count)
            #expect(outcome(before + after) == "POST /x a [] keep")
            #expect(outcome("\(before)\t\(after)\u{ff}") == "POST /x a [] keep")
            #expect(outcome("\(before)\t\u{1f}\(after)") == "400: a control character in a header field")
            #expect(outcome("\(before)\u{7f}\(after)") == "400: a control character in a header field")
            #expect(outcome("\(before)\r\(after)") == "400: a carriage return within a header field")
            #expect(outcome("\(before)\n\(after)") == "400: a line feed alone")
        }
    }
}
