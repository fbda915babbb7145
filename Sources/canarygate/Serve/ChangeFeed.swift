import Kubernetes
import Platform

/// Tells one who listens what the informers see.
final class ChangeFeed: Sendable {
    /// What is called; neither may block.
    struct Listener: Sendable {
        /// An object has changed.
        let onEvent: @Sendable (ResourceType, InformerEvent) -> Void
        /// A kind is known now, or is not any more.
        let onAvailability: @Sendable (ResourceType, KindAvailability) -> Void
    }

    private let listener = Locked<Listener?>(nil)

    /// Tells `newListener` from now on: to be called before the informers run, so that it misses nothing.
    func follow(_ newListener: Listener) { listener.withLock { $0 = newListener } }

    /// Tells of a change of an object.
    func tell(_ type: ResourceType, _ event: InformerEvent) { listener.withLock { $0 }?.onEvent(type, event) }

    /// Tells of a kind.
    func tell(_ type: ResourceType, _ availability: KindAvailability) {
        listener.withLock { $0 }?.onAvailability(type, availability)
    }
}
