/// What a verified certificate says of the other side.
package struct PeerIdentity: Hashable, Sendable {
    /// The subject's common name.
    package let commonName: String?
    /// The subject's organizations: the groups of a Kubernetes user.
    package let organizations: [String]
    /// DNS names and IP addresses of the subject alternative names.
    package let names: [String]

    init(_ certificate: borrowing X509Certificate) {
        commonName = certificate.commonName
        organizations = certificate.organizations
        names = certificate.names
    }
}
