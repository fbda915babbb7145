import JSON

/// Holds a number against the bounds of a schema.
enum NumberCheck {
    static func causes(in number: JSONNumber, _ schema: StructuralSchema, at path: String) -> [FieldCause] {
        var problems: [String] = []
        if let most = schema.value["maximum"]?.number {
            let isExclusive = schema.value["exclusiveMaximum"] == true
            if number.double > most.double || isExclusive && number.double == most.double {
                problems.append("should be less than \(isExclusive ? "" : "or equal to ")\(most.text)")
            }
        }
        if let least = schema.value["minimum"]?.number {
            let isExclusive = schema.value["exclusiveMinimum"] == true
            if number.double < least.double || isExclusive && number.double == least.double {
                problems.append("should be greater than \(isExclusive ? "" : "or equal to ")\(least.text)")
            }
        }
        if let divisor = schema.value["multipleOf"]?.double, divisor > 0,
            number.double.truncatingRemainder(dividingBy: divisor) != 0
        {
            problems.append("should be a multiple of \(JSONNumber(divisor).text)")
        }
        return problems.map { .invalid(path, .number(number), "\(path) in body \($0)") }
    }
}
