import HTTP

/// Where a message's bytes are cut into the pieces in which a connection might give them.
enum ByteCuts {
    /// Lists of cuts, each in rising order: every byte alone, line ends torn apart, halves, and two drawn from the bytes.
    static func lists(for bytes: [UInt8]) -> [[Int]] {
        guard bytes.count > 1 else { return [] }
        let lineFeeds = bytes.indices.dropFirst().filter { bytes[$0] == 10 }
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let drawn = [hash, hash >> 32].map { 1 + Int($0 % UInt64(bytes.count - 1)) }
        return [Array(1..<bytes.count), lineFeeds, [bytes.count / 2], Set(drawn).sorted()].filter { !$0.isEmpty }
    }

    /// The pieces between `cuts`, as ranges of `count` bytes.
    static func pieces(of count: Int, cuts: [Int]) -> [Range<Int>] {
        zip([0] + cuts, cuts + [count]).map { $0..<$1 }
    }
}

extension MessageLimits {
    /// Small ones, to run into.
    static let small: MessageLimits = {
        var limits = MessageLimits()
        limits.headBytes = 256
        limits.fieldCount = 6
        limits.targetBytes = 64
        limits.bodyBytes = 64
        return limits
    }()
}
