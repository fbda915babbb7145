import Kubernetes
import Platform

/// Keys in the order of the times at which they are due; a binary heap.
struct DueHeap {
    /// A key's place in the order.
    struct Item: Hashable {
        /// When it is due.
        let due: Timestamp
        /// Of two that are due together the lower one comes first.
        let turn: Int
        let key: ObjectKey

        func isBefore(_ other: Item) -> Bool { (due, turn) < (other.due, other.turn) }
    }

    /// Each item is before the two at twice its place and one, and twice its place and two.
    private(set) var items: [Item] = []

    /// The item that is due first.
    var first: Item? { items.first }

    /// A heap of `items`.
    init(_ items: [Item] = []) { self.items = items.sorted { $0.isBefore($1) } }

    /// Adds `item`.
    mutating func insert(_ item: Item) {
        items.append(item)
        var place = items.count - 1
        while place > 0 {
            let above = (place - 1) / 2
            guard items[place].isBefore(items[above]) else { return }
            items.swapAt(place, above)
            place = above
        }
    }

    /// Removes the item that is due first.
    mutating func removeFirst() {
        items.swapAt(0, items.count - 1)
        items.removeLast()
        var place = 0
        while true {
            let below = [2 * place + 1, 2 * place + 2].filter { $0 < items.count }
            guard let least = below.min(by: { items[$0].isBefore(items[$1]) }),
                items[least].isBefore(items[place])
            else { return }
            items.swapAt(place, least)
            place = least
        }
    }
}
