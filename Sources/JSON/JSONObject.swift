/// The members of a JSON object in their order; a key stands once.
package struct JSONObject: Sendable {
    /// One member.
    package struct Member: Sendable, Hashable {
        /// The member's name.
        package let key: String
        /// The member's value.
        package var value: JSONValue
    }

    /// The members, in order.
    package private(set) var members: [Member] = []

    /// No members.
    package init() {}

    /// Members whose keys the caller knows to be distinct.
    init(distinct members: [Member]) { self.members = members }

    /// How many members.
    package var count: Int { members.count }

    /// Whether there is no member.
    package var isEmpty: Bool { members.isEmpty }

    /// The keys, in order.
    package var keys: [String] { members.map(\.key) }

    /// The value of `key`. Setting an existing one keeps its place, setting a new one appends, setting nil removes.
    package subscript(key: String) -> JSONValue? {
        get { members.first { $0.key == key }?.value }
        set {
            let index = members.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }
}

extension JSONObject: Sequence {
    /// The members in order.
    package func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}

extension JSONObject: Hashable {
    /// Objects are equal when they have the same members, in any order.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        if left.members == right.members { return true }
        return left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
    }

    /// Hashes the members without regard to their order.
    package func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members { sum &+= member.hashValue }
        hasher.combine(sum)
    }
}
