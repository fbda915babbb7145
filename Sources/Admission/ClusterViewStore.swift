package import JSON
package import Kubernetes
import Platform

/// Where the informers put what they see and the webhooks get their picture of it.
///
/// A picture that was handed out never changes.
package final class ClusterViewStore: Sendable {
    private let view: Locked<ClusterView>

    /// A store that begins with `view`.
    package init(_ view: ClusterView = ClusterView()) { self.view = Locked(view) }

    /// The picture now.
    package var current: ClusterView { view.withLock { $0 } }

    /// Takes in what an informer of `type` saw.
    package func apply(_ type: ResourceType, _ event: InformerEvent) {
        view.withLock { view in
            switch event {
            case .added(let object): view.set(type, object)
            case .updated(_, let object): view.set(type, object)
            case .deleted(let object): view.remove(type, object.key)
            }
        }
    }

    /// Puts `objects` in place of all objects of `type`.
    package func replace(_ type: ResourceType, with objects: [JSONValue]) {
        view.withLock { $0.replace(type, with: objects) }
    }

    /// Takes the objects of `type` for a part of them until `complete`.
    package func expect(_ type: ResourceType) { view.withLock { $0.expect(type) } }

    /// Takes the objects of `type` for all of them.
    package func complete(_ type: ResourceType) { view.withLock { $0.complete(type) } }

    /// Puts another picture in place of the whole one.
    package func replace(_ newView: ClusterView) { view.withLock { $0 = newView } }
}
