import JSON

/// The defaults of one container.
enum ContainerDefaults {
    static func complete(_ container: inout JSONValue) {
        if let image = container["image"]?.string {
            container.fill("imagePullPolicy", isLatest(image) ? "Always" : "IfNotPresent")
        }
        container.changeEach("ports") { $0.fill("protocol", "TCP") }
        container.changeEach("env") { variable in
            variable.change("valueFrom") { source in source.change("fieldRef") { $0.fill("apiVersion", "v1") } }
        }
        container.fill("resources", .object(JSONObject()))
        container.change("resources") { resources in
            for list in ["limits", "requests"] { resources.change(list, completeQuantities) }
        }
        container.fill("terminationMessagePath", "/dev/termination-log")
        container.fill("terminationMessagePolicy", "File")
        for probe in ["livenessProbe", "readinessProbe", "startupProbe"] { container.change(probe, completeProbe) }
        container.change("lifecycle") { lifecycle in
            for moment in ["postStart", "preStop"] {
                lifecycle.change(moment) { $0.change("httpGet", completeHTTPGet) }
            }
        }
    }

    /// Whether `image` has the tag `latest`, or neither tag nor digest.
    private static func isLatest(_ image: String) -> Bool {
        guard !image.contains("@") else { return false }
        let name = image.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard let mark = name.lastIndex(of: ":") else { return true }
        return name[name.index(after: mark)...] == "latest"
    }

    private static func completeProbe(_ probe: inout JSONValue) {
        probe.change("httpGet", completeHTTPGet)
        probe.change("grpc") { $0.fill("service", "") }
        // A zero is how the fixed types of the real server hold a missing number.
        for (field, value) in [
            ("timeoutSeconds", 1), ("periodSeconds", 10), ("successThreshold", 1), ("failureThreshold", 3),
        ]
        where probe[field]?.int ?? 0 == 0 {
            probe[field] = .number(JSONNumber(value))
        }
    }

    private static func completeHTTPGet(_ get: inout JSONValue) {
        get.fill("path", "/")
        get.fill("scheme", "HTTP")
    }

    private static func completeQuantities(_ list: inout JSONValue) {
        for member in list.object ?? JSONObject() {
            let text = member.value.string ?? member.value.number?.text
            guard let text else { continue }
            list[member.key] = .string(Quantity.canonical(text))
        }
    }
}
