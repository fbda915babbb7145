import Kubernetes

/// The HTTPProxies above one, to see which of its includes lead back to it.
struct IncludeCircles {
    private let key: ObjectKey
    /// From each object above, the next one on the shortest way down.
    private var next: [ObjectKey: ObjectKey] = [:]
    /// Whether there are more than were looked at.
    private(set) var isCut = false

    /// Those above `proxy`.
    init(through proxy: ProxyOutline, among around: ProxyNeighbours) {
        key = proxy.key
        // Nobody includes a root, and a root in between ends the way.
        guard !proxy.isRoot, !proxy.includes.isEmpty else { return }
        var pending = [proxy.key]
        while let below = pending.popLast() {
            for holder in around.holders(of: below) where next[holder.key] == nil && !holder.isRoot {
                guard next.count < Ways.stepLimit else {
                    isCut = true
                    return
                }
                let checks = around.checks(of: holder)
                guard !holder.includes(of: below).allSatisfy({ Ways.isSkipped($0, checks) }) else { continue }
                next[holder.key] = below
                if holder.key != key { pending.insert(holder.key, at: 0) }
            }
        }
    }

    /// The objects of the circle that an include of `target` closes, from the object round to it; nil for none.
    func circle(by target: ObjectKey) -> [ObjectKey]? {
        guard target != key, next[target] != nil else { return nil }
        var circle = [key]
        var current = target
        while current != key, circle.count <= next.count + 1 {
            circle.append(current)
            guard let below = next[current] else { return nil }
            current = below
        }
        return circle + [key]
    }
}
