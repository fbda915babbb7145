internal import Glibc

/// A value that is kept several times, each behind a mutex of its own, and of which a thread always gets the same one:
/// threads that count, or read a copy of something, do not wait for one another.
package final class Striped<Value>: Sendable {
    /// Twice as many as the event loops of most machines, as threads find their stripe by chance.
    private static var count: Int { 16 }

    private let stripes: [Locked<Value>]

    /// Each of them begins as what `make` makes.
    package init(_ make: () -> sending Value) { stripes = (0..<Self.count).map { _ in Locked(make()) } }

    /// Runs `body` with the calling thread's value.
    package func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        // A thread's name is an address; the product's upper bits depend on all of it.
        let name = UInt64(truncatingIfNeeded: pthread_self())
        return try stripes[Int((name &* 0x9e37_79b9_7f4a_7c15) >> 60)].withLock(body)
    }

    /// Runs `body` with each of the values, one after another.
    package func visit(_ body: (inout Value) -> Void) {
        for stripe in stripes { stripe.withLock { value in body(&value) } }
    }
}
