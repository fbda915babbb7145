/// The syntax of regular expressions that Go's `regexp` and RE2 take, and Envoy with them.
///
/// Where Go's versions differ, the most lenient one is followed. Source: https://github.com/google/re2/wiki/Syntax and
/// Go's `regexp/syntax`.
package enum RE2Syntax {
    /// What is wrong with `pattern`, lower case: `missing closing ) for the ( at character 3`; nil when it compiles.
    ///
    /// The work grows with the length of `pattern` alone.
    package static func fault(in pattern: String) -> String? {
        var parser = RE2Parser(pattern)
        do throws(RE2Fault) {
            try parser.parse()
            return nil
        } catch {
            return error.problem
        }
    }
}

/// Why an expression does not compile.
struct RE2Fault: Error {
    /// What is wrong and where, lower case, one line.
    let problem: String
}
