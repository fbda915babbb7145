import Foundation
import Testing

/// A kubectl command and what it prints.
struct KubectlStep: Sendable, CustomTestStringConvertible {
    /// The arguments; words in single quotes stay together, and `%NS` is the namespace.
    let command: String
    /// What it reads.
    var input: String?
    /// What must be in its output, once ages, generated names and runs of spaces are told apart no more.
    let expected: [String]
    /// How it ends; nil where that does not matter.
    var code: Int32?
    /// The first minor version that knows the command.
    var since = 0
    /// The last minor version for which this is right.
    var until = Int.max

    /// A command that succeeds.
    init(_ command: String, input: String? = nil, _ expected: String...) {
        self.command = command
        self.input = input
        self.expected = expected
        code = 0
    }

    /// The same, ending with `code`.
    func ending(with code: Int32?) -> KubectlStep {
        var step = self
        step.code = code
        return step
    }

    /// The same, for these minor versions alone.
    func only(since: Int = 0, until: Int = .max) -> KubectlStep {
        var step = self
        step.since = since
        step.until = until
        return step
    }

    var testDescription: String { command }

    /// The arguments one by one.
    var arguments: [String] {
        var arguments: [String] = []
        for (index, part) in command.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
            if index % 2 == 1 {
                arguments.append(String(part))
            } else {
                arguments += part.split(separator: " ").map(String.init)
            }
        }
        return arguments
    }

    /// `output` without what differs from run to run.
    static func settled(_ output: String) -> String {
        var text = output
        for (pattern, replacement) in [
            (#"-[bcdfghjklmnpqrstvwxz2456789]{8,10}-[bcdfghjklmnpqrstvwxz2456789]{5}\b"#, "-HASH-ID"),
            (#"-[bcdfghjklmnpqrstvwxz2456789]{8,10}\b"#, "-HASH"), (#"\b(\d+m)?\d+s( ago)?(?= |$|\n|\))"#, "AGE"),
            (#"[ \t]+"#, " "),
        ] {
            text = text.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
        }
        return text
    }
}
