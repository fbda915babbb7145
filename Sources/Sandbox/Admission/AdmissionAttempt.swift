package import Admission
package import JSON
package import Kubernetes

/// A write that admission is asked about before it is stored.
package struct AdmissionAttempt: Sendable {
    /// What is to be done.
    package var operation: AdmissionRequest.Operation
    /// The kind of the objects here, in the version in which they are stored.
    package var type: ResourceType
    /// The kind of the object in the path, where that may be of another version; nil where it is the same.
    package var requestType: ResourceType?
    /// Namespace and name; the name is empty where `generateName` will make it.
    package var key: ObjectKey
    /// `scale`, `status`, or nil for the object itself.
    package var subresource: String?
    /// The object as it would be stored (for `scale` a Scale); nil for a deletion.
    package var object: JSONValue?
    /// The object as it is stored; nil for a creation.
    package var oldObject: JSONValue?
    /// Who asks.
    package var user: APIUser
    /// The request's options object, for example a CreateOptions.
    package var options: JSONValue
    /// Whether nothing will be stored.
    package var isDryRun: Bool

    /// A write with everything that admission must know of it.
    package init(
        operation: AdmissionRequest.Operation,
        type: ResourceType,
        requestType: ResourceType? = nil,
        key: ObjectKey,
        subresource: String? = nil,
        object: JSONValue?,
        oldObject: JSONValue?,
        user: APIUser,
        options: JSONValue,
        isDryRun: Bool = false
    ) {
        self.operation = operation
        self.type = type
        self.requestType = requestType
        self.key = key
        self.subresource = subresource
        self.object = object
        self.oldObject = oldObject
        self.user = user
        self.options = options
        self.isDryRun = isDryRun
    }
}
