internal import Glibc

extension Socket {
    /// The next bytes to read, at most `count`, which stay to be read; empty when there are none.
    package func peek(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
            let flags = Int32(MSG_PEEK | MSG_DONTWAIT)
            length = unsafe max(0, recv(handle.descriptor, buffer.baseAddress, count, flags))
        }
    }
}
