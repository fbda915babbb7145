internal import COpenSSL

/// ALPN (RFC 7301): HTTP/1.1 and nothing else.
enum ApplicationProtocol {
    /// A client's list: one name behind its length.
    static let offer: [UInt8] = [8] + Array("http/1.1".utf8)

    /// Picks `http/1.1` out of the client's own list, so that nothing has to be kept alive; a list without it ends the
    /// handshake with `no_application_protocol`.
    ///
    /// A client that sends no list never gets here.
    static let select:
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, UnsafeMutablePointer<UInt8>?,
            UnsafePointer<UInt8>?, UInt32, UnsafeMutableRawPointer?
        ) -> Int32 = { _, chosen, chosenLength, list, length, _ in
            guard let list = unsafe list, let chosen = unsafe chosen, let chosenLength = unsafe chosenLength else {
                return SSL_TLSEXT_ERR_ALERT_FATAL
            }
            let names = unsafe UnsafeBufferPointer(start: list, count: Int(length))
            var start = 0
            while start < names.count {
                let size = unsafe Int(names[start])
                let name = unsafe names[(start + 1)..<min(start + 1 + size, names.count)]
                if unsafe name.elementsEqual(offer.dropFirst()) {
                    unsafe chosen.pointee = unsafe list + start + 1
                    unsafe chosenLength.pointee = UInt8(size)
                    return SSL_TLSEXT_ERR_OK
                }
                start += 1 + size
            }
            return SSL_TLSEXT_ERR_ALERT_FATAL
        }
}
