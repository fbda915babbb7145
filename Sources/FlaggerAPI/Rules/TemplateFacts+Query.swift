import JSON
import Schema

/// What to ask.
extension TemplateFacts {
    mutating func checkQuery() {
        guard let value = spec["query"], let text = value.string else { return }
        let template = QueryTemplate(text)
        if let fault = template.fault {
            return deny("query-template", Self.queryPath, value, "as a Go template \(fault)", "correct the template")
        }
        for name in template.unknown.prefix(5) {
            let nearest = NearestName.find(name, among: QueryTemplate.functions)
            deny(
                "query-function",
                Self.queryPath,
                value,
                "{{ \(name) }} is nothing that Flagger knows, so every check would fail",
                nearest.map { "did you mean {{ \($0) }}?" }
                    ?? "write one of \(QueryTemplate.functions.joined(separator: ", ")), or {{ variables.\(name) }}"
            )
        }
        guard let flat = template.flat, template.unknown.isEmpty else { return }
        if let (problem, remedy) = syntaxFault(of: flat) {
            return deny("query-syntax", Self.queryPath, value, problem, remedy)
        }
        if type == "influxdb" { checkRows(flat, value) }
        if type == "prometheus" { checkShape(flat, value) }
    }

    /// What the provider would answer with an error, as far as it can be told without asking.
    private func syntaxFault(of query: String) -> (String, String)? {
        guard query.contains(where: { !$0.isWhitespace }) else { return ("empty", "write what to ask") }
        switch type {
        case "cloudwatch": return Self.cloudWatchFault(query)
        case "keptn": return Self.keptnFault(query)
        case "externalmetrics": return Self.externalFault(query)
        case "graphite":
            guard !query.contains("target=") else { return nil }
            return ("Graphite is asked for targets, and there is none", "write target=... with the metric's path")
        case "prometheus":
            return PromQLShape(query).fault.map { ("as PromQL \($0)", "correct the query") }
        default: return nil
        }
    }

    private static func cloudWatchFault(_ query: String) -> (String, String)? {
        let remedy = "write a JSON array of MetricDataQuery objects"
        do throws(JSONError) {
            guard let entries = try JSONValue(parsing: query).array, !entries.isEmpty,
                entries.allSatisfy({ $0.object != nil })
            else { return ("not a JSON array of objects, as which CloudWatch is asked", remedy) }
            return nil
        } catch {
            return ("no JSON, as which CloudWatch is asked", remedy)
        }
    }

    /// Flagger takes the plural too, a window of 1m for an analysis that names none, and does not look at what follows.
    private static func keptnFault(_ query: String) -> (String, String)? {
        let parts = query.lowercased().filter { !$0.isWhitespace }
            .split(separator: "/", omittingEmptySubsequences: false)
        let kinds = ["keptnmetric", "keptnmetrics", "analysis", "analyses"]
        let isRight = kinds.contains { parts.first?.elementsEqual($0) ?? false }
        guard !isRight || parts.count < 3 || parts.prefix(3).contains("") else { return nil }
        return (
            "not the way to a Keptn object",
            "write keptnmetric/<namespace>/<name>, or analysis/<namespace>/<name>/<duration>/<key=value;...>"
        )
    }

    private static func externalFault(_ query: String) -> (String, String)? {
        let parts = query.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false)
        let isPath = path.count <= 2 && !path.contains { $0.allSatisfy(\.isWhitespace) }
        let options = parts.count == 2 ? parts[1].split(separator: "&", omittingEmptySubsequences: false) : []
        guard !isPath || !options.allSatisfy({ $0.hasPrefix("labelSelector=") }) else { return nil }
        return ("not the way to an external metric", "write [<namespace>/]<metric>[?labelSelector=<selector>]")
    }

    /// Of a Flux query that gives no rows Flagger makes the value 0, which is below every maximum.
    private mutating func checkRows(_ query: String, _ value: JSONValue) {
        guard !query.contains("union("), !query.contains("array.from(") else { return }
        warn("no-rows-are-zero", Self.queryPath, value, "no rows count as 0", "add a row with union()")
    }

    /// Flagger takes the last of several series, and reads neither scalars nor ranges.
    private mutating func checkShape(_ query: String, _ value: JSONValue) {
        guard let problem = PromQLShape(query).doubt else { return }
        warn("prometheus-result", Self.queryPath, value, problem, "write sum(...) or the like")
    }
}
