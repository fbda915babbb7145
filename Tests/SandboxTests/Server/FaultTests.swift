import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// Faults that a request asks for itself.
@Suite(.timeLimit(.minutes(1))) struct FaultTests {
    private let fixture = APIFixture()

    private func send(_ fault: String) async throws -> APIAnswer {
        var fields: HTTPFields = [:]
        fields[try #require(HTTPField.Name("Sandbox-Fault"))] = fault
        return await fixture.send(.get, configMaps, fields: fields)
    }

    @Test func answersThatThereIsTooMuchToDo() async throws {
        let answer = try await send("429; retry-after=3")
        #expect(answer.status == 429)
        #expect(answer.fields[.retryAfter] == "3")
        #expect(answer.text == "Too many requests, please try again later.\n")
    }

    @Test(arguments: [(500, "InternalError"), (503, "ServiceUnavailable"), (409, "Conflict")])
    func answersWithAStatus(code: Int, reason: String) async throws {
        let answer = try await send("\(code)")
        #expect(answer.status == code)
        #expect(try answer.json["reason"]?.string == reason)
        #expect(answer.fields[.retryAfter] == nil)
    }

    @Test func holdsARequestUp() async throws {
        async let answer = send("delay=30")
        await fixture.clock.advanceToNextSleeper()
        #expect(try await answer.status == 200)
    }

    @Test(arguments: ["nonsense", "200", "delay=-1", "429; x=1"]) func refusesWhatItCannotRead(
        text: String
    ) async throws {
        let answer = try await send(text)
        #expect(answer.status == 400)
        #expect(try answer.message?.hasPrefix("Sandbox-Fault: ") == true)
    }
}
