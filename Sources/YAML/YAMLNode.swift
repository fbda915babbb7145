import JSON

/// A node of a document's graph; others are named by their place in the document's list of nodes.
///
/// A list and not objects that hold each other: a chain of 100,000 anchors would else be released by as many nested
/// calls.
struct YAMLNode {
    enum Content {
        case scalar(YAMLScalar)
        case sequence([Int])
        case mapping([Entry])
        case alias(Int)
    }

    /// A member, or a merge key and what it merges.
    struct Entry {
        let key: String
        let isMerge: Bool
        let keyPlace: YAMLPlace
        let value: Int
    }

    let content: Content
    let place: YAMLPlace
}

/// A scalar's text and the value that it stands for.
struct YAMLScalar {
    let text: String
    let value: JSONValue
    /// Whether this is `<<`, plain.
    let isMerge: Bool
}
