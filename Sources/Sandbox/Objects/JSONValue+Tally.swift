import JSON

extension JSONValue {
    /// The whole number of a field that counts something, brought within what its `int32` can hold and not below 0; nil
    /// for anything else.
    ///
    /// A client may have written any number, and sums of it must not overflow.
    var tally: Int? { int.map { min(max(0, $0), Int(Int32.max)) } }
}
