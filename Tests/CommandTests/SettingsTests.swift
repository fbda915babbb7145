import ArgumentParser
import Testing
import canarygate

@Suite struct SettingsTests {
    private let settings = Settings(environment: ["SPEED": "2.5", "EMPTY": "", "LIST": "a=1,b=2", "FORMAT": "xml"])

    @Test func aFlagWinsOverTheEnvironment() throws {
        #expect(try settings.value("SPEED", given: 30.0) == 30)
        #expect(try settings.value("SPEED", given: Double?.none) == 2.5)
    }

    @Test func anEmptyVariableIsNone() throws {
        #expect(settings["EMPTY"] == nil)
        #expect(try settings.value("EMPTY", given: Int?.none) == nil)
    }

    @Test func splitsAListAtCommas() {
        #expect(settings.list("LIST", given: []) == ["a=1", "b=2"])
        #expect(settings.list("LIST", given: ["c=3"]) == ["c=3"])
        #expect(settings.list("MISSING", given: []) == [])
    }

    @Test func namesTheVariableAndWhatItTakes() {
        let error = #expect(throws: ValidationError.self) {
            try settings.value("FORMAT", given: LogFormat?.none)
        }
        #expect(error?.message == "read FORMAT: xml is no value of it, expected text, json")
    }
}
