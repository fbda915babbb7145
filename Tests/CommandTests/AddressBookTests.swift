import HTTP
import Testing
import canarygate

@Suite struct AddressBookTests {
    @Test func findsAnEndpointByHostAndPort() throws {
        let book = try AddressBook(["Loadtester.test:80=127.0.0.1:8081", "prom:9090=[::1]:9091"])
        #expect(book.address(of: HTTPEndpoint(isSecure: false, host: "loadtester.TEST", port: 80)) == "127.0.0.1:8081")
        #expect(book.address(of: HTTPEndpoint(isSecure: false, host: "prom", port: 9090)) == "[::1]:9091")
        #expect(book.address(of: HTTPEndpoint(isSecure: true, host: "loadtester.test", port: 443)) == nil)
    }

    @Test(arguments: ["", "a:80", "a=b", "a:80=b", "a:80=b:0", "a:80=b:70000", ":80=b:80", "a:80=b:80=c:80"])
    func refusesAnEntryOfAnotherForm(_ entry: String) {
        let error = #expect(throws: AddressBook.Failure.self) { try AddressBook([entry]) }
        #expect(
            error?.description
                == "--resolve: \(entry), expected host:port=address:port, for example loadtester.test:80=127.0.0.1:8081"
        )
    }
}
