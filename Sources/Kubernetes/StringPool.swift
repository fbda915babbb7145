package import JSON
import Platform

/// Keeps one copy of each text that comes again and again in many objects: keys, labels, images, names of owners.
///
/// Texts of up to 15 bytes need none, Swift keeps them in place; long ones hardly come twice. What was not met for a
/// while is forgotten, so that the pool itself stays small.
package final class StringPool: Sendable {
    /// The lengths in bytes that are worth a look.
    static let lengths = 16...256
    /// How many texts are known before the older half of them goes.
    static let limit = 8_192

    private struct State {
        /// Met since `earlier` was set aside.
        var recent: Set<ByteText> = []
        /// Met before.
        var earlier: Set<ByteText> = []

        mutating func one(_ text: String) -> String {
            guard StringPool.lengths.contains(text.utf8.count) else { return text }
            let (isNew, member) = recent.insert(ByteText(text))
            guard isNew else { return member.text }
            var kept = member
            if let place = earlier.firstIndex(of: member) {
                kept = earlier[place]
                recent.update(with: kept)
            }
            if recent.count >= StringPool.limit {
                earlier = recent
                recent = []
            }
            return kept.text
        }

        mutating func shared(_ value: JSONValue) -> JSONValue {
            switch value {
            case .string(let text): return .string(one(text))
            case .array(let elements): return .array(elements.map { shared($0) })
            case .object(let object):
                let members = object.members.map { member in
                    // These are no two objects' the same.
                    let isOwn = ["uid", "name", "message"].contains(member.key)
                    return isOwn ? member.value : shared(member.value)
                }
                var place = -1
                return .object(
                    object.mapping(key: { one($0) }) { _ in
                        place += 1
                        return members[place]
                    }
                )
            case .null, .bool, .number: return value
            }
        }
    }

    private let state = Locked(State())

    /// An empty pool.
    package init() {}

    /// How many texts are known.
    var count: Int { state.withLock { $0.recent.count + $0.earlier.count } }

    /// `value` with the pool's copy of each text that it knows; the others are known from now on.
    package func shared(_ value: JSONValue) -> JSONValue { state.withLock { $0.shared(value) } }
}
