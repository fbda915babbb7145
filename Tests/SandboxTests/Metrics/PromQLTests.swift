import Platform
import Sandbox
import Testing

@Suite(.timeLimit(.minutes(1))) struct PromQLTests {
    private let requests = store([
        (LabelSet("rq", ["cluster": "test_podinfo-canary_80", "code": "200"]), counter(9, count: 24)),
        (LabelSet("rq", ["cluster": "test_podinfo-canary_80", "code": "503"]), counter(1, count: 24)),
        (LabelSet("rq", ["cluster": "test_podinfo-primary_80", "code": "200"]), counter(90, count: 24)),
    ])

    @Test(arguments: [
        ("2 + 3 * 4 - 6 / 2", 11.0), ("-(2) * -3", 6), ("(1 + 1) / 4", 0.5), ("1 / 0", .infinity),
        ("-1 / 0", -.infinity),
        ("1e3", 1_000), (".5", 0.5), ("- - 2", 2), ("8 / 4 / 2", 1), ("5 - 3 - 1 # rest", 1),
    ])
    func calculates(expression: String, expected: Double) throws {
        #expect(try numbers(expression, requests) == ["scalar": expected])
    }

    @Test func refusesWhatWouldOverflow() {
        let centuries = String(repeating: "999999999w", count: 40)
        #expect(throws: PromQLError.self) { try numbers("rate(rq[\(centuries)])", requests) }
        let sum = String(repeating: "1+", count: 5_000) + "1"
        #expect(throws: PromQLError.self) { try numbers(sum, requests) }
        #expect(throws: PromQLError.self) { try numbers(sum.replacing("+", with: "*"), requests) }
    }

    @Test func givesNaNForZeroByZero() throws {
        #expect(try numbers("0 / 0", requests)["scalar"]?.isNaN == true)
        #expect(try numbers("NaN", requests)["scalar"]?.isNaN == true)
    }

    @Test(arguments: [
        ("rq", 3), ("rq{code=\"200\"}", 2), ("rq{code!=\"200\"}", 1), ("rq{code=~\"5.*\"}", 1),
        ("rq{code!~\"5.*\"}", 2),
        ("rq{code=~\"20\"}", 0), ("rq{cluster=~\"test_podinfo-canary_[0-9a-zA-Z-]+\"}", 2), ("rq{other=\"\"}", 3),
        ("rq{code='200',cluster=`test_podinfo-primary_80`,}", 1), ("{__name__=~\"r.\"}", 3), ("other", 0),
        ("rq[1m]", 3),
    ])
    func selects(expression: String, count: Int) throws {
        #expect(try numbers(expression, requests).count == count)
    }

    @Test func sumsByLabels() throws {
        let canary = "{cluster=\"test_podinfo-canary_80\"}"
        #expect(try numbers("sum(rate(rq[1m]))", requests) == ["": 20])
        #expect(try numbers("sum by (cluster) (rate(rq[1m]))", requests)[canary] == 2)
        #expect(try numbers("SUM(rate(rq[1m])) WITHOUT (code)", requests)[canary] == 2)
        #expect(try numbers("count(rq) by (code)", requests) == ["{code=\"200\"}": 2, "{code=\"503\"}": 1])
        #expect(try numbers("avg(rq{code=\"200\"})", requests) == ["": (1_216 + 3_160) / 2])
        #expect(try numbers("max(rq)", requests) == ["": 3_160])
        #expect(try numbers("min(rq)", requests) == ["": 1_024])
    }

    @Test func matchesTheSidesOfAnOperationByTheirLabels() throws {
        let share = "rate(rq{code=\"200\"}[1m]) / rate(rq{code=\"200\"}[2m])"
        #expect(try numbers(share, requests).count == 2)
        #expect(try numbers("rq{code=\"200\"} / rq{code=\"503\"}", requests).isEmpty)
        #expect(try numbers("sum(rq) - sum(rq)", requests) == ["": 0])
        #expect(try numbers("1 - sum(other)", requests).isEmpty)
        let scaled = try numbers("rq{code=\"503\"} * 2", requests)
        #expect(scaled == ["{cluster=\"test_podinfo-canary_80\",code=\"503\"}": 2_048])
        #expect(try numbers("-rq{code=\"503\"}", requests).values.first == -1_024)
    }

    @Test func answersFlaggersSuccessRate() throws {
        let selector = "cluster=~\"test_podinfo-canary_[0-9a-zA-Z-]+\""
        let good = "sum(rate(rq{\(selector),code!~\"5.*\"}[1m]))"
        let value = try numbers("100 * \(good) / sum(rate(rq{\(selector)}[1m]))", requests)
        #expect(value == ["": 90])
    }

    @Test(arguments: [
        ("", "1:1: parse error: no expression found in input"),
        ("rq{code=200}", "1:9: parse error: unexpected number 200.0 in label matching, expected a string"),
        ("rq{code=~\"(\"}", "1:4: parse error: bad regular expression \"(\" for label code"),
        (
            "topk(3, rq)",
            "1:1: parse error: the function \"topk\" is not supported here, only "
                + "rate, increase, histogram_quantile, sum, avg, min, max, count"
        ),
        ("rate(rq)", "1:6: parse error: expected type range vector in call to function \"rate\", got instant vector"),
        ("rate(rq[5m:1m])", "1:11: parse error: subqueries are not supported here"),
        ("rate(rq[1y])", "1:9: parse error: bad duration \"1y\", expected one such as 1m or 90s"),
        ("rate(rq[1m]", "1:12: parse error: unexpected end of input in a call of rate, expected \")\""),
        ("rq > 1", "1:4: parse error: unexpected \">\" after an expression (not supported here)"),
        ("rq offset 5m", "1:4: parse error: unexpected \"offset\" after an expression (not supported here)"),
        ("rq or vector(0)", "1:4: parse error: unexpected \"or\" after an expression (not supported here)"),
        ("sum(1)", "1:5: parse error: expected type instant vector in call to function \"sum\", got scalar"),
        ("sum(rq, rq)", "1:4: parse error: expected 1 argument(s) in call to \"sum\", got 2"),
        ("{code=\"\"}", "1:1: parse error: vector selector must contain at least one non-empty matcher"),
        ("rq[1m] + 1", "1:8: parse error: binary expression must contain only scalar and instant vector types"),
        ("\"text\"", "1:1: parse error: unexpected string \"text\" where an expression should be"),
        ("rq{code=\"2", "1:9: parse error: unterminated quoted string"),
        ("1 $ 2", "1:3: parse error: unexpected character: \"$\""),
    ])
    func saysWhatIsWrongAndWhere(expression: String, reason: String) {
        let error = #expect(throws: PromQLError.self) { try numbers(expression, requests) }
        #expect(error?.description == reason)
    }

    @Test func refusesManyToMany() {
        let error = #expect(throws: PromQLError.self) {
            try numbers("sum(rq) / {__name__=~\"a|b\"}", store([(LabelSet("a", [:]), [1]), (LabelSet("b", [:]), [1])]))
        }
        #expect(error?.column == nil)
        #expect(error?.reason.hasPrefix("found duplicate series for the match group {} on the right side") == true)
    }

    @Test func refusesExpressionsThatAreTooDeep() {
        let deep = String(repeating: "(", count: 5_000) + "1" + String(repeating: ")", count: 5_000)
        let error = #expect(throws: PromQLError.self) { try numbers(deep, requests) }
        #expect(error?.reason == "expressions nested more than 64 deep are not supported here")
    }
}
