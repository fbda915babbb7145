import Platform
import Testing

@Suite struct Base64Tests {
    /// RFC 4648 section 10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func encodesAndDecodes(plain: String, text: String) {
        #expect(Base64.encode(Array(plain.utf8)) == text)
        #expect(Base64.decode(text) == Array(plain.utf8))
        var appended = Array("> ".utf8)
        Base64.append(Array(plain.utf8), to: &appended)
        #expect(String(decoding: appended, as: UTF8.self) == "> " + text)
    }

    @Test func roundTripsEveryByte() {
        let bytes = [UInt8](0...255)
        #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "Zh==", "Z=g=", "Zm9v!", "Zm9-"])
    func refusesWhatIsNoBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func passesOverLineBreaks() {
        #expect(Base64.decode("Zm9v\nYmFy\n") == Array("foobar".utf8))
    }
}
