import JSON
import Sandbox
import Testing

/// A patch, what it is applied to, and what comes out.
struct MergeCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let object: String
    let patch: String
    let result: String

    init(_ name: String, _ object: String, _ patch: String, _ result: String) {
        testDescription = name
        self.object = object
        self.patch = patch
        self.result = result
    }
}

@Suite(.timeLimit(.minutes(1))) struct StrategicMergeTests {
    @Test(arguments: [
        MergeCase(
            "maps merge, null removes",
            #"{"a":{"b":1,"c":2},"d":3}"#,
            #"{"a":{"b":null,"e":4},"f":5}"#,
            #"{"a":{"c":2,"e":4},"d":3,"f":5}"#
        ),
        MergeCase("nulls do not come in", #"{}"#, #"{"a":{"b":null,"c":1}}"#, #"{"a":{"c":1}}"#),
        MergeCase("a map replaces a scalar", #"{"a":1}"#, #"{"a":{"b":2}}"#, #"{"a":{"b":2}}"#),
        MergeCase("$patch: replace", #"{"a":{"b":1,"c":2}}"#, #"{"a":{"$patch":"replace","c":3}}"#, #"{"a":{"c":3}}"#),
        MergeCase("$patch: delete", #"{"a":{"b":1},"c":2}"#, #"{"a":{"$patch":"delete"}}"#, #"{"a":{},"c":2}"#),
        MergeCase(
            "$retainKeys",
            #"{"strategy":{"type":"RollingUpdate","rollingUpdate":{"maxSurge":1}}}"#,
            #"{"strategy":{"$retainKeys":["type"],"type":"Recreate"}}"#,
            #"{"strategy":{"type":"Recreate"}}"#
        ),
    ])
    func mergesMaps(_ example: MergeCase) throws { try check(example) }

    @Test(arguments: [
        MergeCase(
            "image of one container",
            #"{"spec":{"containers":[{"name":"a","image":"x:1","args":["1"]},{"name":"b","image":"y:1"}]}}"#,
            #"{"spec":{"$setElementOrder/containers":[{"name":"a"},{"name":"b"}],"containers":[{"name":"b","image":"y:2"}]}}"#,
            #"{"spec":{"containers":[{"name":"a","image":"x:1","args":["1"]},{"name":"b","image":"y:2"}]}}"#
        ),
        MergeCase(
            "a new element without an order goes first",
            #"{"containers":[{"name":"a"}]}"#,
            #"{"containers":[{"name":"b","image":"y"}]}"#,
            #"{"containers":[{"name":"b","image":"y"},{"name":"a"}]}"#
        ),
        MergeCase(
            "a new element stands as ordered",
            #"{"env":[{"name":"a"},{"name":"c"}]}"#,
            #"{"$setElementOrder/env":[{"name":"a"},{"name":"b"},{"name":"c"}],"env":[{"name":"b","value":"2"}]}"#,
            #"{"env":[{"name":"a"},{"name":"b","value":"2"},{"name":"c"}]}"#
        ),
        MergeCase(
            "an element that the order does not name stays",
            #"{"env":[{"name":"z"},{"name":"a"},{"name":"b"}]}"#,
            #"{"$setElementOrder/env":[{"name":"b"},{"name":"a"}]}"#,
            #"{"env":[{"name":"z"},{"name":"b"},{"name":"a"}]}"#
        ),
        MergeCase(
            "an element is deleted",
            #"{"volumes":[{"name":"a","emptyDir":{}},{"name":"b"}]}"#,
            #"{"$setElementOrder/volumes":[{"name":"b"}],"volumes":[{"$patch":"delete","name":"a"}]}"#,
            #"{"volumes":[{"name":"b"}]}"#
        ),
        MergeCase(
            "$retainKeys in an element",
            #"{"volumes":[{"name":"a","emptyDir":{}}]}"#,
            #"{"volumes":[{"$retainKeys":["name","secret"],"name":"a","secret":{"secretName":"s"}}]}"#,
            #"{"volumes":[{"name":"a","secret":{"secretName":"s"}}]}"#
        ),
        MergeCase(
            "a list is replaced by directive",
            #"{"env":[{"name":"a"},{"name":"b"}]}"#,
            #"{"env":[{"$patch":"replace"},{"name":"c"}]}"#,
            #"{"env":[{"name":"c"}]}"#
        ),
        MergeCase(
            "a deletion of what is not there",
            #"{}"#,
            #"{"env":[{"$patch":"delete","name":"a"}]}"#,
            #"{"env":[]}"#
        ),
        MergeCase(
            "container ports by containerPort",
            #"{"containers":[{"name":"a","ports":[{"containerPort":80},{"containerPort":90}]}]}"#,
            #"{"containers":[{"name":"a","ports":[{"containerPort":90,"name":"m"}]}]}"#,
            #"{"containers":[{"name":"a","ports":[{"containerPort":80},{"containerPort":90,"name":"m"}]}]}"#
        ),
        MergeCase(
            "Service ports by port",
            #"{"spec":{"ports":[{"port":80,"targetPort":80}]}}"#,
            #"{"spec":{"ports":[{"port":80,"targetPort":90}]}}"#,
            #"{"spec":{"ports":[{"port":80,"targetPort":90}]}}"#
        ),
        MergeCase(
            "conditions by type",
            #"{"conditions":[{"type":"A","status":"False"}]}"#,
            #"{"conditions":[{"type":"A","status":"True"}]}"#,
            #"{"conditions":[{"type":"A","status":"True"}]}"#
        ),
        MergeCase("other lists are replaced", #"{"args":["a","b"]}"#, #"{"args":["c"]}"#, #"{"args":["c"]}"#),
        MergeCase(
            "an ordered list that is not there yet",
            #"{}"#,
            #"{"$setElementOrder/env":[{"name":"b"},{"name":"a"}],"env":[{"name":"a"},{"name":"b"}]}"#,
            #"{"env":[{"name":"b"},{"name":"a"}]}"#
        ),
        MergeCase(
            "a list is removed whole",
            #"{"env":[{"name":"a"}]}"#,
            #"{"$setElementOrder/env":[],"env":null}"#,
            #"{}"#
        ),
    ])
    func mergesLists(_ example: MergeCase) throws { try check(example) }

    @Test(arguments: [
        MergeCase(
            "finalizers are added to",
            #"{"finalizers":["a"]}"#,
            #"{"finalizers":["b","a"]}"#,
            #"{"finalizers":["b","a"]}"#
        ),
        MergeCase(
            "finalizers are taken out",
            #"{"metadata":{"finalizers":["a","b"]}}"#,
            #"{"metadata":{"$deleteFromPrimitiveList/finalizers":["a"],"$setElementOrder/finalizers":["b"]}}"#,
            #"{"metadata":{"finalizers":["b"]}}"#
        ),
        MergeCase("nothing is taken out of nothing", #"{}"#, #"{"$deleteFromPrimitiveList/finalizers":["a"]}"#, #"{}"#),
    ])
    func mergesSets(_ example: MergeCase) throws { try check(example) }

    @Test(arguments: [
        (#"{"a":{"$patch":"remove"}}"#, "at a: $patch \"remove\", expected replace, delete or merge"),
        (#"{"env":[{"value":"1"}]}"#, "at env: an element without its merge key name"),
        (#"{"env":[{"$patch":"delete"}]}"#, "at env: $patch: delete without name"),
        (#"{"env":["a"]}"#, "at env: string, expected object"),
        (#"{"a":{"$retainKeys":["b"],"c":1}}"#, "at a: c is set but not in $retainKeys"),
    ])
    func refusesWrongDirectives(patch: String, problem: String) throws {
        let object: JSONValue = ["a": ["b": 1], "env": [["name": "a"]]]
        let error = #expect(throws: JSONPatch.Failure.self) {
            try StrategicMerge.applying(JSONValue(parsing: patch), to: object)
        }
        #expect(error?.description == "apply strategic merge patch \(problem)")
    }

    /// Compares texts: the order counts.
    private func check(_ example: MergeCase) throws {
        let object = try JSONValue(parsing: example.object)
        let result = try StrategicMerge.applying(JSONValue(parsing: example.patch), to: object)
        #expect(result.text == example.result)
    }
}
