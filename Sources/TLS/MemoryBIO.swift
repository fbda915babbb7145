internal import COpenSSL

/// Bytes that OpenSSL reads or writes.
@safe
struct MemoryBIO: ~Copyable {
    let pointer: OpaquePointer

    /// An empty one, to write to.
    init() throws(TLSError) {
        guard let made = unsafe BIO_new(BIO_s_mem()) else { throw TLSError.fromQueue(.library, "allocate buffer") }
        unsafe pointer = made
    }

    /// One that holds a copy of `bytes`, to read from.
    init(_ bytes: [UInt8]) throws(TLSError) {
        guard let made = unsafe BIO_new(BIO_s_mem()) else { throw TLSError.fromQueue(.library, "allocate buffer") }
        let written = unsafe BIO_write(made, bytes, Int32(clamping: bytes.count))
        guard Int(written) == bytes.count || bytes.isEmpty else {
            unsafe BIO_free(made)
            throw TLSError.fromQueue(.library, "fill buffer")
        }
        unsafe pointer = made
    }

    deinit { unsafe BIO_free(pointer) }

    /// What was written.
    var contents: [UInt8] {
        var start: UnsafePointer<CChar>?
        let length = unsafe openssl_bio_contents(pointer, &start)
        guard let start = unsafe start, length > 0 else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: length))
    }
}
