package import JSON

/// A place in a YAML text: line and column, both from 1.
package struct YAMLMark: Hashable, Sendable {
    /// The line, from 1.
    package let line: Int
    /// The column in characters, from 1.
    package let column: Int

    /// The place at `line` and `column`, both from 1.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }
}

/// One document of a YAML stream.
package struct YAMLDocument: Sendable {
    /// The document as a tree, mapping order kept.
    package let value: JSONValue
    /// Where each node begins; a member is marked at its key.
    ///
    /// What is here through an alias or a merge key is marked where it is written; the alias's own member or element
    /// is marked where the alias is.
    package let marks: [JSONPointer: YAMLMark]
}
