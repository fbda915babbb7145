/// What the controller that acts on an object writes into the object's status for a fault.
///
/// People search for these words; they are the controller's own.
package struct ReportedCondition: Hashable, Sendable, CustomStringConvertible {
    /// Who writes it: `Contour`.
    package let controller: String
    /// `RouteError`.
    package let type: String
    /// `PathMatchConditionsNotValid`.
    package let reason: String

    package init(controller: String, type: String, reason: String) {
        self.controller = controller
        self.type = type
        self.reason = reason
    }

    /// `Contour: RouteError/PathMatchConditionsNotValid`.
    package var description: String { "\(controller): \(type)/\(reason)" }
}
