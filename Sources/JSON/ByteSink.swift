/// Bytes that are written piece by piece into memory of its own.
///
/// Most pieces are a few bytes: an array would look for each of them whether it is held twice, and spend ten times as
/// long on growing as on copying.
@safe
struct ByteSink: ~Copyable {
    private var storage: UnsafeMutableRawBufferPointer
    private var count = 0

    /// Nothing yet, with room for `capacity` bytes.
    init(capacity: Int) { unsafe storage = .allocate(byteCount: max(capacity, 16), alignment: 16) }

    deinit { unsafe storage.deallocate() }

    /// What has been written.
    var bytes: [UInt8] { unsafe Array(written) }

    /// Runs `body` with what has been written.
    func withSpan(_ body: (Span<UInt8>) -> Void) {
        // The memory holds bytes and nothing else, and lives as long as the call.
        let bytes = unsafe written.assumingMemoryBound(to: UInt8.self)
        unsafe body(bytes.span)
    }

    /// Appends what has been written to `output`.
    func append(to output: inout [UInt8]) { unsafe output.append(contentsOf: written) }

    private var written: UnsafeRawBufferPointer { unsafe UnsafeRawBufferPointer(rebasing: storage[..<count]) }

    /// Appends `byte`.
    @inline(__always)
    mutating func append(_ byte: UInt8) {
        if unsafe count == storage.count { grow(by: 1) }
        // There is room for one.
        unsafe storage[count] = byte
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
        if unsafe storage.count &- count < source.count { grow(by: source.count) }
        // The slice checks that there is room; what is copied is of a trivial type.
        unsafe UnsafeMutableRawBufferPointer(rebasing: storage[count...]).copyMemory(from: source)
        count &+= source.count
    }

    /// Makes room for `size` bytes and for as many again as there are.
    @inline(never)
    private mutating func grow(by size: Int) {
        let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
            byteCount: storage.count + max(size, storage.count),
            alignment: 16
        )
        unsafe larger.copyMemory(from: written)
        unsafe storage.deallocate()
        unsafe storage = larger
    }
}
