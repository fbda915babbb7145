import HTTPTypes

/// What is done to a resource, as access rules name it.
enum APIVerb: String, Sendable {
    case get
    case list
    case watch
    case create
    case update
    case patch
    case delete
    case deletecollection

    /// Nil for a method that no resource knows.
    init?(_ method: HTTPRequest.Method, isCollection: Bool, isWatch: Bool) {
        switch method {
        case .get, .head: self = isWatch ? .watch : isCollection ? .list : .get
        case .post: self = .create
        case .put where !isCollection: self = .update
        case .patch where !isCollection: self = .patch
        case .delete: self = isCollection ? .deletecollection : .delete
        default: return nil
        }
    }
}
