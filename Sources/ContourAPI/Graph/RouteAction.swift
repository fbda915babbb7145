/// What becomes of a request that a route takes.
package enum RouteAction: Hashable, Sendable {
    /// It goes to one of these Services, and copies of it to those that are mirrors.
    case services([RouteBackend])
    /// The client is sent elsewhere; where, as in `https://shop.example.com:8443/new`, parts that stay left out.
    case redirect(status: Int, to: String)
    /// Envoy answers itself.
    case response(status: Int)
}
