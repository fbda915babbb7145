import JSON
import Testing
import YAML

@Suite struct YAMLScalarTests {
    @Test(
        arguments: [
            ("null", "null"), ("~", "null"), ("Null", "null"), ("NULL", "null"), ("nULL", #""nULL""#), ("true", "true"),
            ("True", "true"), ("TRUE", "true"), ("false", "false"), ("False", "false"), ("FALSE", "false"),
            ("tRUE", #""tRUE""#),
            ("yes", #""yes""#), ("on", #""on""#), ("off", #""off""#), ("0", "0"), ("-7", "-7"),
            ("+7", "7"),
            ("007", "7"), ("0o17", "15"), ("0x1F", "31"), ("0xffffffffffffffff", "18446744073709551615"),
            ("0b11", #""0b11""#),
            ("0x", #""0x""#), ("0x+1", #""0x+1""#), ("0o8", #""0o8""#),
            ("12345678901234567890123", "12345678901234567890123"),
            ("1.50", "1.50"), (".5", "0.5"), ("-.5", "-0.5"), ("1.", "1"), ("+1.5", "1.5"), ("1e3", "1e3"),
            ("1.e3", "1e3"),
            ("1E+03", "1E+03"), ("01.5", "1.5"), ("1.2.3", #""1.2.3""#), ("12:30", #""12:30""#),
            ("1_000", #""1_000""#),
            ("1e", #""1e""#), ("1m", #""1m""#), ("'1'", #""1""#), ("\"true\"", #""true""#),
            ("''", #""""#),
            ("2001-12-14", #""2001-12-14""#), ("!!str 1", #""1""#), ("! 1", #""1""#), ("!!int '5'", "5"),
            ("!!float 3", "3"),
            ("!!float '3.5'", "3.5"), ("!!bool 'true'", "true"), ("!!null ''", "null"), ("!!str", #""""#),
            ("a b: c", #"{"a b":"c"}"#),
            ("|\n  a\n   b\n", #""a\n b\n""#), (">-\n  a\n  b\n", #""a b""#),
            (#""\x41\u00e9\U0001F600\/\0""#, #""Aé😀/\u0000""#),
        ] as [(String, String)]
    )
    func readsTheCoreSchema(yaml: String, json: String) throws {
        let documents = try YAMLParser.documents(in: Array(yaml.utf8))
        #expect(documents.map(\.value.text) == [json])
    }

    @Test(
        arguments: [
            (".inf", ".inf has no counterpart in JSON"), ("-.INF", "-.INF has no counterpart in JSON"),
            (".nan", ".nan has no counterpart in JSON"),
            ("0x1ffffffffffffffff", "0x1ffffffffffffffff is beyond 64 bits"),
            ("!!int a", "\"a\" is no !!int"), ("!!int 1.5", "\"1.5\" is no !!int"),
            ("!!bool yes", "\"yes\" is no !!bool"),
            ("!!float x", "\"x\" is no !!float"), ("!!null x", "\"x\" is no !!null"),
            ("!mine 1", "the tag !mine on a scalar, expected one of the core schema"),
            ("!!binary aGk=", "the tag !!binary on a scalar, expected one of the core schema"),
            ("!!seq x", "the tag !!seq on a scalar, expected one of the core schema"),
            ("!!set {a}", "the tag !!set, expected !!map"),
            ("!!map [a]", "the tag !!map, expected !!seq"),
        ] as [(String, String)]
    )
    func refuses(yaml: String, reason: String) {
        let error = #expect(throws: YAMLError.self) { try YAMLParser.documents(in: Array(yaml.utf8)) }
        #expect(error?.reason == reason)
        #expect(error?.mark == YAMLMark(line: 1, column: 1))
    }
}
