import JSON

/// The `data` of a query's answer.
///
/// Source: Prometheus' HTTP API, expression query result formats.
struct QueryAnswer {
    /// `{"resultType":"vector","result":[…]}`.
    let json: JSONValue

    /// The answer that says `value` at `time`, in milliseconds since 1970.
    init(_ value: PromQLValue, at time: Int64) {
        switch value {
        case .scalar(let number): json = ["resultType": "scalar", "result": Self.pair(time, number)]
        case .vector(let series):
            let result = series.map { one -> JSONValue in
                ["metric": Self.metric(one.labels), "value": Self.pair(time, one.content)]
            }
            json = ["resultType": "vector", "result": .array(result)]
        case .matrix(let series):
            let result = series.map { one -> JSONValue in
                let values = one.content.map { Self.pair($0.time, $0.value) }
                return ["metric": Self.metric(one.labels), "values": .array(values)]
            }
            json = ["resultType": "matrix", "result": .array(result)]
        }
    }

    private static func pair(_ time: Int64, _ value: Double) -> JSONValue {
        [.number(JSONNumber(Double(time) / 1_000)), .string(SampleValue.text(value))]
    }

    private static func metric(_ labels: LabelSet) -> JSONValue {
        var object = JSONObject()
        for label in labels.labels { object[label.name] = .string(label.value) }
        return .object(object)
    }
}
