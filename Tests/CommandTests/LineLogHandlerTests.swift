import Logging
import Platform
import TestSupport
import Testing
import canarygate

@Suite struct LineLogHandlerTests {
    private func line(_ format: LogFormat, _ metadata: Logger.Metadata) -> String {
        var handler = LineLogHandler(label: "canarygate.test", level: .info, format: format, clock: ManualClock())
        handler[metadataKey: "canary.name"] = "podinfo.test"
        let event = LogEvent(
            level: .info,
            message: "canary step",
            metadata: metadata,
            source: "",
            file: "",
            function: "",
            line: 0
        )
        return handler.line(of: event)
    }

    @Test func writesTextForPeople() {
        #expect(
            line(.text, ["canary.weight": "5", "error.message": "read x: \"y\"\nand more"])
                == """
                04:00:00.000 info     canarygate.test: canary step canary.name=podinfo.test canary.weight=5 \
                error.message="read x: \\"y\\"\\nand more"

                """
        )
    }

    @Test func writesOneObjectALineForCollectors() {
        #expect(
            line(.json, ["canary.weight": "5"])
                == """
                {"time":"2026-11-25T04:00:00.000000Z","level":"info","logger":"canarygate.test","message":"canary step",\
                "canary.name":"podinfo.test","canary.weight":"5"}

                """
        )
    }
}
