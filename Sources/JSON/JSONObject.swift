/// The members of a JSON object in their order; a key stands once.
///
/// Keys are told apart by their bytes. An object with more than 16 members keeps a table of them, so that finding one
/// takes the same time however many there are.
package struct JSONObject: Sendable {
    /// One member.
    package struct Member: Sendable {
        /// The member's name.
        package let key: String
        /// The member's value.
        package var value: JSONValue
    }

    /// Up to how many members are searched one by one, which is faster than hashing the key.
    private static let searchLimit = 16

    /// The members, in order.
    package private(set) var members: [Member] = []
    /// Where each key stands, while there are more than `searchLimit`; else empty.
    private var places: [ByteText: Int] = [:]

    /// No members.
    package init() {}

    /// Members whose keys the caller knows to be distinct.
    init(distinct members: [Member]) {
        self.members = members
        if members.count > Self.searchLimit { makePlaces() }
    }

    /// How many members.
    package var count: Int { members.count }

    /// Whether there is no member.
    package var isEmpty: Bool { members.isEmpty }

    /// The keys, in order.
    package var keys: [String] { members.map(\.key) }

    /// The value of `key`.
    ///
    /// Setting an existing one keeps its place, setting a new one appends, setting nil removes.
    package subscript(key: String) -> JSONValue? {
        get { place(of: key).map { members[$0].value } }
        set {
            switch (place(of: key), newValue) {
            case (let place?, let value?): members[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    private func place(of key: String) -> Int? {
        guard members.count <= Self.searchLimit else { return places[ByteText(key)] }
        // By index, as a member that is taken out to be looked at is counted in and out again.
        let count = key.utf8.count
        for place in members.indices where members[place].key.utf8.count == count && sameText(members[place].key, key) {
            return place
        }
        return nil
    }

    private mutating func append(_ member: Member) {
        members.append(member)
        guard members.count > Self.searchLimit else { return }
        if places.isEmpty {
            makePlaces()
        } else {
            places[ByteText(member.key)] = members.count - 1
        }
    }

    private mutating func remove(at place: Int) {
        let removed = members.remove(at: place)
        if members.count <= Self.searchLimit {
            places = [:]
        } else {
            places[ByteText(removed.key)] = nil
            for later in place..<members.count { places[ByteText(members[later].key)] = later }
        }
    }

    private mutating func makePlaces() {
        places.reserveCapacity(members.count)
        for (place, member) in members.enumerated() { places[ByteText(member.key)] = place }
    }
}

extension JSONObject: Sequence {
    /// The members in order.
    package func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}

extension JSONObject: Hashable {
    /// Objects are equal when they have the same members, in any order.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.matches(right) { $0 == $1 }
    }

    /// Whether both have the same keys, in any order, and `isSame` holds for the values of each; asks once a key.
    func matches(_ other: JSONObject, by isSame: (JSONValue, JSONValue) -> Bool) -> Bool {
        guard count == other.count else { return false }
        for (member, candidate) in zip(members, other.members) {
            let value = sameText(member.key, candidate.key) ? candidate.value : other[member.key]
            guard let value, isSame(member.value, value) else { return false }
        }
        return true
    }

    /// Hashes the members without regard to their order.
    package func hash(into hasher: inout Hasher) {
        var sum = 0
        for member in members { sum &+= member.hashValue }
        hasher.combine(sum)
    }
}

extension JSONObject.Member: Hashable {
    /// Members are equal when key and value are.
    package static func == (left: JSONObject.Member, right: JSONObject.Member) -> Bool {
        sameText(left.key, right.key) && left.value == right.value
    }

    /// Hashes key and value.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(ByteText(key))
        hasher.combine(value)
    }
}
