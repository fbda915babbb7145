package import JSON
package import Kubernetes
package import Platform
internal import Synchronization

/// Where the informers put what they see and the webhooks get their picture of it.
///
/// A picture that was handed out never changes.
package final class ClusterViewStore: Sendable {
    /// A picture and the number of the change that it came from.
    private struct Copy {
        var view: ClusterView
        var number = 0
    }

    private let latest: Locked<Copy>
    /// The number of the latest change, for those who look whether their copy is still right.
    private let number = Atomic<Int>(0)
    /// The latest picture as far as somebody has asked for it, so that reviews on different threads do not wait for one
    /// another.
    private let copies: Striped<Copy>

    /// A store that begins with `view`.
    package init(_ view: ClusterView = ClusterView()) {
        latest = Locked(Copy(view: view))
        copies = Striped { Copy(view: view) }
    }

    /// The picture now.
    package var current: ClusterView {
        copies.withLock { copy in
            if copy.number != number.load(ordering: .acquiring) { copy = latest.withLock { $0 } }
            return copy.view
        }
    }

    /// Takes in what an informer of `type` saw.
    package func apply(_ type: ResourceType, _ event: InformerEvent) {
        change { view in
            switch event {
            case .added(let object): view.set(type, object)
            case .updated(_, let object): view.set(type, object)
            case .deleted(let object): view.remove(type, object.key)
            }
        }
    }

    /// Puts `objects` in place of all objects of `type`.
    package func replace(_ type: ResourceType, with objects: [JSONValue]) {
        change { $0.replace(type, with: objects) }
    }

    /// Takes in who may break the glass.
    package func record(_ question: AccessQuestion, isAllowed: Bool, at now: Timestamp) {
        change { $0.record(question, isAllowed: isAllowed, at: now) }
    }

    /// Takes the objects of `type` for a part of them until `complete`.
    package func expect(_ type: ResourceType) { change { $0.expect(type) } }

    /// Takes the objects of `type` for all of them.
    package func complete(_ type: ResourceType) { change { $0.complete(type) } }

    /// Puts another picture in place of the whole one.
    package func replace(_ newView: ClusterView) { change { $0 = newView } }

    private func change(_ body: (inout ClusterView) -> Void) {
        latest.withLock { latest in
            body(&latest.view)
            latest.number += 1
            number.store(latest.number, ordering: .releasing)
        }
    }
}
