// CONTRACT: implemented in the YAML work; the signatures below are what other modules build on.

package import JSON

/// A place in a YAML text: line and column, both from 1.
package struct YAMLMark: Hashable, Sendable {
    /// The line, from 1.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int
}

/// One document of a YAML stream.
package struct YAMLDocument: Sendable {
    /// The document as a tree, mapping order kept.
    package let value: JSONValue
    /// Where each node begins; a member is marked at its key.
    package let marks: [JSONPointer: YAMLMark]
}

/// Text that is no YAML, or YAML beyond a limit.
package struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, lower case, one line.
    package let reason: String
    /// Where.
    package let mark: YAMLMark
    /// The faulty line and a caret below the fault.
    package let excerpt: String

    /// `parse YAML: <reason> at line 3, column 7` and the excerpt on the two lines after it.
    package var description: String { "\(summary)\n\(excerpt)" }

    /// The description's first line.
    package var summary: String { "parse YAML: \(reason) at line \(mark.line), column \(mark.column)" }
}

/// Reads YAML 1.2 streams with the core schema through libyaml.
package enum YAMLParser {
    /// All documents of `bytes`; an empty document is left out. JSON is YAML too.
    ///
    /// - Throws: `YAMLError` for bad syntax or UTF-8, a key that is no scalar or stands twice, an unknown alias or tag,
    ///   nesting beyond 128, aliases that expand beyond 100,000 nodes.
    package static func documents(in bytes: [UInt8]) throws(YAMLError) -> [YAMLDocument] { fatalError("contract") }
}
