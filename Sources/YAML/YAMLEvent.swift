/// One event of a YAML stream, copied out of libyaml's memory.
struct YAMLEvent {
    enum Content {
        /// The beginning or end of a stream or the end of a document: nothing to be built.
        case boundary
        case streamEnd
        case documentStart
        case alias(String)
        case scalar(String, isPlain: Bool)
        case sequenceStart
        case mappingStart
        /// The end of a sequence or mapping.
        case end
    }

    let content: Content
    /// The anchor without its `&`.
    let anchor: String?
    /// The tag in full, for example `tag:yaml.org,2002:str`.
    let tag: String?
    let place: YAMLPlace
}

/// A place in the text: as libyaml counts it, and in characters from the text's beginning.
struct YAMLPlace {
    let mark: YAMLMark
    let index: Int
}

/// What is wrong and where; made into a `YAMLError` with an excerpt at the end.
struct YAMLFault: Error {
    let reason: String
    let place: YAMLPlace
    /// The byte, where libyaml names it instead of a place.
    var offset: Int?
}
