/// What a field of a built-in kind holds.
indirect enum FieldShape: Hashable, Sendable {
    case text
    case integer
    case number
    case flag
    /// Base64 in JSON.
    case bytes
    /// An amount with its unit: `100m`.
    case quantity
    /// A whole number or a text: a port, a percentage.
    case integerOrText
    /// RFC 3339 in seconds.
    case time
    /// RFC 3339 with six digits of a fraction.
    case microTime
    /// Any JSON.
    case any
    /// An object of the type of this name: `apps/v1.DeploymentSpec`.
    case object(String)
    case list(FieldShape)
    case map(FieldShape)

    /// Reads the shape from the start of `text`, as `BuiltInTypes` writes it; names without a group are of `group`.
    init(_ text: Substring, group: String) {
        switch text {
        case "s": self = .text
        case "i": self = .integer
        case "f": self = .number
        case "b": self = .flag
        case "y": self = .bytes
        case "q": self = .quantity
        case "x": self = .integerOrText
        case "t": self = .time
        case "u": self = .microTime
        case "a": self = .any
        default:
            switch text.first {
            case "["?: self = .list(FieldShape(text.dropFirst(), group: group))
            case "{"?: self = .map(FieldShape(text.dropFirst(), group: group))
            default: self = .object(text.contains(".") ? String(text) : "\(group).\(text)")
            }
        }
    }

    /// How Go calls it: `string`, `int32`, `map[string]string`, `v1.DeploymentSpec`.
    var goName: String {
        switch self {
        case .text: "string"
        case .integer: "int32"
        case .number: "float64"
        case .flag: "bool"
        case .bytes: "[]uint8"
        case .quantity: "resource.Quantity"
        case .integerOrText: "intstr.IntOrString"
        case .time: "v1.Time"
        case .microTime: "v1.MicroTime"
        case .any: "runtime.RawExtension"
        case .object(let name): "v1.\(name.split(separator: ".").last ?? "")"
        case .list(let element): "[]\(element.goName)"
        case .map(let element): "map[string]\(element.goName)"
        }
    }

    /// Whether `value` has the JSON type of this shape; what is in it is not looked at.
    func admits(_ valueType: String, isWhole: Bool) -> Bool {
        switch self {
        case .text, .bytes, .time, .microTime: valueType == "string"
        case .integer: valueType == "number" && isWhole
        case .number: valueType == "number"
        case .flag: valueType == "boolean"
        case .quantity, .integerOrText: valueType == "string" || valueType == "number"
        case .any: true
        case .object, .map: valueType == "object"
        case .list: valueType == "array"
        }
    }
}
