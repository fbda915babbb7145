/// The syntax of regular expressions that Go's `regexp` and RE2 take, and Envoy with them.
///
/// Source: https://github.com/google/re2/wiki/Syntax and Go's `regexp/syntax`.
package enum RE2Syntax {
    /// What is wrong with `pattern`, lower case: `missing closing )`; nil when it compiles.
    package static func fault(in pattern: String) -> String? { nil }
}
