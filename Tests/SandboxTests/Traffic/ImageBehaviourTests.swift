import Platform
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(1))) struct ImageBehaviourTests {
    @Test(arguments: [
        ("5%,120ms", ImageBehaviour(errorRate: 0.05, p99: .milliseconds(120))),
        ("0.25,1.5s", ImageBehaviour(errorRate: 0.25, p99: .milliseconds(1_500))),
        ("100%,500us", ImageBehaviour(errorRate: 1, p99: .microseconds(500))),
        ("never", ImageBehaviour(starts: false)),
    ])
    func readsBehaviours(text: String, expected: ImageBehaviour) throws {
        #expect(try ImageBehaviour(parsing: text) == expected)
    }

    @Test(arguments: [
        ("podinfo", "\"podinfo\": expected image=errorRate,p99 or image=never"),
        ("=never", "\"=never\": expected image=errorRate,p99 or image=never"),
        ("podinfo=5%", "\"5%\": expected an error rate and a p99, such as 5%,120ms, or never or crash"),
        ("podinfo=101%,1s", "\"101%\": no error rate, expected 0% to 100% or a fraction of 0 to 1"),
        ("podinfo=-1,1s", "\"-1\": no error rate, expected 0% to 100% or a fraction of 0 to 1"),
        ("podinfo=2,1s", "\"2\": no error rate, expected 0% to 100% or a fraction of 0 to 1"),
        ("podinfo=5%,120", "\"120\": no p99, expected a duration above 0 and up to 5m, such as 120ms"),
        ("podinfo=5%,0s", "\"0s\": no p99, expected a duration above 0 and up to 5m, such as 120ms"),
    ])
    func saysWhatIsWrong(setting: String, expected: String) {
        let error = #expect(throws: ImageBehaviourError.self) { try ImageBehaviours(parsing: [setting]) }
        #expect(error?.description == "parse image behaviour \(expected)")
    }

    @Test func knowsImagesByTheirFullName() throws {
        let images = try ImageBehaviours(parsing: ["registry:5000/podinfo:3.1.2=5%,120ms", "bad=never"])
        #expect(images["registry:5000/podinfo:3.1.2"].errorRate == 0.05)
        #expect(images["registry:5000/podinfo:3.1.3"] == ImageBehaviour(errorRate: 0, p99: .milliseconds(80)))
        #expect(images.behaviour(of: ["sidecar", "registry:5000/podinfo:3.1.2"]).errorRate == 0.05)
        #expect(images.start(["sidecar", "bad"]) == .imageMissing)
    }

    @Test func knowsImagesWhoseContainersEndAgainAndAgain() throws {
        let images = try ImageBehaviours(parsing: ["broken=crash", "bad=never"])
        #expect(images.start(["sidecar"]) == .running)
        #expect(images.start(["sidecar", "broken"]) == .crashing)
        #expect(images.start(["broken", "bad"]) == .imageMissing)
    }
}
