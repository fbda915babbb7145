import Admission
import JSON
import Platform

/// A change by hand of what the loop remembers in a Canary's status.
///
/// Phase and promoted revision are what the gate goes by, and a status that says `Promoting` makes the loop copy what
/// nobody has analysed: who may write it decides what gets live traffic.
struct StatusEdit {
    private let canary: GatedCanary
    private let glass: BreakGlass

    /// The change that `request` is; nil when it is none.
    init?(_ request: AdmissionRequest) {
        guard request.resource == "canaries", request.subresource == "status", request.operation == .update,
            let sent = request.object, let stored = request.oldObject
        else { return nil }
        let (new, old) = (sent["status"]?.value ?? .null, stored["status"]?.value ?? .null)
        guard new != old else { return nil }
        let object = stored.value
        canary = GatedCanary(object)
        // What comes along with a status is not stored, and says nothing.
        glass = BreakGlass(on: object)
    }

    /// Forbidden, but for a broken glass.
    var glassCase: GlassCase {
        GlassCase(
            title: "the status of \(title)",
            canary: canary.name,
            namespace: canary.namespace,
            glass: glass,
            refusal: "the status of \(title) is the loop's memory of what is proven and how much traffic it has; "
                + "instead run: \(canary.overrideCommands); or, to do it by hand all the same: "
                + "\(canary.kubectl) annotate \(title) \(GateAnnotations.breakGlass)='<reason>'"
        )
    }

    private var title: String { "canary/\(canary.name)" }
}
