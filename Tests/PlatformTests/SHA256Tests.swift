import Platform
import Testing

/// Against the examples of FIPS 180-4, and the lengths round a block's end.
@Suite(.timeLimit(.minutes(1))) struct SHA256Tests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func isThatOfTheStandard(_ text: String, _ digest: String) {
        #expect(SHA256.hex(of: Array(text.utf8)) == digest)
        #expect(SHA256.hex(of: Array(text.utf8), digits: 10) == digest.prefix(10))
    }

    @Test(arguments: [
        (55, "9f4390f8d30c2dd9"), (56, "b35439a4ac6f0948"), (63, "7d3e74a05d7db15b"), (64, "ffe054fe7ae0cb6d"),
        (65, "635361c48bb9eab1"), (1000, "41edece42d63e8d9"),
    ])
    func fillsBlocksUp(_ count: Int, _ digest: String) {
        #expect(SHA256.hex(of: [UInt8](repeating: 0x61, count: count), digits: 16) == digest)
    }
}
