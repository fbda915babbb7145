import JSON

/// What the API server refuses in a converted object, or passes over in silence.
///
/// Source: apiextensions-apiserver, `pkg/apiserver/conversion/webhook_converter.go`.
enum ConversionCheck {
    /// A converter that changed what it must not.
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    /// Checks that `converted` is `object` in `apiVersion`: the same kind, and the same metadata but for labels and
    /// annotations.
    static func check(_ converted: JSONValue, against object: JSONValue, apiVersion: String) throws(Fault) {
        guard converted["apiVersion"]?.string == apiVersion else {
            throw Fault(description: "the converted object is not of \(apiVersion)")
        }
        guard converted["kind"] == object["kind"] else {
            throw Fault(description: "the converted object is of another kind")
        }
        guard fixed(converted["metadata"]) == fixed(object["metadata"]) else {
            throw Fault(description: "the converted object has other metadata")
        }
    }

    private static func fixed(_ metadata: JSONValue?) -> JSONValue? {
        var metadata = metadata
        for field in ["labels", "annotations"] where metadata?[field] != nil { metadata?[field] = nil }
        return metadata
    }
}
