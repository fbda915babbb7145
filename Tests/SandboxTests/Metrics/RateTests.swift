import Platform
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(1))) struct RateTests {
    private let name = LabelSet("rq", [:])

    private func number(_ expression: String, _ values: [Double], endingBefore gap: Duration = .zero) throws -> Double?
    {
        try numbers(expression, store([(name, values)], endingBefore: gap))[""]
    }

    @Test func isTheSlopeOfASteadyCounter() throws {
        #expect(try number("rate(rq[1m])", counter(10, count: 24)) == 2)
        #expect(try number("increase(rq[1m])", counter(10, count: 24)) == 120)
        #expect(try number("rate(rq[1m])", counter(0, count: 24)) == 0)
    }

    @Test func drawsTheGrowthOutToTheEndsOfTheWindow() throws {
        // Samples at 0, -5, … -55 s cover 55 of 60 s; 2 s after the last the window holds 12 of them still.
        #expect(try number("increase(rq[1m])", counter(10, count: 24), endingBefore: .seconds(2)) == 120)
        // Three samples: 10 s covered, half a step before them.
        #expect(try number("increase(rq[1m])", counter(10, count: 2)) == 25)
        // A counter that began just above zero is not drawn out to below it.
        #expect(try number("increase(rq[1m])", [1, 11, 21]) == 21)
    }

    @Test func addsWhatAResetTookAway() throws {
        let values = counter(10, count: 12).map { $0 } + counter(10, count: 11, from: 0)
        #expect(try #require(try number("increase(rq[2m])", values)) > 200)
        #expect(try #require(try number("rate(rq[2m])", values)) >= 0)
    }

    @Test func hasNoValueWithFewerThanTwoSamples() throws {
        #expect(try number("rate(rq[1m])", [1]) == nil)
        #expect(try number("rate(rq[5s])", counter(10, count: 24)) == nil)
    }

    @Test func findsNoSampleOlderThanFiveMinutes() throws {
        let expression = "sum(rq)"
        #expect(try number(expression, [1, 2], endingBefore: .seconds(299)) == 2)
        #expect(try number(expression, [1, 2], endingBefore: .seconds(301)) == nil)
    }

    @Test func keepsSamplesForTenMinutes() throws {
        let values = counter(10, count: 240)
        #expect(try numbers("rq[1h]", store([(name, values)])) == ["rq": 120])
        var old = store([(LabelSet("gone", [:]), [1])], endingBefore: .seconds(600))
        old.append([(name, 1)], at: moment)
        #expect(try numbers("{__name__=~\"gone|rq\"}[1h]", old) == ["rq": 1])
    }

    @Test func readsDurationsOfSeveralUnits() throws {
        #expect(try number("increase(rq[1m30s])", counter(10, count: 24)) == 180)
        #expect(try number("increase(rq[60000ms])", counter(10, count: 24)) == 120)
    }
}
