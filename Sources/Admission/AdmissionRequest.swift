package import JSON

/// What the API server asks: whether this may happen to this object.
///
/// Source: admission.k8s.io/v1 AdmissionRequest; v1beta1 has the same members.
///
/// A class, as nobody changes it and it is handed from hand to hand: a copy of a value this large has to count in each of
/// its texts.
package final class AdmissionRequest: Sendable {
    /// What happens to the object.
    package enum Operation: String, Sendable {
        /// It is made.
        case create = "CREATE"
        /// It is changed.
        case update = "UPDATE"
        /// It is removed.
        case delete = "DELETE"
        /// It is connected to (exec, attach, proxy).
        case connect = "CONNECT"
    }

    /// The call's id, fresh for each call.
    package let uid: String
    /// Kind, group and version of the object as it is sent.
    package let group: String
    /// The object's API version within the group.
    package let version: String
    /// The plural, `deployments`.
    package let resource: String
    /// The kind, `Deployment`.
    package let kind: String
    /// The version in which the user sent it, where the API server converted it to `version` for this webhook; the same
    /// as that where it did not, nil where it did not say.
    package let requestVersion: String?
    /// `scale`, `status`, …; nil for the object itself.
    package let subresource: String?
    /// The object's name; nil while it is to be generated, and for a collection.
    package let name: String?
    /// The object's namespace; nil for a kind without.
    package let namespace: String?
    /// What happens.
    package let operation: Operation
    /// Who asks.
    package let username: String
    /// The object as it would be stored; nil for DELETE.
    package let object: JSONCursor?
    /// The object as it is stored; nil for CREATE.
    package let oldObject: JSONCursor?
    /// Whether nothing will be stored.
    package let isDryRun: Bool
    /// Who asks, as the API server says it; nil where it did not.
    private let userInfo: JSONCursor?

    /// The groups of who asks.
    package var groups: [String] { (userInfo?["groups"]?.elements ?? []).compactMap(\.string) }

    package init(
        uid: String,
        group: String,
        version: String,
        resource: String,
        kind: String,
        requestVersion: String? = nil,
        subresource: String? = nil,
        name: String?,
        namespace: String?,
        operation: Operation,
        username: String,
        object: JSONCursor?,
        oldObject: JSONCursor?,
        isDryRun: Bool = false,
        userInfo: JSONCursor? = nil
    ) {
        self.uid = uid
        self.group = group
        self.version = version
        self.resource = resource
        self.kind = kind
        self.requestVersion = requestVersion
        self.subresource = subresource
        self.name = name
        self.namespace = namespace
        self.operation = operation
        self.username = username
        self.object = object
        self.oldObject = oldObject
        self.isDryRun = isDryRun
        self.userInfo = userInfo
    }
}
