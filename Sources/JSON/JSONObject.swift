/// The members of a JSON object in their order; a key stands once.
///
/// Keys are told apart by their bytes. An object with more than 16 members keeps a table of them, so that finding one
/// takes the same time however many there are. A small one may be packed: see `JSONValue.packed`.
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

    /// How a member is found.
    private enum Finding {
        /// One by one.
        case search
        /// By where each key stands, while there are more than `searchLimit`.
        case table([ByteText: Int])
        /// In the packed bytes; nothing is loose.
        case packed(PackedObject)
    }

    /// The members, in order, while they are not packed.
    private var loose: [Member] = []
    private var finding = Finding.search

    /// No members.
    package init() {}

    /// Members whose keys the caller knows to be distinct.
    init(distinct members: [Member]) {
        loose = members
        if members.count > Self.searchLimit { makeTable() }
    }

    /// The members of `packed`; many of them are unpacked, to be found as fast as those of any object.
    init(_ packed: PackedObject) {
        if packed.hasMore(than: Self.searchLimit) {
            loose = packed.members
            makeTable()
        } else {
            finding = .packed(packed)
        }
    }

    private var packed: PackedObject? {
        guard case .packed(let packed) = finding else { return nil }
        return packed
    }

    /// The members, in order.
    package var members: [Member] { packed?.members ?? loose }

    /// How many members.
    package var count: Int { packed?.count ?? loose.count }

    /// Whether there is no member.
    package var isEmpty: Bool { packed?.range.isEmpty ?? loose.isEmpty }

    /// The keys, in order.
    package var keys: [String] { members.map(\.key) }

    /// The value of `key`.
    ///
    /// Setting an existing one keeps its place, setting a new one appends, setting nil removes.
    package subscript(key: String) -> JSONValue? {
        get {
            if case .packed(let packed) = finding { return packed[key] }
            return place(of: key).map { loose[$0].value }
        }
        set {
            if let packed { self = JSONObject(distinct: packed.members) }
            switch (place(of: key), newValue) {
            case (let place?, let value?): loose[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(Member(key: key, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The value of the member `key` of the member `parent`; nil where one of them is missing.
    subscript(parent: String, key: String) -> JSONValue? {
        if case .packed(let packed) = finding { return packed[parent, key] }
        return place(of: parent).flatMap { loose[$0].value[key] }
    }

    /// Where `key` stands among the loose members.
    private func place(of key: String) -> Int? {
        if case .table(let places) = finding { return places[ByteText(key)] }
        // By index, as a member that is taken out to be looked at is counted in and out again.
        let count = key.utf8.count
        for place in loose.indices where loose[place].key.utf8.count == count && sameText(loose[place].key, key) {
            return place
        }
        return nil
    }

    private mutating func append(_ member: Member) {
        loose.append(member)
        guard loose.count > Self.searchLimit else { return }
        guard case .table(var places) = finding else { return makeTable() }
        // Held once while it is changed, or it would be copied.
        finding = .search
        places[ByteText(member.key)] = loose.count - 1
        finding = .table(places)
    }

    private mutating func remove(at place: Int) {
        let removed = loose.remove(at: place)
        guard case .table(var places) = finding else { return }
        finding = .search
        guard loose.count > Self.searchLimit else { return }
        places[ByteText(removed.key)] = nil
        for later in place..<loose.count { places[ByteText(loose[later].key)] = later }
        finding = .table(places)
    }

    private mutating func makeTable() {
        var places: [ByteText: Int] = [:]
        places.reserveCapacity(loose.count)
        for (place, member) in loose.enumerated() { places[ByteText(member.key)] = place }
        finding = .table(places)
    }
}

extension JSONObject: Sequence {
    /// The members in order.
    package func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}

extension JSONObject: Hashable {
    /// Objects are equal when they have the same members, in any order.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        if let packed = left.packed, let other = right.packed, packed.isWritten(like: other) { return true }
        return left.matches(right) { $0 == $1 }
    }

    /// Whether both have the same keys, in any order, and `isSame` holds for the values of each; asks once a key.
    func matches(_ other: JSONObject, by isSame: (JSONValue, JSONValue) -> Bool) -> Bool {
        let (members, candidates) = (members, other.members)
        guard members.count == candidates.count else { return false }
        for (member, candidate) in zip(members, candidates) {
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
