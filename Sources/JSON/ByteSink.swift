/// Bytes that are written piece by piece.
///
/// An array that is longer than what has been written: most pieces are a few bytes, and an array that grows by each of
/// them spends ten times as long on growing as on copying.
struct ByteSink {
    private var storage: [UInt8]
    private var count: Int

    /// Nothing yet, with room for `capacity` bytes.
    init(capacity: Int) {
        storage = [UInt8](repeating: 0, count: capacity)
        count = 0
    }

    /// Goes on after what `bytes` holds, which is empty then.
    init(taking bytes: inout [UInt8]) {
        count = bytes.count
        storage = []
        swap(&storage, &bytes)
    }

    /// What has been written; nothing is left of it here.
    mutating func take() -> [UInt8] {
        storage.removeLast(storage.count - count)
        count = 0
        defer { storage = [] }
        return storage
    }

    /// Appends `byte`.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if count == storage.count { grow(by: 1) }
        storage[count] = byte
        count &+= 1
    }

    /// Appends `text` as it is.
    @inline(__always)
    mutating func append(raw text: StaticString) {
        // A static string lives for ever.
        unsafe append(copying: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Appends all of `span`.
    @inline(__always)
    mutating func append(_ span: Span<UInt8>) {
        // The bytes are copied within the call.
        unsafe span.withUnsafeBytes { source in unsafe append(copying: source) }
    }

    @inline(__always)
    private mutating func append(copying source: UnsafeRawBufferPointer) {
        if storage.count &- count < source.count { grow(by: source.count) }
        let start = count
        unsafe storage.withUnsafeMutableBytes { room in
            // The slice checks that there is room; what is copied is of a trivial type.
            unsafe UnsafeMutableRawBufferPointer(rebasing: room[start...]).copyMemory(from: source)
        }
        count &+= source.count
    }

    /// Makes room for `size` bytes and for as many again as there are.
    @inline(never)
    private mutating func grow(by size: Int) {
        storage.append(contentsOf: repeatElement(0, count: max(size, storage.count, 64)))
    }
}
