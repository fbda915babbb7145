import JSON

/// A header condition as Contour compares it, every field of it.
struct HeaderCondition: Hashable {
    /// Lower case.
    var name: String
    var present = false
    var notpresent = false
    var contains = ""
    var notcontains = ""
    var exact = ""
    var notexact = ""
    var regex = ""
    var ignoreCase = false
    var treatMissingAsEmpty = false

    init(name: String) { self.name = name }

    init(_ condition: JSONValue) {
        name = (condition["name"]?.string ?? "").lowercased()
        present = condition.flag("present")
        notpresent = condition.flag("notpresent")
        contains = condition.filled("contains") ?? ""
        notcontains = condition.filled("notcontains") ?? ""
        exact = condition.filled("exact") ?? ""
        notexact = condition.filled("notexact") ?? ""
        regex = condition.filled("regex") ?? ""
        ignoreCase = condition.flag("ignoreCase")
        treatMissingAsEmpty = condition.flag("treatMissingAsEmpty")
    }

    /// The operator by which Contour looks for contradictions: not in the order in which it makes a match of it.
    var compared: String? {
        if present { return "present" }
        if notpresent { return "notpresent" }
        if !exact.isEmpty { return "exact" }
        if !notexact.isEmpty { return "notexact" }
        if !contains.isEmpty { return "contains" }
        if !notcontains.isEmpty { return "notcontains" }
        return regex.isEmpty ? nil : "regex"
    }

    /// The condition that would contradict this one, and its operator.
    ///
    /// An earlier condition with anything else in it is another one to Contour, so the contradiction goes unseen.
    var opposite: (condition: HeaderCondition, name: String)? {
        var other = HeaderCondition(name: name)
        switch compared {
        case "present":
            other.notpresent = true
            return (other, "notpresent")
        case "notpresent":
            other.present = true
            return (other, "present")
        case "exact":
            other.notexact = exact
            return (other, "notexact")
        case "notexact":
            other.exact = notexact
            return (other, "exact")
        case "contains":
            other.notcontains = contains
            return (other, "notcontains")
        case "notcontains":
            other.contains = notcontains
            return (other, "contains")
        default: return nil
        }
    }
}
