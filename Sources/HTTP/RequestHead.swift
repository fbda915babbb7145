package import HTTPTypes

/// A request's first line and header fields.
///
/// The fields stay the bytes that came until somebody asks for them: a webhook reads one of ten. A class, as it is handed
/// from the parser through the connection to the handler, and never changes.
package final class RequestHead: Sendable {
    private enum Fields: Sendable {
        case made(HTTPFields)
        /// A head that has been checked, and where its fields begin.
        case raw([UInt8], start: Int)
    }

    /// The method.
    package let method: HTTPRequest.Method
    /// Path and query as they were sent, or `*`.
    package let path: String?
    private let target: String?
    private let host: Range<Int>
    private let contentType: Range<Int>?
    private let fields: Fields

    /// The head that `request` is, for tests and calls in memory.
    package init(_ request: HTTPRequest) {
        method = request.method
        path = request.path
        target = request.authority
        host = 0..<0
        contentType = nil
        fields = .made(request.headerFields)
    }

    /// A head that has been checked: `line` is the first one of `bytes`, and `noted` what its fields are found by.
    init(_ line: RequestLine, bytes: [UInt8], noted: FramingFields) {
        method = line.method
        path = line.path
        target = line.authority
        host = noted.host.value
        contentType = noted.contentType.count == 1 ? noted.contentType.value : nil
        fields = .raw(bytes, start: line.end)
    }

    /// The host, and the port where there is one: of the request's target, else of its Host field (RFC 9112 section 3.3).
    package var authority: String? {
        if target != nil { return target }
        guard case .raw(let bytes, _) = fields, !host.isEmpty else { return nil }
        return String(decoding: bytes[host], as: UTF8.self)
    }

    /// All fields, which are made anew each time.
    package var headerFields: HTTPFields {
        switch fields {
        case .made(let fields): return fields
        case .raw(let bytes, let start):
            do { return try MessageSyntax.fields(in: bytes[start...], limit: .max) } catch {
                // Not to be: they were checked when the head came.
                return HTTPFields()
            }
        }
    }

    /// The value of one field, its values with commas between them where it comes more than once; nil where it does not.
    package subscript(name: HTTPField.Name) -> String? {
        switch fields {
        case .made(let fields): return fields[name]
        case .raw(let bytes, let start): return Self.value(of: name.canonicalName, in: bytes, from: start)
        }
    }

    /// Whether there is one Content-Type, and it is `text`, which is in lower case, in any case.
    package func isContentType(_ text: StaticString) -> Bool {
        guard case .raw(let bytes, _) = fields, let contentType else {
            return self[.contentType]?.lowercased() == text.description
        }
        return MessageSyntax.isEqual(bytes.span, contentType, text)
    }

    private static func value(of name: String, in bytes: [UInt8], from start: Int) -> String? {
        var found: String?
        var position = start
        do throws(MessageFault) {
            while let line = try FieldLine(in: bytes.span, at: position) {
                position = line.end
                guard MessageSyntax.isEqual(bytes.span, line.name, name) else { continue }
                let value = String(decoding: bytes[line.value], as: UTF8.self)
                found = found.map { "\($0), \(value)" } ?? value
            }
        } catch {
            // Not to be: the fields were checked when the head came.
            return nil
        }
        return found
    }
}

extension HTTPRequest {
    /// The whole of `head`, made anew.
    package init(_ head: RequestHead) {
        self.init(
            method: head.method,
            scheme: nil,
            authority: head.authority,
            path: head.path,
            headerFields: head.headerFields
        )
    }
}
