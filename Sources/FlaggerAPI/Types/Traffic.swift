/// What the route does with the requests of a Canary's callers.
///
/// Of an A/B test only the requests that match are meant; all others go to the primary whatever stands here.
package struct Traffic: Hashable, Sendable {
    /// The canary's share in percent; the primary has the rest.
    package var canary: Int
    /// Percent of the requests that are copied to the canary, whose answers to the copies nobody gets.
    package var mirror: Int
    /// The cookies by which callers stay with a revision; nil where they are not asked to.
    package var session: SessionCookies?

    package init(canary: Int, mirror: Int = 0, session: SessionCookies? = nil) {
        self.canary = canary
        self.mirror = mirror
        self.session = session
    }

    /// All of it goes to the primary, and nothing is copied.
    package static let home = Traffic(canary: 0)
}

/// The values of the cookies by which callers stay with a revision; another for each run, so that old ones mean nothing.
package struct SessionCookies: Hashable, Sendable {
    /// Of those that the canary has answered.
    package var canary: String
    /// Of those that the primary has answered; nil where they are not kept with it.
    package var primary: String?

    package init(canary: String, primary: String? = nil) {
        self.canary = canary
        self.primary = primary
    }
}
