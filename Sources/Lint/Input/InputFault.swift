import JSON
import YAML

/// Input that cannot be read: no file, no YAML, no Kubernetes object.
package struct InputFault: Hashable, Sendable, CustomStringConvertible {
    /// The input's name.
    package let file: String
    /// The line, from 1; nil where the whole input is at fault.
    package let line: Int?
    /// The column in characters, from 1.
    package let column: Int?
    /// What is wrong, lower case, one line.
    package let reason: String
    /// The faulty line and a caret below the fault; nil where there is none.
    package let excerpt: String?

    /// The whole input `file` cannot be read.
    package init(file: String, reason: String) {
        self.file = file
        line = nil
        column = nil
        self.reason = reason
        excerpt = nil
    }

    /// A fault at `mark` of `source`.
    init(_ source: Source, at mark: YAMLMark, reason: String) {
        file = source.name
        line = mark.line
        column = mark.column
        self.reason = reason
        excerpt = source.excerpt(at: mark)
    }

    /// `deploy/app.yaml:3:7: parse YAML: …`, without the excerpt.
    package var summary: String {
        guard let line, let column else { return "\(file): \(reason)" }
        return "\(file):\(line):\(column): \(reason)"
    }

    /// The summary, and the excerpt on the two lines after it.
    package var description: String { excerpt.map { "\(summary)\n\($0)" } ?? summary }
}
