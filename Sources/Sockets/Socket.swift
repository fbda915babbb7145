internal import CEpoll
internal import Glibc
internal import Synchronization

/// A non-blocking TCP socket that owns its descriptor and closes it when it goes.
package struct Socket: ~Copyable, Sendable {
    /// Bytes moved by one call.
    package enum Transfer: Hashable, Sendable {
        /// So many, at least one.
        case bytes(Int)
        /// Nothing can be moved now: wait.
        case wouldBlock
        /// The other side has finished sending.
        case end
    }

    /// What an event loop knows it by.
    package let handle: SocketHandle

    private static let serials = Atomic<UInt64>(0)

    private init(adopting descriptor: Int32) {
        handle = SocketHandle(
            descriptor: descriptor,
            serial: Self.serials.wrappingAdd(1, ordering: .relaxed).newValue
        )
    }

    /// Takes over the socket that another value has released.
    package init(adopting handle: SocketHandle) { self.handle = handle }

    deinit { close(handle.descriptor) }

    /// Gives the descriptor up without closing it, to be adopted once: a task's closure cannot take a socket over.
    package consuming func release() -> SocketHandle {
        let handle = handle
        discard self
        return handle
    }

    /// Binds and listens on `address`; an IPv6 one takes IPv4 connections too when it is the wildcard.
    ///
    /// - Throws: `SocketError`.
    package static func listening(on address: SocketAddress, backlog: Int32 = 1_024) throws(SocketError) -> Socket {
        let socket = try open(address)
        try socket.setOption(SOL_SOCKET, SO_REUSEADDR, 1)
        if address.isIPv6 {
            try socket.setOption(Int32(IPPROTO_IPV6), IPV6_V6ONLY, address.bytes.allSatisfy { $0 == 0 } ? 0 : 1)
        }
        try Syscall.run("bind", subject: address.description) {
            unsafe address.withSockaddr { unsafe bind(socket.handle.descriptor, $0, $1) }
        }
        try Syscall.run("listen on", subject: address.description) { listen(socket.handle.descriptor, backlog) }
        return socket
    }

    /// Begins to connect to `address`: wait until the socket is writable, then ask `finishConnecting()`.
    ///
    /// - Throws: `SocketError`.
    package static func connecting(to address: SocketAddress) throws(SocketError) -> Socket {
        let socket = try open(address)
        try socket.prepareForStreaming()
        let descriptor = socket.handle.descriptor
        do {
            _ = try Syscall.nonblocking("connect") {
                unsafe address.withSockaddr { unsafe connect(descriptor, $0, $1) }
            }
        } catch {
            throw SocketError(code: error.code, operation: "connect to", subject: "\(address)", reason: error.reason)
        }
        return socket
    }

    /// Says how connecting ended, once the socket is writable.
    ///
    /// - Throws: `SocketError` when it failed.
    package func finishConnecting(to address: SocketAddress) throws(SocketError) {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        try Syscall.run("getsockopt SO_ERROR") {
            unsafe getsockopt(handle.descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        }
        if code != 0 { throw SocketError(errno: code, operation: "connect to", subject: "\(address)") }
    }

    /// The next connection of a listening socket; nil when there is none now.
    ///
    /// - Throws: `SocketError`; its code is `exhausted` when there are no descriptors left and `closed` when the
    ///   connection was gone before it was taken.
    package func accept() throws(SocketError) -> Socket? {
        // With its flags from the start: a process begun in between would inherit the connection.
        let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let accepted = try Syscall.nonblocking("accept") { canarygate_accept4(handle.descriptor, nil, nil, flags) }
        guard let accepted else { return nil }
        let socket = Socket(adopting: accepted)
        try socket.prepareForStreaming()
        return socket
    }

    /// Makes a listening socket refuse new connections, though its descriptor stays open.
    package func stopListening() { shutdown(handle.descriptor, Int32(SHUT_RDWR)) }

    /// Tells the other side that nothing more comes.
    package func finishWriting() { shutdown(handle.descriptor, Int32(SHUT_WR)) }

    /// Reads what is there into `buffer`.
    ///
    /// - Throws: `SocketError`.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(SocketError) -> Transfer {
        let count = try Syscall.nonblocking("read") {
            unsafe recv(handle.descriptor, buffer.baseAddress, buffer.count, 0)
        }
        guard let count else { return .wouldBlock }
        return count == 0 ? .end : .bytes(count)
    }

    /// Reads what is there into `buffer` and leaves it to be read again.
    ///
    /// - Throws: `SocketError`.
    package func peek(into buffer: UnsafeMutableRawBufferPointer) throws(SocketError) -> Transfer {
        let count = try Syscall.nonblocking("peek") {
            unsafe recv(handle.descriptor, buffer.baseAddress, buffer.count, Int32(MSG_PEEK))
        }
        guard let count else { return .wouldBlock }
        return count == 0 ? .end : .bytes(count)
    }

    /// Lets the socket count as readable only when so many bytes have arrived, or the end: 1 unless told otherwise.
    ///
    /// - Throws: `SocketError`.
    package func setReadMark(_ bytes: Int) throws(SocketError) {
        try setOption(SOL_SOCKET, SO_RCVLOWAT, Int32(clamping: bytes))
    }

    /// Writes as much of `buffer` as the system takes.
    ///
    /// - Throws: `SocketError`.
    package func write(_ buffer: UnsafeRawBufferPointer) throws(SocketError) -> Transfer {
        let count = try Syscall.nonblocking("write") {
            unsafe send(handle.descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
        }
        guard let count else { return .wouldBlock }
        return .bytes(count)
    }

    /// Whether an idle connection has bytes or its end to read: then it cannot be used for another exchange.
    package var hasSomethingToRead: Bool {
        var byte: UInt8 = 0
        let flags = Int32(MSG_PEEK | MSG_DONTWAIT)
        let count = unsafe recv(handle.descriptor, &byte, 1, flags)
        return count >= 0 || (errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)
    }

    /// Sends the acknowledgement of what was received at once.
    ///
    /// After a handshake without tickets, a client that left Nagle's algorithm on waits 40 ms for it otherwise.
    package func acknowledgeNow() {
        // Not worth failing a connection for: without it the client only waits.
        var one: Int32 = 1
        unsafe setsockopt(
            handle.descriptor,
            Int32(IPPROTO_TCP),
            TCP_QUICKACK,
            &one,
            socklen_t(MemoryLayout<Int32>.size)
        )
    }

    /// The address this end is bound to.
    ///
    /// - Throws: `SocketError`.
    package func localAddress() throws(SocketError) -> SocketAddress {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let address = try unsafe Self.address(&storage) { (pointer) throws(SocketError) in
            try Syscall.run("getsockname") { unsafe getsockname(handle.descriptor, pointer, &length) }
        }
        guard let address else {
            throw SocketError(code: .system, operation: "getsockname", reason: "neither IPv4 nor IPv6")
        }
        return address
    }

    private static func address(
        _ storage: UnsafeMutablePointer<sockaddr_storage>,
        fill: (UnsafeMutablePointer<sockaddr>) throws(SocketError) -> Void
    ) throws(SocketError) -> SocketAddress? {
        let pointer = unsafe UnsafeMutableRawPointer(storage).assumingMemoryBound(to: sockaddr.self)
        try unsafe fill(pointer)
        return unsafe SocketAddress.from(pointer)
    }

    private static func open(_ address: SocketAddress) throws(SocketError) -> Socket {
        Syscall.ignorePipeSignal
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        return Socket(
            adopting: try Syscall.run("open socket for", subject: "\(address)") { socket(address.family, kind, 0) }
        )
    }

    /// No Nagle delay, and probes after 15 s of silence, every 15 s, nine times: a peer that vanished without a word is
    /// noticed after two and a half minutes, as Go's servers do.
    private func prepareForStreaming() throws(SocketError) {
        try setOption(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        try setOption(SOL_SOCKET, SO_KEEPALIVE, 1)
        try setOption(Int32(IPPROTO_TCP), TCP_KEEPIDLE, 15)
        try setOption(Int32(IPPROTO_TCP), TCP_KEEPINTVL, 15)
        try setOption(Int32(IPPROTO_TCP), TCP_KEEPCNT, 9)
    }

    private func setOption(_ level: Int32, _ name: Int32, _ value: Int32) throws(SocketError) {
        var value = value
        try Syscall.run("setsockopt", subject: "\(name)") {
            unsafe setsockopt(handle.descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
        }
    }
}
