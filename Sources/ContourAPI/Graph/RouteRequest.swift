/// A request, as far as routes look at it.
package struct RouteRequest: Hashable, Sendable {
    /// The path, without query: `/api/items`.
    package let path: String
    /// Its fields by lower-case name, `:method` among them.
    package let headers: [String: String]
    /// Its query parameters by name.
    package let parameters: [String: String]

    package init(
        path: String,
        method: String = "GET",
        headers: [String: String] = [:],
        parameters: [String: String] = [:]
    ) {
        self.path = path
        var fields = [":method": method, ":path": path]
        for (name, value) in headers { fields[name.lowercased()] = value }
        self.headers = fields
        self.parameters = parameters
    }
}
