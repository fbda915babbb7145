/// Text that is no JSON, or JSON beyond a limit, with the place where it stopped being so.
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, lower case, one line: `expected a value`, `the key "a" stands twice`.
    package let reason: String
    /// Bytes before the fault.
    package let offset: Int
    /// The fault's line, from 1.
    package let line: Int
    /// The fault's column in characters, from 1.
    package let column: Int
    /// The JSON pointer of the value in which the fault is, for example `/spec/analysis`; empty at the root.
    package let path: String
    /// The faulty line, cut to a width that fits a terminal, and a second line with a caret below the fault.
    package let excerpt: String

    /// `parse JSON: <reason> at line 3, column 7, in /spec/analysis` and the excerpt on the two lines after it.
    package var description: String { "\(summary)\n\(excerpt)" }

    /// The description's first line.
    package var summary: String {
        "parse JSON: \(reason) at line \(line), column \(column)"
            + (path.isEmpty ? "" : ", in \(JSONPointer.shown(path))")
    }

    package init(reason: String, offset: Int, line: Int, column: Int, path: String, excerpt: String) {
        self.reason = reason
        self.offset = offset
        self.line = line
        self.column = column
        self.path = path
        self.excerpt = excerpt
    }
}
