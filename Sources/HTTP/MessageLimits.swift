/// How large a message may be.
package struct MessageLimits: Hashable, Sendable {
    /// Bytes of the start line and the header fields together.
    ///
    /// 64 KiB: the Kubernetes API server sends at most a few, a bearer token with group claims may take 16, and Go,
    /// which most clients are written in, allows 1 MiB.
    package var headBytes = 64 << 10
    /// Header fields: 100, as Apache's default; the API server sends about ten.
    package var fieldCount = 100
    /// Bytes of a request target: 16 KiB, twice what proxies pass by default, for label selectors in list requests.
    package var targetBytes = 16 << 10
    /// Bytes of a request's body: 8 MiB.
    ///
    /// An AdmissionReview holds an object twice, and an object has at most 1.5 MiB in etcd and 3 MiB in a request (the
    /// API server's `limitedReadBody`).
    package var bodyBytes = 8 << 20

    /// The defaults.
    package init() {}
}
