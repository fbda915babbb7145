import JSON

/// The names of the headers of one list, as Contour takes them: letters, digits and `-`, case ignored, each once.
struct HeaderNames {
    private var names: Set<String> = []

    /// What is wrong with a name.
    struct Fault {
        let check: ProxyCheck
        let problem: String
        let remedy: String

        func add(_ check: ProxyCheck, at path: String, _ value: JSONValue?, into faults: inout FaultList) {
            faults.add(check, at: path, value, problem, write: remedy)
        }
    }

    /// Whether Contour takes `name` for one.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    /// Takes `name` in; what is wrong with it, or nil.
    mutating func fault(adding name: String) -> Fault? {
        guard Self.isName(name) else {
            let problem = name.isEmpty ? "a header without a name" : "\(name) is no name of a header that Contour sets"
            return Fault(check: .headerName, problem: problem, remedy: "write letters, digits and - only")
        }
        guard !names.insert(name.lowercased()).inserted else { return nil }
        return Fault(check: .headerDuplicate, problem: "\(name) stands there twice", remedy: "keep one of the two")
    }
}
