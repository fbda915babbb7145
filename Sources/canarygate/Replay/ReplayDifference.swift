import JSON

/// A place at which a decision that is made again is another one than that which is written.
struct ReplayDifference: Hashable {
    /// The place in the entry: `did.actions[0]`.
    let path: String
    /// What is written there; nil where nothing is.
    let written: JSONValue?
    /// What the decision has there now; nil where it has nothing.
    let decided: JSONValue?

    /// The places at which `decided` differs from `written`, which is what was done.
    static func all(from written: JSONValue, to decided: JSONValue) -> [ReplayDifference] {
        JSONPatch.difference(from: written, to: decided).operations.compactMap { operation in
            switch operation {
            case .add(let pointer, let value):
                ReplayDifference(path: path(to: pointer), written: nil, decided: value)
            case .remove(let pointer):
                ReplayDifference(path: path(to: pointer), written: written[pointer], decided: nil)
            case .replace(let pointer, let value):
                ReplayDifference(path: path(to: pointer), written: written[pointer], decided: value)
            // A difference is told by the three above.
            case .move, .copy, .test: nil
            }
        }
    }

    private static func path(to pointer: JSONPointer) -> String {
        pointer.tokens.reduce("did") { path, token in
            token.allSatisfy(\.isNumber) ? "\(path)[\(token)]" : "\(path).\(token)"
        }
    }

    /// `did.actions[0]: "set the traffic: canary 25" is written, now it is "set the traffic: canary 0"`.
    var words: String {
        switch (written, decided) {
        case (let written?, let decided?): "\(path): \(written.text) is written, now it is \(decided.text)"
        case (let written?, nil): "\(path): \(written.text) is written, now there is nothing"
        case (nil, let decided?): "\(path): nothing is written, now there is \(decided.text)"
        case (nil, nil): path
        }
    }

    /// The difference for tools; what is not there is left out.
    var json: JSONValue {
        var json: JSONValue = ["path": .string(path)]
        if let written { json["written"] = written }
        if let decided { json["decided"] = decided }
        return json
    }
}
