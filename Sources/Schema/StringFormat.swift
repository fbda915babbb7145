/// A form that a text must have.
package struct StringFormat: Sendable {
    /// The form's name in the reference: `Go duration`.
    package let name: String
    /// A regular expression (RE2, anchored) for CRDs; nil where it says too little or is too long.
    package let pattern: String?
    /// What the text should be: `a duration such as 30s or 1m30s`.
    package let expected: String
    /// Whether a text has the form.
    package let accepts: @Sendable (String) -> Bool
    /// What was probably meant by a text that has not; nil when there is nothing to go by.
    package let suggestion: @Sendable (String) -> String?

    package init(
        name: String,
        pattern: String?,
        expected: String,
        accepts: @escaping @Sendable (String) -> Bool,
        suggestion: @escaping @Sendable (String) -> String? = { _ in nil }
    ) {
        self.name = name
        self.pattern = pattern
        self.expected = expected
        self.accepts = accepts
        self.suggestion = suggestion
    }
}

extension StringFormat {
    /// A positive duration as Go writes it.
    package static let duration = StringFormat(
        name: "Go duration",
        pattern: "^([0-9]+(\\.[0-9]*)?(ns|us|µs|ms|s|m|h))+$",
        expected: "a duration such as 30s or 1m30s",
        accepts: { DurationText($0)?.isGo ?? false },
        suggestion: { DurationText.suggestion(for: $0) { $0.isGo } }
    )

    /// A positive duration that stands in a Prometheus query: whole numbers, units in falling order.
    package static let queryWindow = StringFormat(
        name: "Prometheus duration",
        pattern: "^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$",
        expected: "a duration of whole numbers such as 30s or 1m30s",
        accepts: { DurationText($0)?.isWindow ?? false },
        suggestion: { DurationText.suggestion(for: $0) { $0.isWindow } }
    )

    /// The name of one part of a DNS name that begins with a letter: what a Service may be called.
    ///
    /// Source: RFC 1035.
    package static let dnsLabel = StringFormat(
        name: "DNS label",
        pattern: "^[a-z]([-a-z0-9]*[a-z0-9])?$",
        expected: "lower-case letters, digits and '-', beginning with a letter, at most 63 characters",
        accepts: { NameText.isLabel($0) && $0.utf8.first.map(NameText.isLetter) == true },
        suggestion: { NameText.suggestion(for: $0, allowingDots: false) }
    )

    /// What a port of a Service may be called.
    ///
    /// Source: RFC 1123, one part of a DNS name.
    package static let servicePortName = StringFormat(
        name: "port name",
        pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$",
        expected: "lower-case letters, digits and '-', at most 63 characters",
        accepts: { NameText.isLabel($0) }
    )

    /// What a port of a container may be called.
    ///
    /// Source: RFC 6335 section 5.1, in lower case.
    package static let containerPortName = StringFormat(
        name: "port name",
        pattern: nil,
        expected: "at most 15 lower-case letters, digits and '-', a letter among them",
        accepts: NameText.isServiceName
    )

    /// The value of a label.
    ///
    /// Source: Kubernetes, labels and selectors.
    package static let labelValue = StringFormat(
        name: "label value",
        pattern: "^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$",
        expected: "at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit",
        accepts: NameText.isLabelValue
    )

    /// Any text but none.
    package static let someText = StringFormat(
        name: "text",
        pattern: nil,
        expected: "a text that is not empty",
        accepts: { !$0.isEmpty }
    )

    /// What most objects may be called.
    ///
    /// Source: RFC 1123, Kubernetes object names.
    package static let dnsSubdomain = StringFormat(
        name: "DNS subdomain",
        pattern: "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
        expected: "lower-case letters, digits, '-' and '.', at most 253 characters",
        accepts: NameText.isSubdomain,
        suggestion: { NameText.suggestion(for: $0, allowingDots: true) }
    )

    /// An absolute http or https URL with a host.
    package static let httpURL = StringFormat(
        name: "URL",
        pattern: "^https?://.+$",
        expected: "a URL such as http://load-tester.test/",
        accepts: URLText.isHTTP,
        suggestion: URLText.suggestion
    )

    /// A Kubernetes quantity such as `100m` or `1.5Gi`.
    package static let quantity = StringFormat(
        name: "quantity",
        pattern: "^[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)(m|u|n|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?[0-9]+)?$",
        expected: "a quantity such as 100m or 1.5Gi",
        accepts: QuantityText.isQuantity
    )
}
