import HTTP
import TestSupport

extension RequestVector {
    /// The same bytes with a few of them changed, doubled, dropped or made into what parsers stumble over.
    func mutated(using random: inout SeededValues) -> RequestVector {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...6, using: &random))
            switch Int.random(in: 0..<5, using: &random) {
            case 0 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place..<end)
            case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
            case 3: bytes = Array(bytes[..<place])
            default:
                let traps = [
                    "\r\n", "\r", "\n", "\0", ":", " ", "0\r\n\r\n", "ffffffffffffffff", "Content-Length: 1\r\n",
                ]
                bytes.insert(contentsOf: (traps.randomElement(using: &random) ?? "").utf8, at: place)
            }
        }
        return RequestVector("mutated \(name)", section, bytes, [], limits)
    }
}
