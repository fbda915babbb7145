package import Admission
package import JSON

/// Converts Canaries between `v1alpha3` and `v1beta1` for the API server.
///
/// `POST /convert/canaries`.
package struct CanaryConverter: VersionConverter {
    package let path = "/convert/canaries"
    package let apiVersions = [CanaryVersions.current, CanaryVersions.former]

    /// The converter, which has nothing to set up.
    package init() {}

    package func converted(_ object: JSONValue, to apiVersion: String) throws(ConversionRefusal) -> JSONValue {
        try CanaryVersions.converted(object, to: apiVersion)
    }
}
