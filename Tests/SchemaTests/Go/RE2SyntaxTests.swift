import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct RE2SyntaxTests {
    @Test(arguments: [
        "", "a", "^/api/v[0-9]+$", "a|b", "a|", "|", "()", "(a)(b)", "(?:a|b)*", "(?P<name>a)", "(?<name>a)",
        "(?P<n>a)(?P<n>b)", "(?P<1_x>a)", "(?i)a", "(?i-s:a)", "(?-m:a)", "(?)", "(?imsU)a", "a(?i)*", "^*", "$*",
        "\\b+",
        "a*?", "a+?", "a??", "a{2}", "a{2,}", "a{2,3}?", "a{0}", "a{1000}", "(a{10}){100}", "(a{1000}){0}",
        "((a{1000}){0}){1000}",
        "(a{0,}){1000}", "a{,2}", "a{", "a{2", "a{2,", "a{x}", "a{01}", "a{2,03}", "{", "}", "]", "a]", "\u{e9}*",
    ])
    func takesWhatGoCompiles(pattern: String) {
        #expect(RE2Syntax.fault(in: pattern) == nil)
    }

    @Test(arguments: [
        "\\A\\b\\B\\z", "\\d\\D\\s\\S\\w\\W", "\\a\\f\\n\\r\\t\\v", "\\.\\*\\\\\\/\\-\\_\\ ", "\\0", "\\012", "\\12",
        "\\7777",
        "\\x41", "\\x{41}", "\\x{10FFFF}", "\\x{d800}", "\\Q", "\\Qa.b(", "\\Q(\\E*", "a\\Q\\E*", "\\Q\\\\E", "\\pL",
        "\\PN",
        "\\pl", "\\p{Lu}", "\\P{^Lu}", "\\p{^Greek}", "\\p{Old_Italic}", "\\p{old italic}", "\\p{Letter}", "\\p{Any}",
        "\\p{LC}", "\\p{Cn}", "\\p{ASCII}",
    ])
    func takesTheEscapesThatGoKnows(pattern: String) {
        #expect(RE2Syntax.fault(in: pattern) == nil)
    }

    @Test(arguments: [
        "[a]", "[^a]", "[]a]", "[^]a]", "[a-z]", "[a-]", "[-a]", "[--a]", "[a-b-c]", "[a\\]]", "[\\d-z]",
        "[\\x41-\\x{5a}]",
        "[\\pL\\P{Greek}]", "[[:alpha:]]", "[[:^word:][:xdigit:]_]", "[[:alpha]", "[[]", "[[:]", "[.*+?(){}|^$]",
        "[\\12]",
    ])
    func takesClasses(pattern: String) {
        #expect(RE2Syntax.fault(in: pattern) == nil)
    }

    @Test(arguments: [
        ("(a", "missing closing ) for the ( at character 1"),
        ("a((?:b)", "missing closing ) for the ( at character 2"),
        ("a)", "unexpected ), at character 2"),
        ("a|b)", "unexpected ), at character 4"),
        ("(?P<n", "the name of the group (?P<n has no closing >, at character 1"),
        ("(?P<a-b>c)", "bad group name in (?P<a-b>, a name is letters, digits and underscores, at character 1"),
        ("(?P<>c)", "bad group name in (?P<>, a name is letters, digits and underscores, at character 1"),
        ("(?<\u{e9}>c)", "bad group name in (?<\u{e9}>, a name is letters, digits and underscores, at character 1"),
        ("(?x)", "bad group or flags (?x, RE2 knows the flags imsU, at character 1"),
        ("(?i-)", "bad group or flags (?i-), RE2 knows the flags imsU, at character 1"),
        ("(?--i)", "bad group or flags (?--, RE2 knows the flags imsU, at character 1"),
        ("(?", "the group (? is not complete, at character 1"),
        ("(?i", "the group (?i is not complete, at character 1"),
    ])
    func tellsWhatIsWrongWithAGroup(pattern: String, expected: String) {
        #expect(RE2Syntax.fault(in: pattern) == expected)
    }

    @Test(arguments: [
        ("a(?=b)", "a look-ahead (?= is not in RE2, at character 2"),
        ("(?!b)", "a negative look-ahead (?! is not in RE2, at character 1"),
        ("(?<=b)", "a look-behind (?<= is not in RE2, at character 1"),
        ("(?<!b)", "a negative look-behind (?<! is not in RE2, at character 1"),
        ("(?>b)", "an atomic group (?> is not in RE2, at character 1"),
        ("(?#b)", "a comment (?# is not in RE2, at character 1"),
        ("(?P=n)", "a back-reference (?P= is not in RE2, at character 1"),
        ("(?'n'b)", "a quoted group name (?' is not in RE2, at character 1"),
        ("(a)\\1", "a back-reference \\1 is not in RE2, at character 4"),
        ("\\8", "a back-reference \\8 is not in RE2, at character 1"),
        ("\\k<n>", "a back-reference \\k is not in RE2, at character 1"),
        ("a*+", "a possessive repetition *+ is not in RE2, at character 2"),
        ("a\\Z", "unknown escape \\Z, the end of the text is \\z, at character 2"),
        ("\\u0041", "unknown escape \\u, a character by its number is \\x{...}, at character 1"),
        ("\\C", "a single byte \\C is not in RE2 as Go has it, at character 1"),
    ])
    func namesWhatOtherEnginesHave(pattern: String, expected: String) {
        #expect(RE2Syntax.fault(in: pattern) == expected)
    }

    @Test(arguments: [
        ("*", "bad repetition *, nothing stands before it, at character 1"),
        ("(+a)", "bad repetition +, nothing stands before it, at character 2"),
        ("a|?", "bad repetition ?, nothing stands before it, at character 3"),
        ("(?i){2}", "bad repetition {2}, nothing stands before it, at character 5"),
        ("a**", "bad repetition **, one operator follows another, at character 2"),
        ("*.foo.com", "bad repetition *, nothing stands before it, at character 1"),
        ("a{2}{3}", "bad repetition {2}{3}, one operator follows another, at character 2"),
        ("a*??", "bad repetition *??, one operator follows another, at character 2"),
        ("a{1001}", "bad repetition {1001}, more than 1000 times, at character 2"),
        ("a{1,99999999999999999999}", "bad repetition {1,99999999999999999999}, more than 1000 times, at character 2"),
        ("a{3,2}", "bad repetition {3,2}, the first number is greater, at character 2"),
        ("(a{11}){100}", "bad repetition {100}, more than 1000 times with those inside it, at character 8"),
        ("((a{2,}){30}b){20}", "bad repetition {20}, more than 1000 times with those inside it, at character 15"),
    ])
    func tellsWhatIsWrongWithARepetition(pattern: String, expected: String) {
        #expect(RE2Syntax.fault(in: pattern) == expected)
    }

    @Test(arguments: [
        ("[", "missing closing ] for the [ at character 1"),
        ("a[]", "missing closing ] for the [ at character 2"),
        ("[^]", "missing closing ] for the [ at character 1"),
        ("[a-", "missing closing ] for the [ at character 1"),
        ("[z-a]", "bad range z-a, it goes down, at character 2"),
        ("[\\x{62}-a]", "bad range \\x{62}-a, it goes down, at character 2"),
        ("[[:foo:]]", "unknown character class [:foo:], at character 2"),
        ("[[:Alpha:]]", "unknown character class [:Alpha:], at character 2"),
        ("[a-\\d]", "unknown escape \\d, at character 4"),
        ("[\\b]", "unknown escape \\b, at character 2"),
        ("[\\1]", "a back-reference \\1 is not in RE2, at character 2"),
        ("\\pX", "unknown character class \\pX, at character 1"),
        ("\\p{Foo}", "unknown character class \\p{Foo}, at character 1"),
        ("\\p", "unknown character class \\p, at character 1"),
        ("\\p{Greek", "the character class \\p{Greek has no closing }, at character 1"),
        ("\\", "a backslash ends the expression, at character 1"),
        ("a\\q", "unknown escape \\q, at character 2"),
        ("\\E", "unknown escape \\E, at character 1"),
        ("\\\u{e9}", "unknown escape \\\u{e9}, at character 1"),
        ("\\x4", "bad escape \\x4, not \\xHH or \\x{...} up to 10FFFF, at character 1"),
        ("\\x{110000}", "bad escape \\x{110000}, not \\xHH or \\x{...} up to 10FFFF, at character 1"),
        ("\\x{}", "bad escape \\x{}, not \\xHH or \\x{...} up to 10FFFF, at character 1"),
    ])
    func tellsWhatIsWrongWithAClassOrAnEscape(pattern: String, expected: String) {
        #expect(RE2Syntax.fault(in: pattern) == expected)
    }

    @Test func boundsTheNesting() {
        func nested(_ depth: Int, _ opening: String) -> String {
            String(repeating: opening, count: depth) + "a" + String(repeating: ")", count: depth)
        }
        #expect(RE2Syntax.fault(in: nested(999, "(")) == nil)
        #expect(RE2Syntax.fault(in: nested(1000, "(")) == "its groups stand within each other too deeply")
        #expect(RE2Syntax.fault(in: nested(1001, "(")) == "its groups stand within each other too deeply")
        #expect(RE2Syntax.fault(in: nested(2000, "(?:")) == nil)
    }

    @Test func boundsTheSize() {
        let many = String(repeating: "[ab].", count: 1700)
        #expect(RE2Syntax.fault(in: "(?:\(many)){900}") == nil)
        let fault = RE2Syntax.fault(in: "(?:\(many)){1000}")
        #expect(fault == "it gets too large when its repetitions are written out")
        #expect(RE2Syntax.fault(in: many + many) == nil)
    }

    @Test(arguments: ["(?:a|", "(", "[[:", "\\Qa", "[a-z]|", "(?:", "a{1,", "[[:alpha:]", "\\pL"])
    func readsAHundredThousandCharactersAtOnce(piece: String) {
        let pattern = String(repeating: piece, count: 100_000 / piece.count)
        let clock = ContinuousClock()
        var fault: String?
        let time = clock.measure { fault = RE2Syntax.fault(in: pattern) }
        #expect(time < .seconds(20))
        #expect((fault ?? "").count <= 120)
    }

    @Test func keepsTheMessageOnOneShortLine() {
        let fault = RE2Syntax.fault(in: "\\p{" + String(repeating: "x\n\u{202e}", count: 50) + "}")
        #expect(fault == "unknown character class \\p{x  x  x  x  x  x  x  ..., at character 1")
    }
}
