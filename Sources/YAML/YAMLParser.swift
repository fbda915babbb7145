import JSON

/// Reads YAML 1.2 streams with the core schema through libyaml.
///
/// Kubernetes' own tools read YAML 1.1, where `yes`, `on` and `off` are booleans, `0644` is octal and `12:30` is a
/// number. Here these are the strings `yes`, `on`, `off`, the number 644 and the string `12:30`, as YAML 1.2 has it:
/// write `true`, `0o644` or `420`, and quotes where a string is meant, which both read alike.
package enum YAMLParser {
    /// All documents of `bytes`; an empty document is left out.
    ///
    /// JSON is YAML too. A byte order mark at the beginning is skipped. Aliases and `<<` merge keys are expanded.
    ///
    /// - Parameter bytes: the stream, UTF-8.
    /// - Returns: the documents in their order.
    /// - Throws: `YAMLError` for bad syntax or UTF-8, a key that is no scalar or stands twice, an unknown alias or tag,
    ///   nesting beyond 128, aliases that expand beyond 100,000 nodes.
    package static func documents(in bytes: [UInt8]) throws(YAMLError) -> [YAMLDocument] {
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
        try checkEncoding(text)
        // libyaml refuses some JSON, and takes U+0085 within a string for the end of a line.
        if let document = JSONStream.document(in: text) { return [document] }
        do {
            return try unsafe text.withUnsafeBufferPointer { (buffer) throws(YAMLFault) in
                // The reader lives within the call, and so does the buffer.
                try read(unsafe EventReader(buffer))
            }
        } catch {
            throw YAMLError(error, in: text)
        }
    }

    private static func read(_ reader: consuming EventReader?) throws(YAMLFault) -> [YAMLDocument] {
        guard let reader else {
            let start = YAMLPlace(mark: YAMLMark(line: 1, column: 1), index: 0)
            throw YAMLFault(reason: "out of memory", place: start)
        }
        var documents: [YAMLDocument] = []
        var resolver = YAMLResolver()
        while true {
            switch try reader.next().content {
            case .streamEnd: return documents
            case .documentStart:
                let event = try reader.next()
                if isEmpty(event) { continue }
                var composer = YAMLComposer()
                let root = try composer.compose(event, from: reader)
                documents.append(try resolver.document(composer.nodes, root: root))
            default: continue
            }
        }
    }

    /// Whether `event` is the node of a document that holds nothing.
    private static func isEmpty(_ event: YAMLEvent) -> Bool {
        guard case .scalar("", isPlain: true) = event.content else { return false }
        return event.tag == nil && event.anchor == nil
    }

    private static func checkEncoding(_ bytes: [UInt8]) throws(YAMLError) {
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw YAMLError(reason: "the text is not UTF-8", in: bytes, at: error.byteOffsets.lowerBound)
        }
    }
}
