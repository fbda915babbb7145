import ContourAPI
import Kubernetes
import Platform

/// The requests that a load test's command sends: `hey -z 1m -q 5 -c 2 -H 'x-canary: insider' http://podinfo.test/`.
struct LoadTest: Hashable, Sendable {
    /// How many a second.
    let requestsPerSecond: Double
    /// For how long.
    let length: Duration
    /// The host that it names in its requests.
    let host: String
    /// What is asked.
    let request: RouteRequest

    /// What `command` sends; nil for another program than `hey`, or one without a time and an address.
    ///
    /// `hey` sends as fast as it can where no rate is given; here it is ten a second for each of its workers.
    init?(command: String) {
        var words = Self.words(command)
        guard !words.isEmpty, words.removeFirst().split(separator: "/").last == "hey" else { return nil }
        var options: [String: String] = [:]
        var fields: [String: String] = [:]
        var address: String?
        while !words.isEmpty {
            let word = words.removeFirst()
            guard word.first == "-" else {
                address = word
                continue
            }
            if Self.flags.contains(word) { continue }
            guard !words.isEmpty else { return nil }
            let value = words.removeFirst()
            options[word] = value
            guard word == "-H", let mark = value.firstIndex(of: ":") else { continue }
            fields[String(value[..<mark])] = String(value[mark...].dropFirst().drop { $0 == " " })
        }
        guard let address, let mark = address.firstRange(of: "://"),
            let length = options["-z"].flatMap({ GoDuration($0)?.duration }), length > .zero
        else { return nil }
        let rest = address[mark.upperBound...]
        let authority = rest.prefix { $0 != "/" }
        let path = rest[authority.endIndex...]
        self.length = length
        requestsPerSecond = (options["-q"].flatMap(Double.init) ?? 10) * (options["-c"].flatMap(Double.init) ?? 50)
        host = options["-host"] ?? String(authority.prefix { $0 != ":" })
        request = RouteRequest(
            path: path.isEmpty ? "/" : String(path),
            method: options["-m"] ?? "GET",
            headers: fields
        )
    }

    /// The options of `hey` that have no value.
    private static let flags: Set<String> = ["-disable-compression", "-disable-keepalive", "-disable-redirects", "-h2"]

    /// Where it goes: to the host that Envoy serves by that name, else to the Service; a lone name is in `namespace`.
    func place(in plan: TrafficPlan, namespace: String) -> Visit.Place {
        if plan.serves(host) { return .host(host) }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        return .service(ObjectKey(namespace: labels.count > 1 ? labels[1] : namespace, name: labels[0]))
    }

    /// The words of a command line, quotes taken off.
    private static func words(_ command: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        for character in command {
            if let open = quote {
                if character == open { quote = nil } else { word = (word ?? "") + String(character) }
            } else if character == "'" || character == "\"" {
                quote = character
                word = word ?? ""
            } else if character.isWhitespace {
                if let finished = word { words.append(finished) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        if let finished = word { words.append(finished) }
        return words
    }
}
