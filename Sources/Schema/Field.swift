/// A named field of an object.
package struct Field: Sendable {
    /// The field's name.
    package let name: String
    /// What it may be.
    package let schema: Schema
    /// Whether it has to be there.
    package let isRequired: Bool
    /// What is said when it is not there, in place of the general words.
    package let absence: Explanation?

    /// A field that has to be there.
    package static func required(_ name: String, _ schema: Schema, absence: Explanation? = nil) -> Field {
        Field(name: name, schema: schema, isRequired: true, absence: absence)
    }

    /// A field that may be left out.
    package static func optional(_ name: String, _ schema: Schema) -> Field {
        Field(name: name, schema: schema, isRequired: false, absence: nil)
    }
}

/// A name that had a meaning in an earlier version of an object and has none now.
package struct RetiredField: Sendable {
    /// The name.
    package let name: String
    /// The field beside it that took its place; its schema is used to look into the retired one.
    ///
    /// Nil for none.
    package let replacement: String?
    /// What is said about it.
    package let explanation: Explanation

    package init(name: String, replacement: String?, explanation: Explanation) {
        self.name = name
        self.replacement = replacement
        self.explanation = explanation
    }
}

/// A finding's words, for what a schema finds.
package struct Explanation: Hashable, Sendable {
    /// The rule's id: `canary/max-weight-above-100`.
    package let rule: String
    /// What is wrong.
    package let problem: String
    /// What to write instead.
    package let remedy: String

    package init(_ rule: String, _ problem: String, _ remedy: String) {
        self.rule = rule
        self.problem = problem
        self.remedy = remedy
    }
}

/// The range of a number, ends included.
package struct Bounds: Sendable {
    /// The least number; nil for none.
    package let minimum: Double?
    /// The greatest number; nil for none.
    package let maximum: Double?
    /// What is said below the least, in place of the general words.
    package let below: Explanation?
    /// What is said above the greatest, in place of the general words.
    package let above: Explanation?

    package init(
        _ minimum: Double? = nil,
        _ maximum: Double? = nil,
        below: Explanation? = nil,
        above: Explanation? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.below = below
        self.above = above
    }

    /// The words for the range: `1 to 100`, `1 or more`, `100 or less`; empty without bounds.
    package var text: String {
        switch (minimum.map(Self.text), maximum.map(Self.text)) {
        case (let low?, let high?): "\(low) to \(high)"
        case (let low?, nil): "\(low) or more"
        case (nil, let high?): "\(high) or less"
        case (nil, nil): ""
        }
    }

    static func text(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : "\(number)"
    }
}
