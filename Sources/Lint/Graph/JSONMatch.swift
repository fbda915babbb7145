import ContourAPI
import JSON

/// The conditions of a route or an include as JSON.
enum JSONMatch {
    /// The path, the conditions on headers and parameters, and all of it in words.
    static func value(of match: RequestMatch) -> JSONValue {
        [
            "path": .string(match.path.text),
            "pathKind": .string(match.path.kind.rawValue),
            "headers": .array(match.headers.map(header)),
            "queryParameters": .array(match.queries.map(parameter)),
            "words": .string(match.words),
        ]
    }

    private static func header(_ header: HeaderMatch) -> JSONValue {
        [
            "name": .string(header.name),
            "comparison": .string(header.kind),
            "value": .string(header.value),
            "isInverted": .bool(header.isInverted),
            "ignoresCase": .bool(header.ignoresCase),
            "treatsMissingAsEmpty": .bool(header.treatsMissingAsEmpty),
        ]
    }

    private static func parameter(_ parameter: QueryMatch) -> JSONValue {
        [
            "name": .string(parameter.name),
            "comparison": .string(parameter.kind),
            "value": .string(parameter.value),
            "ignoresCase": .bool(parameter.ignoresCase),
        ]
    }
}
