// CONTRACT: implemented in the YAML work; the signatures below are what other modules build on.

package import JSON

/// Writes trees as YAML.
package enum YAMLWriter {
    /// `value` as one document in block style, two spaces a level, strings quoted where plain text would read as
    /// something else, several lines as a literal block. Ends with a newline.
    package static func text(_ value: JSONValue) -> String { fatalError("contract") }
}
