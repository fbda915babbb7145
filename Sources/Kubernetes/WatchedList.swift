/// The state of a collection and the changes that come after it.
package struct WatchedList: Sendable {
    /// The objects as they were.
    package let list: ObjectList
    /// What became of them since.
    package let changes: WatchStream

    /// `list`, and the `changes` after it.
    package init(list: ObjectList, changes: WatchStream) {
        self.list = list
        self.changes = changes
    }
}
