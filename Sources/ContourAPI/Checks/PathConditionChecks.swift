import JSON
import Schema

/// What can be wrong with the path conditions of one include or route.
struct PathConditionChecks {
    /// What Contour reports; for an include, which takes prefixes alone, that of includes.
    let check: ProxyCheck
    /// Whether prefixes alone are taken.
    let isInclude: Bool

    private static let kinds = ["prefix", "exact", "regex"]

    /// Checks the list at `path`.
    func check(_ conditions: [JSONValue], at path: String, into faults: inout FaultList) {
        var first: String?
        for (index, condition) in conditions.enumerated() {
            for kind in Self.kinds {
                guard let text = condition.filled(kind) else { continue }
                let place = "\(path)[\(index)].\(kind)"
                if let first {
                    add(
                        text,
                        at: place,
                        "a second path condition beside \(first)",
                        "keep one of prefix, exact and regex in the list",
                        into: &faults
                    )
                }
                first = first ?? place
                check(text, kind, at: place, into: &faults)
            }
        }
    }

    private func check(_ text: String, _ kind: String, at place: String, into faults: inout FaultList) {
        if kind != "prefix", isInclude {
            add(text, at: place, "an include takes no \(kind) path", "write a prefix", into: &faults)
        } else if !text.hasPrefix("/") {
            let isAnchored = kind == "regex" && text.hasPrefix("^/")
            add(
                text,
                at: place,
                "\(text) does not begin with /",
                "write " + (isAnchored ? "\(text.dropFirst()), which Contour anchors itself" : "/\(text)"),
                into: &faults
            )
        } else if kind == "regex", let fault = RE2Syntax.fault(in: text) {
            add(text, at: place, "\(text) does not compile: \(fault)", "write an expression of RE2", into: &faults)
        }
    }

    private func add(
        _ text: String,
        at place: String,
        _ problem: String,
        _ remedy: String,
        into faults: inout FaultList
    ) {
        faults.add(check, at: place, .string(text), problem, write: remedy)
    }
}
