/// A webhook that gave no answer, or none that may be used.
struct WebhookFailure: Error, Hashable, Sendable {
    /// What goes behind `failed calling webhook "x": ` in the API server's message.
    let text: String

    init(_ text: String) { self.text = text }

    /// The same without the words that admission puts before a failed call.
    var cause: String { text.hasPrefix(Self.callPrefix) ? String(text.dropFirst(Self.callPrefix.count)) : text }

    private static let callPrefix = "failed to call webhook: "

    /// A call that did not get as far as an answer that could be read.
    static func call(_ text: String) -> WebhookFailure { WebhookFailure(callPrefix + text) }

    /// An answer that breaks the rules of reviews.
    static func answer(_ text: String) -> WebhookFailure {
        WebhookFailure("received invalid webhook response: \(text)")
    }
}
