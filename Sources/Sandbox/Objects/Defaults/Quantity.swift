/// A resource quantity as the API server writes it: `2000m` is `2`, `0.5` is `500m`, `1024Mi` is `1Gi`.
///
/// Source: k8s.io/apimachinery/pkg/api/resource.
enum Quantity {
    private static let decimalSuffixes = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"]
    private static let binarySuffixes = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"]

    /// The canonical form of `text`; `text` itself when it is none, or written with an exponent or a sign.
    static func canonical(_ text: String) -> String {
        let number = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        let suffix = String(text.dropFirst(number.count))
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let digits = Int(parts.joined()) else { return text }
        guard digits != 0 else { return "0" }
        let decimals = parts.count == 2 ? parts[1].count : 0
        if let place = decimalSuffixes.firstIndex(of: suffix) {
            return decimal(digits, exponent: (place - 3) * 3 - decimals) ?? text
        }
        if let place = binarySuffixes.firstIndex(of: suffix) {
            return binary(digits, decimals: decimals, place: place) ?? text
        }
        return text
    }

    private static func decimal(_ digits: Int, exponent: Int) -> String? {
        var digits = digits
        var exponent = exponent
        while digits.isMultiple(of: 10) {
            digits /= 10
            exponent += 1
        }
        let place = Int((Double(exponent) / 3).rounded(.down))
        guard (-3...6).contains(place) else { return nil }
        for _ in 0..<exponent - place * 3 {
            let (product, isTooLarge) = digits.multipliedReportingOverflow(by: 10)
            guard !isTooLarge else { return nil }
            digits = product
        }
        return "\(digits)\(decimalSuffixes[place + 3])"
    }

    private static func binary(_ digits: Int, decimals: Int, place: Int) -> String? {
        var digits = digits
        var place = place
        var divisor = 1
        for _ in 0..<min(decimals, 18) { divisor *= 10 }
        while !digits.isMultiple(of: divisor), place > 0, digits < Int.max / 1_024 {
            digits *= 1_024
            place -= 1
        }
        guard digits.isMultiple(of: divisor) else { return nil }
        digits /= divisor
        while digits.isMultiple(of: 1_024), place > 0 || digits >= 1_024, place < binarySuffixes.count - 1 {
            digits /= 1_024
            place += 1
        }
        return "\(digits)\(binarySuffixes[place])"
    }
}
