import JSON
import Schema

/// What can be wrong with the header and query conditions of one include, or of a route and the includes on the way to
/// it.
struct RequestConditionChecks {
    /// A condition, and where it stands; nil for one of an include on the way.
    private struct Place {
        let condition: JSONValue
        let path: String?
    }

    private let conditions: [Place]
    /// Where faults of the includes on the way are told.
    private let path: String
    private let reach: ProxyFault.Reach

    /// The checks of `conditions` at `path`, behind those `inherited`.
    init(_ conditions: [JSONValue], at path: String, inheriting inherited: [JSONValue] = [], reach: ProxyFault.Reach) {
        self.path = path
        self.reach = reach
        let own = conditions.enumerated().map { Place(condition: $1, path: "\(path)[\($0)]") }
        self.conditions = inherited.map { Place(condition: $0, path: nil) } + own
    }

    /// Checks the headers first, as Contour does.
    func check(into faults: inout FaultList) {
        checkHeaders(into: &faults)
        checkQueries(into: &faults)
    }

    private func add(
        _ place: Place,
        isOwn: Bool,
        _ field: String,
        own: ProxyCheck,
        inherited: ProxyCheck,
        _ problem: String,
        _ remedy: String,
        into faults: inout FaultList
    ) {
        let isQuery = own.rule == ProxyCheck.queryConditions.rule
        let kind = isQuery ? "queryParameter" : "header"
        let value = place.condition[kind] ?? .null
        let suffix = field.isEmpty ? "" : ".\(field)"
        faults.add(
            (isOwn ? own : inherited).reaching(reach),
            at: place.path.map { "\($0).\(kind)\(suffix)" } ?? path,
            place.path == nil ? nil : field.isEmpty ? value : value[field],
            problem + (isOwn ? "" : ", of an include"),
            write: remedy
        )
    }

    private func checkHeaders(into faults: inout FaultList) {
        /// The conditions so far; whether they stand in the list itself.
        var seen: [HeaderCondition: Bool] = [:]
        var exact: [String: Bool] = [:]
        for place in conditions {
            guard let header = place.condition["header"], header.object != nil else { continue }
            let condition = HeaderCondition(header)
            let isHere = place.path != nil
            if let fault = headerFault(condition, seen, exact) {
                add(
                    place,
                    isOwn: isHere && fault.isOwn,
                    condition.compared ?? "",
                    own: .headerConditions,
                    inherited: .inheritedHeaderConditions,
                    fault.problem,
                    condition.compared == "regex" ? "write an expression of RE2" : "keep one of the two",
                    into: &faults
                )
            }
            if condition.compared == "exact" { exact[condition.name] = isHere || exact[condition.name] ?? false }
            seen[condition] = isHere || seen[condition] ?? false
        }
    }

    private func headerFault(
        _ condition: HeaderCondition,
        _ seen: [HeaderCondition: Bool],
        _ exact: [String: Bool]
    ) -> (problem: String, isOwn: Bool)? {
        if condition.compared == "exact", let isOwn = exact[condition.name] {
            return ("a second exact value for \(condition.name)", isOwn)
        }
        if let opposite = condition.opposite, let isOwn = seen[opposite.condition] {
            return ("contradicts \(opposite.name) on \(condition.name)", isOwn)
        }
        guard condition.compared == "regex", let fault = RE2Syntax.fault(in: condition.regex) else { return nil }
        return ("\(condition.regex) does not compile: \(fault)", true)
    }

    private func checkQueries(into faults: inout FaultList) {
        var exact: [String: Bool] = [:]
        for place in conditions {
            guard let query = place.condition["queryParameter"], query.object != nil else { continue }
            let isHere = place.path != nil
            let name = (query["name"]?.string ?? "").lowercased()
            if let fault = queryFault(query, name, exact) {
                add(
                    place,
                    isOwn: isHere && fault.isOwn,
                    fault.field,
                    own: .queryConditions,
                    inherited: .inheritedQueryConditions,
                    fault.problem,
                    fault.remedy,
                    into: &faults
                )
            }
            if query.filled("exact") != nil { exact[name] = isHere || exact[name] ?? false }
        }
    }

    private struct QueryFault {
        let field: String
        let problem: String
        let remedy: String
        let isOwn: Bool
    }

    private func queryFault(_ query: JSONValue, _ name: String, _ exact: [String: Bool]) -> QueryFault? {
        let used = QueryMatch.acting(in: query)
        guard used.count == 1 else {
            let problem = used.isEmpty ? "no operator" : "several operators: \(used.joined(separator: ", "))"
            let remedy = "write exactly one of \(QueryMatch.operators.joined(separator: ", "))"
            return QueryFault(field: "", problem: problem, remedy: remedy, isOwn: true)
        }
        if query.filled("exact") != nil, let isOwn = exact[name] {
            let problem = "a second exact value for \(query["name"]?.string ?? "")"
            return QueryFault(field: "exact", problem: problem, remedy: "keep one of the two", isOwn: isOwn)
        }
        guard let regex = query.filled("regex"), let fault = RE2Syntax.fault(in: regex) else { return nil }
        let problem = "\(regex) does not compile: \(fault)"
        return QueryFault(field: "regex", problem: problem, remedy: "write an expression of RE2", isOwn: true)
    }
}
