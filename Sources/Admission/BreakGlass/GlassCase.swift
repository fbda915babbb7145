package import Platform

/// Something that only the loop does, asked for by somebody else: it is forbidden, but for a broken glass.
package struct GlassCase: Sendable {
    /// The object as kubectl names it, `deployment/podinfo-primary`.
    package let title: String
    /// The Canary whose it is.
    package let canary: String
    /// Its namespace.
    package let namespace: String
    /// What stands on the object.
    package let glass: BreakGlass
    /// Why it is forbidden, and what to do instead.
    package let refusal: String

    package init(title: String, canary: String, namespace: String, glass: BreakGlass, refusal: String) {
        self.title = title
        self.canary = canary
        self.namespace = namespace
        self.glass = glass
        self.refusal = refusal
    }

    /// What comes of it.
    package enum Outcome: Hashable, Sendable {
        /// It may be; the use of the glass.
        case allowed(BrokenGlass)
        /// It may not; why.
        case refused(String)
    }

    /// What comes of it where `request` asks, by what `view` knows of who may break the glass; and what was looked up.
    package func outcome(
        of request: AdmissionRequest,
        in view: ClusterView,
        now: Timestamp
    ) -> (outcome: Outcome, lookup: AccessQuestion?) {
        switch glass.state(at: now) {
        case .absent: return (.refused(refusal), nil)
        case .expired(let end): return (.refused("\(refusal); its break-glass ended at \(end)"), nil)
        case .malformed(let end): return (.refused("\(title): \(BreakGlass.complaint(about: end))"), nil)
        case .given(let reason):
            let question = AccessQuestion(username: request.username, groups: request.groups, namespace: namespace)
            let user = OneLine.cut(request.username, to: 120)
            switch view.access.isAllowed(question, at: now) {
            case true?:
                let use = BrokenGlass(
                    resource: request.resource,
                    title: title,
                    namespace: namespace,
                    canary: canary,
                    username: user,
                    reason: reason
                )
                return (.allowed(use), question)
            case false?:
                let why =
                    "\(title): \(user) may not break the glass in namespace \(namespace), which takes the verb use on "
                    + "breakglass.canarygate.dev (ClusterRole canarygate-break-glass)"
                return (.refused(why), question)
            case nil:
                let why = "\(title): whether \(user) may break the glass is being looked up, try again in a moment"
                return (.refused(why), question)
            }
        }
    }

    /// The verdict: forbidden, or let through with a warning.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        let (outcome, lookup) = outcome(of: request, in: view, now: now)
        var verdict: Verdict
        switch outcome {
        case .refused(let why): verdict = Verdict(forbidden: why)
        case .allowed(let use):
            verdict = Verdict(warnings: [use.warning])
            verdict.brokenGlass = use
        }
        verdict.lookup = lookup
        return verdict
    }
}

extension BrokenGlass {
    /// What the user is told.
    package var warning: String { OneLine.cut("break-glass on \(title): \(reason)", to: 119) }
}
