package import Admission
package import JSON
import Kubernetes
import Schema

/// A Canary in the two versions of its API.
///
/// `v1beta1` is stored and judged. In `v1alpha3` the analysis is called `canaryAnalysis`, and the builtin metrics may have
/// the names of the series that Flagger once read for them; all else is the same in both. What one version cannot say of
/// the other is kept in an annotation, so that nothing is lost on the way there and back.
package enum CanaryVersions {
    /// `flagger.app/v1beta1`.
    package static let current = ResourceType.canaries.apiVersion
    /// `flagger.app/v1alpha3`.
    package static let former = "flagger.app/v1alpha3"

    /// `canary` in the version that is judged; one in another version than `v1alpha3` is given back as it is.
    ///
    /// For files, which nobody has converted yet. Findings then name the fields of `v1beta1`: `path(_:in:)` says what
    /// they are called in the file.
    package static func current(of canary: JSONValue) -> JSONValue {
        guard canary["apiVersion"]?.string == former else { return canary }
        return raised(canary)
    }

    /// What the field at `path` of `current(of: canary)` is called in `canary` itself:
    /// `spec.canaryAnalysis.threshold` for `spec.analysis.threshold`.
    package static func path(_ path: String, in canary: JSONValue) -> String {
        let isFormer = canary["apiVersion"]?.string == former
        guard isFormer, CanaryNames(canary) == .former, path.hasPrefix("spec.analysis") else { return path }
        let rest = path.dropFirst("spec.analysis".count)
        guard rest.first.map({ $0 == "." || $0 == "[" }) ?? true else { return path }
        return "spec.canaryAnalysis\(rest)"
    }

    /// `canary` in `apiVersion`.
    ///
    /// - Throws: why it cannot be converted, with its name.
    package static func converted(
        _ canary: JSONValue,
        to apiVersion: String
    ) throws(ConversionRefusal) -> JSONValue {
        guard canary["kind"]?.string == "Canary" else {
            throw refusal(canary, apiVersion, "not of the kind Canary, the only one with two versions")
        }
        try checkMetadata(of: canary, apiVersion)
        switch (canary["apiVersion"]?.string, apiVersion) {
        case (current, current), (former, former): return canary
        case (former, current): return raised(canary)
        case (current, former): return lowered(canary)
        case (current, let wanted), (former, let wanted):
            throw refusal(canary, wanted, "no version of it, expected \(current) or \(former)")
        case (let found, _):
            let shown = Finding.shown(canary["apiVersion"] ?? .null)
            let problem = found == nil ? "no apiVersion" : "it is in \(shown)"
            throw refusal(canary, apiVersion, "\(problem), expected \(current) or \(former)")
        }
    }

    /// Checks that there is a place for annotations, as there is in whatever the API server sends.
    private static func checkMetadata(of canary: JSONValue, _ apiVersion: String) throws(ConversionRefusal) {
        let metadata = canary["metadata"] ?? .null
        guard metadata.object != nil else {
            throw refusal(canary, apiVersion, "metadata: of type \(metadata.typeName), expected an object")
        }
        let annotations = metadata["annotations"] ?? .null
        guard annotations.isNull || annotations.object != nil else {
            let found = annotations.typeName
            throw refusal(canary, apiVersion, "metadata.annotations: of type \(found), expected an object")
        }
    }

    private static func refusal(_ object: JSONValue, _ apiVersion: String, _ problem: String) -> ConversionRefusal {
        ConversionRefusal(object, to: apiVersion, problem)
    }

    // MARK: The two ways

    /// `canary`, of `v1alpha3`, in `v1beta1`.
    private static func raised(_ canary: JSONValue) -> JSONValue {
        let notes = VersionNotes(in: canary, .ofCurrent)
        var memory = VersionNotes()
        var canary = canary
        switch CanaryNames(canary) {
        case .former where notes.analysis == .former: break
        case .former:
            canary.renameAnalysis(from: .former, to: .current)
            canary.renameMetrics(.toCurrent, except: notes, noting: &memory)
        case .current:
            memory.analysis = .current
            canary.renameMetrics(.toCurrent, except: notes, noting: &memory)
        case nil: break
        }
        canary["apiVersion"] = .string(current)
        return memory.written(.ofFormer, on: canary)
    }

    /// `canary`, of `v1beta1`, in `v1alpha3`.
    static func lowered(_ canary: JSONValue) -> JSONValue {
        let memory = VersionNotes(in: canary, .ofFormer)
        var notes = VersionNotes()
        var canary = canary
        switch CanaryNames(canary) {
        case .former: notes.analysis = .former
        case .current:
            canary.renameMetrics(.toFormer, except: memory, noting: &notes)
            if memory.analysis != .current { canary.renameAnalysis(from: .current, to: .former) }
        case nil: break
        }
        canary["apiVersion"] = .string(former)
        return notes.written(.ofCurrent, on: canary)
    }
}
