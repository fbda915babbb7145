import JSON

/// JSON: a text that is read gives a tree that is written and read as the same, and the cursors show what the tree holds.
enum JSONTarget {
    static func run(_ bytes: [UInt8]) throws {
        let document: JSONDocument
        do throws(JSONError) {
            document = try JSONDocument(parsing: bytes)
        } catch {
            return try check(error, in: bytes)
        }
        let value = document.root.value
        try check(document.root, shows: value)
        for text in [value.serialized, Array(value.prettyText.utf8)] {
            let again = try JSONDocument(parsing: text)
            try hold(again.root.isEqual(to: document.root), "the cursor over what was written is not equal")
            try hold(document.root.isEqual(to: again.root), "equality depends on the side")
            try hold(again.root.value == value, "what was written reads differently")
        }
        try check(value.canonical, standsFor: document.root)
        try hold(value.hashValue == (try JSONValue(parsing: value.serialized)).hashValue, "equal values, other hashes")
        try hold(try JSONValue(parsing: value.serialized).serialized == value.serialized, "written twice, two texts")
        try hold(try JSONValue(parsing: value.canonical).canonical == value.canonical, "the canonical form is not one")
    }

    /// The canonical form has other keys first and no null members, and means the same.
    private static func check(_ canonical: [UInt8], standsFor root: JSONCursor) throws {
        let again = try JSONDocument(parsing: canonical).root
        try hold(root.contentHash == root.value.contentHash, "cursor and tree have two content hashes")
        try hold(root.contentHash == again.contentHash, "the canonical form has another content hash")
        try hold(again.meansTheSame(as: root), "the canonical form means something else")
        try hold(root.meansTheSame(as: again), "meaning the same depends on the side")
    }

    /// Compares a cursor with the tree that should be below it.
    private static func check(_ cursor: JSONCursor, shows value: JSONValue) throws {
        try hold(cursor.typeName == value.typeName, "\(cursor.typeName) for \(value.typeName)")
        try hold(
            cursor.string == value.string && cursor.number == value.number && cursor.bool == value.bool
                && cursor.int == value.int && cursor.isNull == value.isNull,
            "the cursor's scalar is not the tree's \(value)"
        )
        try hold(cursor.double?.bitPattern == value.double?.bitPattern, "the doubles of \(value) differ")
        if let text = value.string { try hold(cursor.isString(text), "the cursor denies its own text") }
        try hold(cursor.elements?.count == value.array?.count, "elements are missing")
        for (position, (element, part)) in zip(cursor.elements ?? [], value.array ?? []).enumerated() {
            try check(element, shows: part)
            // A position is found by walking there.
            guard position < 16 else { continue }
            try hold(cursor[position]?.isEqual(to: element) == true, "element \(position) is not at its position")
        }
        try hold(cursor.members?.count == value.object?.count, "members are missing")
        try hold(cursor.keys == value.object?.keys, "the keys differ")
        for (position, (member, part)) in zip(cursor.members ?? [], value.object?.members ?? []).enumerated() {
            try hold(member.key == part.key, "the key \(member.key) for \(part.key)")
            try check(member.value, shows: part.value)
            guard position < 16 else { continue }
            try hold(cursor[part.key]?.isEqual(to: member.value) == true, "a member is not under its key")
            try hold(value[part.key] == part.value, "the tree has another value under its key")
        }
    }

    /// The error names a place in the text and a path that is a pointer, and shows the line.
    private static func check(_ error: JSONError, in bytes: [UInt8]) throws {
        try hold((0...bytes.count).contains(error.offset), "the fault is at \(error.offset) of \(bytes.count)")
        try hold(error.line >= 1 && error.column >= 1, "the fault is in line \(error.line), column \(error.column)")
        try hold(JSONPointer(error.path) != nil, "the fault's path is \(error.path)")
        let lines = error.description.split(separator: "\n", omittingEmptySubsequences: false)
        try hold(lines.count == 3 && lines.last?.last == "^", "the fault is told in \(lines.count) lines: \(error)")
    }
}
