import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct SocketErrorTests {
    @Test func namesOperationSubjectAndReason() {
        let error = SocketError(code: .timeout, operation: "connect to", subject: "10.0.0.1:80", reason: "no answer")
        #expect(error.description == "connect to 10.0.0.1:80: no answer")
    }

    @Test func goesWithoutASubject() {
        #expect(SocketError(code: .closed, operation: "read", reason: "cut").description == "read: cut")
    }
}
