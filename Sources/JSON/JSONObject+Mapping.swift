extension JSONObject {
    /// The object with `text` in place of each key, which must be the same text, and `value` of each value.
    ///
    /// For who keeps many objects and wants equal keys stored once.
    package func mapping(key text: (String) -> String, value: (Member) -> JSONValue) -> JSONObject {
        JSONObject(distinct: members.map { Member(key: text($0.key), value: value($0)) })
    }
}
