/// An IP address or network as Go's `net.ParseIP` and `net.ParseCIDR` read it: `10.0.0.0/8`, `::1`.
package struct IPNetwork: Hashable, Sendable {
    /// Four or sixteen bytes of the address as written, bits of the host among them.
    package let address: [UInt8]
    /// Bits of the network; nil for a bare address.
    package let prefixLength: Int?

    /// Reads `text`; nil where Go would not.
    package init?(_ text: String) { nil }
}
