/// JSON texts one after another, as `jq` and `kubectl get -o json` in a loop write them.
enum JSONTexts {
    /// Where each object or list stands; nil when `bytes` are anything else.
    static func ranges(in bytes: [UInt8]) -> [Range<Int>]? {
        var ranges: [Range<Int>] = []
        var start = 0
        var depth = 0
        var isInString = false
        var isEscaped = false
        for (offset, byte) in bytes.enumerated() {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                if depth == 0 { start = offset }
                depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                guard depth >= 0 else { return nil }
                if depth == 0 { ranges.append(start..<(offset + 1)) }
            case UInt8(ascii: "\"") where depth > 0: isInString = true
            case 0x20, 0x09, 0x0A, 0x0D: break
            default: guard depth > 0 else { return nil }
            }
        }
        return depth == 0 ? ranges : nil
    }
}
