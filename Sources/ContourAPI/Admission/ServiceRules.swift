import JSON

/// What can be wrong with the services of a route or of a TCP proxy.
enum ServiceRules {
    /// Checks one service.
    static func check(_ service: JSONValue, at path: String, into findings: inout ProxyFindings) {
        for field in ["port", "healthPort"] {
            guard case .number(let number)? = service[field], !(1...65_535).contains(number.int ?? 0) else { continue }
            findings.deny(
                "port-invalid",
                "\(path).\(field)",
                value: service[field],
                contour: "ServiceError/ServicePortInvalid",
                "\(number.text) is no port",
                write: "write a port number of the Service, 1 to 65535"
            )
        }
        if let text = service.filled("protocol"), !["tls", "h2", "h2c"].contains(text) {
            findings.deny(
                "protocol-unsupported",
                "\(path).protocol",
                value: .string(text),
                contour: "ServiceError/UnsupportedProtocol",
                "\(text) is no protocol for a service",
                write: "write tls, h2 or h2c, or leave it out for plain HTTP"
            )
        }
    }

    /// Checks the mirrors among `services`.
    static func checkMirrors(_ services: [JSONValue], at path: String, into findings: inout ProxyFindings) {
        let mirrors = services.indices.filter { services[$0].flag("mirror") }
        if let second = mirrors.dropFirst().first {
            findings.deny(
                "second-mirror",
                "\(path)[\(second)].mirror",
                value: true,
                contour: "ServiceError/OnlyOneMirror",
                "a route copies its requests to one service only",
                write: "keep one mirror"
            )
        }
        if let first = mirrors.first, mirrors.count == services.count {
            findings.deny(
                "only-mirrors",
                "\(path)[\(first)].mirror",
                value: true,
                "no service is left to answer, so every request gets 503",
                write: "add a service without mirror"
            )
        }
        for index in mirrors {
            guard let weight = services[index]["weight"]?.int, !(1...100).contains(weight), weight >= 0 else {
                continue
            }
            findings.warn(
                "mirror-weight",
                "\(path)[\(index)].weight",
                value: .number(JSONNumber(weight)),
                "copies every request",
                write: "write 1 to 100 or remove mirror"
            )
        }
    }
}
