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

    @Test func encodesAnyLengthAsItsThreesAre() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 89 + 250) }
        for count in 0...bytes.count {
            let pieces = stride(from: 0, to: count, by: 3).map { Base64.encode(Array(bytes[$0..<min($0 + 3, count)])) }
            #expect(Base64.encode(Array(bytes[..<count])) == pieces.joined())
        }
        #expect(Base64.encode([0xfb, 0xef, 0xbe, 0xff, 0xff, 0xff, 0, 0, 0]) == "++++////AAAA")
    }

    @Test(arguments: ["Z", "Zg", "Zg=", "Zg===", "Zh==", "Z=g=", "Zm9v!", "Zm9-"])
    func refusesWhatIsNoBase64(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func passesOverLineBreaks() {
        #expect(Base64.decode("Zm9v\nYmFy\n") == Array("foobar".utf8))
    }
}
