/// A text that is equal to another when its bytes are: what keys are found by.
package struct ByteText: Hashable {
    /// The text.
    package let text: String

    /// The key that `text` is.
    package init(_ text: String) { self.text = text }

    /// Whether both have the same bytes.
    package static func == (left: ByteText, right: ByteText) -> Bool { sameText(left.text, right.text) }

    /// Hashes the bytes.
    package func hash(into hasher: inout Hasher) {
        // The pointer is used within the call only.
        unsafe text.utf8.span.withUnsafeBytes { buffer in unsafe hasher.combine(bytes: buffer) }
    }
}
