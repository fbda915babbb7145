package import HTTP
package import HTTPTypes
import JSON
import Platform

/// Asks the HTTP API of a Prometheus for the value of an expression at this moment.
///
/// Source: the instant query endpoint `/api/v1/query` of Prometheus' HTTP API.
package struct PrometheusClient: Sendable {
    private let endpoint: HTTPEndpoint
    private let transport: any HTTPTransport
    private let headerFields: HTTPFields
    private let timeout: Duration

    /// A client of the Prometheus at `endpoint`, reached through `transport`.
    ///
    /// `headerFields` go with every query, for example an Authorization field. `timeout` is real time, 5 s as Flagger
    /// has it.
    package init(
        endpoint: HTTPEndpoint,
        transport: any HTTPTransport,
        headerFields: HTTPFields = [:],
        timeout: Duration = .seconds(5)
    ) {
        self.endpoint = endpoint
        self.transport = transport
        self.headerFields = headerFields
        self.timeout = timeout
    }

    /// The value of `expression` now.
    ///
    /// It never fails but by cancellation: a failure is a reading too. Of several series the last with a parsable value
    /// counts.
    package func query(_ expression: String) async throws(CancellationError) -> MetricReading {
        let request = request(for: expression)
        let status: HTTPResponse.Status
        let body: [UInt8]
        do {
            let response = try await transport.send(request)
            status = response.head.status
            body = try await response.body.collect(upTo: Self.bodyLimit)
        } catch {
            if Task.isCancelled || error is CancellationError { throw CancellationError() }
            return .failed("query \(endpoint.url): \(OneLine.complaint("\(error)"))")
        }
        return reading(status: status, body: body)
    }

    /// An instant vector of a few series is under a kilobyte; a query that returns a megabyte was not meant.
    private static let bodyLimit = 1 << 20

    /// The request, with runs of white space in the expression made one blank.
    func request(for expression: String) -> ClientRequest {
        let words = expression.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return ClientRequest(
            method: .get,
            path: "\(endpoint.basePath)/api/v1/query?query=\(PercentEncoding.encode(words))",
            headerFields: headerFields,
            timeout: timeout
        )
    }

    private func reading(status: HTTPResponse.Status, body: [UInt8]) -> MetricReading {
        let answer: JSONValue
        do throws(JSONError) {
            answer = try JSONValue(parsing: body)
        } catch {
            guard status.kind == .successful else { return refusal(status, String(decoding: body, as: UTF8.self)) }
            return .failed("read the answer of \(endpoint.url): \(error.summary)")
        }
        guard status.kind == .successful, answer["status"]?.string == "success" else {
            return refusal(status, answer["error"]?.string ?? answer.text)
        }
        return PrometheusResult.reading(of: answer["data"] ?? .null)
    }

    private func refusal(_ status: HTTPResponse.Status, _ text: String) -> MetricReading {
        .failed("query \(endpoint.url): status \(status.code), \(OneLine.complaint(text))")
    }
}
