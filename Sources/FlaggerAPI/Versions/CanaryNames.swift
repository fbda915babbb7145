import JSON

/// By which of its two names a Canary has its analysis.
enum CanaryNames: String {
    /// `canaryAnalysis`, as `v1alpha3` calls it.
    case former = "canaryAnalysis"
    /// `analysis`, as `v1beta1` does.
    case current = "analysis"

    /// Nil for a Canary with neither, and for one with both: which is meant only its author knows.
    init?(_ canary: JSONValue) {
        let spec = canary["spec"]
        switch (spec?[Self.former.rawValue] != nil, spec?[Self.current.rawValue] != nil) {
        case (true, false): self = .former
        case (false, true): self = .current
        default: return nil
        }
    }
}

extension JSONValue {
    /// Gives the analysis of a Canary its other name, in its place.
    mutating func renameAnalysis(from old: CanaryNames, to new: CanaryNames) {
        guard let members = self["spec"]?.object else { return }
        var spec = JSONObject()
        for member in members { spec[member.key == old.rawValue ? new.rawValue : member.key] = member.value }
        self["spec"] = .object(spec)
    }
}
