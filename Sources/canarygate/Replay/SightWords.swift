import JSON

/// What an entry of a journal says was seen, in a line for each object.
enum SightWords {
    /// The lines; an object that is as it should be and says nothing has none.
    static func lines(of sight: JSONValue) -> [String] {
        var lines: [String] = []
        lines.append("target \(workload(sight["target"]))")
        lines.append("primary \(workload(sight["primary"]))")
        if let owner = sight["primaryOwner"]?.string { lines.append("that the primary is \(owner)") }
        lines.append("route \(route(sight["route"] ?? .null))")
        for member in sight["services"]?.object ?? JSONObject() {
            lines.append("\(member.key) Service \(state(member.value))")
        }
        if let autoscaler = sight["autoscaler"] { lines += self.autoscaler(autoscaler) }
        for stray in sight["strayAutoscalers"]?.array ?? [] {
            lines.append("\(stray.string ?? ""), which nobody names")
        }
        for (name, title) in [("configs", "configs of the primary"), ("disruptionBudget", "disruption budget")] {
            if let value = sight[name], value != "current" { lines.append("\(title) \(state(value))") }
        }
        let differences = (sight["templateDifferences"]?.array ?? []).compactMap(\.string)
        if !differences.isEmpty { lines.append("templates that differ in \(differences.joined(separator: ", "))") }
        if let road = sight[path: "gate", "slip", "road"]?.string { lines.append("a template past the gate: \(road)") }
        for use in sight[path: "gate", "breakGlass"]?.array ?? [] {
            lines.append("a broken glass on \(use["object"]?.string ?? ""): \(use["reason"]?.string ?? "")")
        }
        if let resume = sight["resume"]?.string { lines.append("the annotation to go on: \(resume)") }
        if sight["isDeleting"] == true { lines.append("that the Canary is being deleted") }
        return lines
    }

    /// `podinfo at 5f3a2b1c0d, 2 of 2 pods available`.
    private static func workload(_ value: JSONValue?) -> String {
        guard let value else { return "missing" }
        let replicas = value["replicas"]?.int ?? 0
        let available = value["available"]?.int ?? 0
        let pods = value["pods"]?.int ?? 0
        var words = value["name"]?.string ?? ""
        if let revision = value["revision"]?.string { words += " at \(revision)" }
        words += replicas == 0 && pods == 0 ? ", no pods" : ", \(available) of \(replicas) pods available"
        if value["isAdmitted"] == false { words += ", gate closed" }
        if value["isPastDeadline"] == true { words += ", past its progress deadline" }
        if let trouble = value["trouble"]?.string { words += ", \(trouble)" }
        return words
    }

    /// `canary 20, valid`, `canary 0, mirrored 25, pending`, `missing`.
    private static func route(_ value: JSONValue) -> String {
        let state = value["state"]?.string ?? "unread"
        let reason = value["reason"]?.string.map { ": \($0)" } ?? ""
        guard state == "present" else { return state + reason }
        var words = value["traffic"].map { "canary \($0["canary"]?.int ?? 0)" } ?? "without the Canary's Services"
        if let mirror = value[path: "traffic", "mirror"]?.int { words += ", mirrored \(mirror)" }
        if let cookie = value[path: "traffic", "canaryCookie"]?.string { words += ", cookie \(cookie)" }
        if value["isShaped"] == false { words += ", not of the Canary's shape" }
        return words + ", \(value["verdict"]?.string ?? "")\(reason)"
    }

    private static func autoscaler(_ value: JSONValue) -> [String] {
        var lines: [String] = []
        if value["hasSource"] == false { lines.append("the target's autoscaler missing") }
        if let copy = value["copy"], copy != "current" { lines.append("the primary's autoscaler \(state(copy))") }
        if value["isPaused"] == true { lines.append("the target's autoscaler paused") }
        return lines
    }

    private static func state(_ value: JSONValue) -> String {
        value["foreign"]?.string.map { "of \($0)" } ?? value.string ?? value.text
    }
}
