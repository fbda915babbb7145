/// One field of an object of a built-in kind.
struct ObjectField: Sendable {
    /// Its name in JSON; empty for an object whose members stand in the outer one.
    let name: String
    /// Its number in protobuf.
    let number: Int
    let shape: FieldShape
    /// What tells the elements of a list apart.
    let identity: ListIdentity
    /// How a strategic merge treats it: `merge`, `retainKeys`, `merge,retainKeys`; empty where it replaces.
    let patchStrategy: String
    /// What a strategic merge tells a list's elements apart by; empty where by nothing.
    let patchMergeKey: String
    /// Whether a map or an object is one value.
    let isAtomic: Bool
    let isRequired: Bool
    /// Whether a zero says something.
    let isPointer: Bool

    /// Whether its members stand in the outer object.
    var isInlined: Bool { name.isEmpty }

    /// Reads `name:number:shape` with its marks; nil when it is none.
    init?(_ text: Substring, group: String) {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        if parts.count == 2, parts[0].first == "&", let number = Int(parts[0].dropFirst()) {
            self.init(name: "", number: number, marked: parts[1], group: group)
        } else if parts.count == 3, let number = Int(parts[1]) {
            self.init(name: String(parts[0]), number: number, marked: parts[2], group: group)
        } else {
            return nil
        }
    }

    private init(name: String, number: Int, marked: Substring, group: String) {
        var rest = marked
        var marks: Set<Character> = []
        while let last = rest.last, "+?!".contains(last) {
            marks.insert(last)
            rest.removeLast()
        }
        let strategic = rest.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = strategic[0].split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        shape = FieldShape(parts[0], group: group)
        if parts.count == 1 {
            identity = .atomic
        } else {
            identity = parts[1].isEmpty ? .set : .keys(parts[1].split(separator: ",").map(String.init))
        }
        let retains = strategic.count == 2 && strategic[1].first == "^"
        patchMergeKey = strategic.count == 2 ? String(strategic[1].drop { $0 == "^" }) : ""
        let merges = strategic.count == 2 && (!retains || !patchMergeKey.isEmpty)
        patchStrategy = [merges ? "merge" : "", retains ? "retainKeys" : ""].filter { !$0.isEmpty }.joined(
            separator: ","
        )
        self.name = name
        self.number = number
        isAtomic = marks.contains("!")
        isRequired = marks.contains("+")
        isPointer = marks.contains("?")
    }
}
