import JSON
import Platform

/// The answer to a ConversionReview.
enum ConversionAnswer {
    /// All objects, in their order.
    case converted([JSONValue])
    /// None of them, and why.
    case refused(String)

    /// The answer where the converter failed, with the id under which the log tells of it.
    static func fault(_ review: ConversionReview) -> ConversionAnswer {
        .refused("internal error in canarygate, nothing was converted; its log has \(OneLine.cut(review.uid, to: 40))")
    }

    /// The review that answers `review`, with its apiVersion and the uid of its request.
    func encoded(answering review: ConversionReview) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(raw: #"{"apiVersion":"#)
        JSONValue.string(review.apiVersion).append(to: &bytes)
        bytes.append(raw: #","kind":"ConversionReview","response":{"uid":"#)
        JSONValue.string(review.uid).append(to: &bytes)
        bytes.append(raw: #","convertedObjects":"#)
        switch self {
        case .converted(let objects):
            JSONValue.array(objects).append(to: &bytes)
            bytes.append(raw: #","result":{"status":"Success"}}}"#)
        case .refused(let message):
            bytes.append(raw: #"[],"result":{"status":"Failure","message":"#)
            JSONValue.string(message).append(to: &bytes)
            bytes.append(raw: "}}}")
        }
        bytes.append(raw: "\n")
        return bytes
    }
}
