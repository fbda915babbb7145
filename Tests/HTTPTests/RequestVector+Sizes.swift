extension RequestVector {
    private static let bodyTooLarge = "413: body larger than 16 bytes"
    private static let targetTooLong = "414: request target longer than 32 bytes"
    private static let headTooLarge = "431: head larger than 128 bytes"
    private static let tooManyFields = "431: more than 4 header fields"

    /// What is just small enough, and what is too large.
    static let sizes: [RequestVector] = bodies + heads

    private static let bodies: [RequestVector] = [
        RequestVector(
            "largest body",
            "9110 15.5.14",
            fields: "Content-Length: 16",
            body: letters(16),
            gives: "POST /x a [\(letters(16))] keep",
            limits: .small
        ),
        RequestVector(
            "body too large",
            "9110 15.5.14",
            fields: "Content-Length: 17",
            gives: bodyTooLarge,
            limits: .small
        ),
        RequestVector(
            "body beyond all measure",
            "9110 15.5.14",
            fields: "Content-Length: 999999999999999999",
            gives: "413: body larger than 8388608 bytes"
        ),
        RequestVector(
            "largest chunks",
            "9110 15.5.14",
            chunks: "8\r\n01234567\r\n8\r\n01234567\r\n0\r\n\r\n",
            "POST /x a [0123456701234567] keep",
            limits: .small
        ),
        RequestVector(
            "chunks too large",
            "9110 15.5.14",
            chunks: "8\r\n01234567\r\n9\r\n",
            bodyTooLarge,
            limits: .small
        ),
        RequestVector(
            "chunk beyond all measure",
            "9110 15.5.14",
            chunks: "fffffffffffffff\r\n",
            bodyTooLarge,
            limits: .small
        ),
        RequestVector(
            "chunk of one byte more",
            "9110 15.5.14",
            chunks: "10\r\n\(letters(16))\r\n1\r\n",
            bodyTooLarge,
            limits: .small
        ),
    ]

    private static let heads: [RequestVector] = [
        RequestVector(
            "longest target",
            "9110 15.5.15",
            "GET /\(letters(31)) HTTP/1.0\r\n\r\n",
            "GET /\(letters(31)) - [] close",
            limits: .small
        ),
        RequestVector(
            "target too long",
            "9110 15.5.15",
            "GET /\(letters(32)) HTTP/1.1\r\n\r\n",
            targetTooLong,
            limits: .small
        ),
        // Its version and its fields lie beyond what is looked at.
        RequestVector(
            "target longer than a head",
            "9112 3",
            "GET /\(letters(200)) HTTP/3.0\n",
            targetTooLong,
            limits: .small
        ),
        RequestVector("target without end", "9112 3", "GET /\(letters(200))", targetTooLong, limits: .small),
        RequestVector("line without spaces", "6585 5", letters(129), headTooLarge, limits: .small),
        RequestVector("version without end", "6585 5", "GET / \(letters(200))", headTooLarge, limits: .small),
        RequestVector(
            "longest field",
            "6585 5",
            fields: "X: \(letters(94))",
            gives: "POST /x a [] keep",
            limits: .small
        ),
        RequestVector("field too long", "6585 5", fields: "X: \(letters(95))", gives: headTooLarge, limits: .small),
        RequestVector(
            "field without end",
            "6585 5",
            fields: "X: \(letters(400))\n",
            gives: headTooLarge,
            limits: .small
        ),
        RequestVector("name without end", "6585 5", fields: letters(400), gives: headTooLarge, limits: .small),
        RequestVector(
            "most fields",
            "6585 5",
            fields: "B: 2",
            "C: 3",
            "D: 4",
            gives: "POST /x a [] keep",
            limits: .small
        ),
        RequestVector(
            "too many fields",
            "6585 5",
            fields: "A: 1",
            "B: 2",
            "C: 3",
            "D: 4",
            gives: tooManyFields,
            limits: .small
        ),
        RequestVector(
            "too many empty lines",
            "9112 2.2",
            String(repeating: "\r\n", count: 65),
            headTooLarge,
            limits: .small
        ),
        RequestVector(
            "too many trailers",
            "6585 5",
            chunks: "0\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n\r\n",
            tooManyFields,
            limits: .small
        ),
        RequestVector(
            "trailers too long",
            "6585 5",
            chunks: "0\r\nX: \(letters(128))\r\n\r\n",
            headTooLarge,
            limits: .small
        ),
    ]

    private static func letters(_ count: Int) -> String { String(repeating: "a", count: count) }
}
