/// What becomes of a simulated pod after its start-up time.
package enum PodStart: Hashable, Sendable {
    /// It runs and is ready.
    case running
    /// It waits for an image that does not come.
    case imageMissing
    /// Its containers end with an error again and again.
    case crashing
}
