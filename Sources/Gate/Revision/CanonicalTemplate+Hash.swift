import JSON

/// The same for a template in a request, of which no tree is made.
extension CanonicalTemplate {
    private static let filter = ContentFilter(
        TemplateRule.all.flatMap { rule in rule.steps.map { ($0, rule.treatment.inFilter) } }
    )

    /// The content hash of what `of` makes of `template`.
    static func contentHash(of template: JSONCursor) -> UInt64 {
        template.contentHash(by: filter) ?? of(template.value).contentHash
    }
}

extension TemplateRule.Treatment {
    /// What the filter is told of it.
    fileprivate var inFilter: ContentFilter.Treatment {
        switch self {
        // A quantity of nothing is spelled "0n".
        case .leftOut(let values): .leftOut(values.contains("0") ? values + ["0n"] : values)
        case .leftOutEmpty: .leftOutEmpty
        case .leftOutByTag:
            .leftOutBeside("image") { policy, image in
                image.string.map { policy.string == ImageReference($0).pullPolicy } ?? false
            }
        case .leftOutLike(let name): .leftOutBeside(name) { $0 == $1 }
        case .without(let keys, let prefixes): .without(keys: keys, prefixes: prefixes)
        case .quantity: .spelled(QuantityValue.canonical)
        case .quantities: .membersSpelled(QuantityValue.canonical)
        }
    }
}
