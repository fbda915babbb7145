internal import Glibc

/// A value behind a mutex, for what threads share outside an actor.
///
/// Hold it for a few instructions; never suspend in it. A pthread mutex and not `Synchronization.Mutex`, because ThreadSanitizer knows only the former on Linux.
@safe
package final class Locked<Value>: @unchecked Sendable {
    // @unchecked: `value` is touched only between lock and unlock in `withLock`.
    private var value: Value
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>

    /// Puts `value` behind a new mutex.
    package init(_ value: sending Value) {
        self.value = value
        unsafe mutex = .allocate(capacity: 1)
        unsafe mutex.initialize(to: pthread_mutex_t())
        let code = unsafe pthread_mutex_init(mutex, nil)
        precondition(code == 0, "pthread_mutex_init fails only without memory")
    }

    deinit {
        unsafe pthread_mutex_destroy(mutex)
        unsafe mutex.deallocate()
    }

    /// Runs `body` with the value while no other thread can; waits for the mutex.
    package func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return try body(&value)
    }
}
