import CYAML

/// Reads events through libyaml.
///
/// Safe to use: the parser lives at one address that nobody else knows from `init` to `deinit`, and the text that it
/// reads is kept by whoever makes the reader until the reader is gone.
@safe struct EventReader: ~Copyable {
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// A reader of `text`, which must stay where it is while the reader lives; nil when there is no memory.
    @unsafe init?(_ text: UnsafeBufferPointer<UInt8>) {
        unsafe parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
        unsafe parser.initialize(to: yaml_parser_t())
        // On failure libyaml has released what it took; the memory of the struct itself goes with `deinit`, which may
        // delete a parser that is all zero.
        guard unsafe yaml_parser_initialize(parser) == 1 else { return nil }
        unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        unsafe yaml_parser_set_input_string(parser, text.baseAddress, text.count)
    }

    deinit {
        unsafe yaml_parser_delete(parser)
        unsafe parser.deallocate()
    }

    /// The next event.
    func next() throws(YAMLFault) -> YAMLEvent {
        var event = unsafe yaml_event_t()
        guard unsafe yaml_parser_parse(parser, &event) == 1 else { throw fault() }
        defer { unsafe yaml_event_delete(&event) }
        return unsafe Self.copy(event)
    }

    private func fault() -> YAMLFault {
        let state = unsafe parser.pointee
        var reason = unsafe Self.text(state.problem) ?? "out of memory"
        if let context = unsafe Self.text(state.context) { reason += " \(context)" }
        let isInReader = unsafe state.error == YAML_READER_ERROR
        return YAMLFault(
            reason: reason,
            place: unsafe Self.place(state.problem_mark),
            offset: isInReader ? unsafe Int(state.problem_offset) : nil
        )
    }

    private static func copy(_ event: yaml_event_t) -> YAMLEvent {
        let content: YAMLEvent.Content
        var anchor: String?
        var tag: String?
        switch unsafe event.type {
        case YAML_STREAM_END_EVENT: content = .streamEnd
        case YAML_DOCUMENT_START_EVENT: content = .documentStart
        case YAML_ALIAS_EVENT: content = .alias(unsafe text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = unsafe event.data.scalar
            let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            content = .scalar(
                unsafe String(decoding: bytes, as: UTF8.self),
                isPlain: unsafe scalar.style == YAML_PLAIN_SCALAR_STYLE
            )
            anchor = unsafe text(scalar.anchor)
            tag = unsafe text(scalar.tag)
        case YAML_SEQUENCE_START_EVENT:
            content = .sequenceStart
            anchor = unsafe text(event.data.sequence_start.anchor)
            tag = unsafe text(event.data.sequence_start.tag)
        case YAML_MAPPING_START_EVENT:
            content = .mappingStart
            anchor = unsafe text(event.data.mapping_start.anchor)
            tag = unsafe text(event.data.mapping_start.tag)
        case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: content = .end
        default: content = .boundary
        }
        return YAMLEvent(content: content, anchor: anchor, tag: tag, place: unsafe place(event.start_mark))
    }

    private static func place(_ mark: yaml_mark_t) -> YAMLPlace {
        YAMLPlace(
            mark: YAMLMark(line: Int(mark.line) + 1, column: Int(mark.column) + 1),
            index: Int(mark.index)
        )
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        unsafe pointer.map { unsafe String(cString: $0) }
    }
}
