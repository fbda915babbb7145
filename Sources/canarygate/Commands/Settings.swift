package import ArgumentParser

/// The environment as the fallback of flags: a flag that is given wins.
package struct Settings {
    private let environment: [String: String]

    /// The fallbacks in `environment`, the process' variables.
    package init(environment: [String: String]) { self.environment = environment }

    /// The variable `name`; nil when it is missing or empty.
    package subscript(name: String) -> String? {
        guard let value = environment[name], !value.isEmpty else { return nil }
        return value
    }

    /// What was given as a flag, else the variable `name` read as the flag would be, else nil.
    package func value<Value: ExpressibleByArgument>(_ name: String, given: Value?) throws -> Value? {
        if let given { return given }
        guard let text = self[name] else { return nil }
        guard let value = Value(argument: text) else {
            let expected = Value.allValueStrings
            let hint = expected.isEmpty ? "" : ", expected \(expected.joined(separator: ", "))"
            throw ValidationError("read \(name): \(text) is no value of it\(hint)")
        }
        return value
    }

    /// The list given as flags, else the comma-separated variable `name`.
    package func list(_ name: String, given: [String]) -> [String] {
        guard given.isEmpty, let text = self[name] else { return given }
        return text.split(separator: ",").map(String.init)
    }
}
