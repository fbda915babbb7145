package import JSON

/// One call of a rollout hook: where to, what to say, and how long to try.
package struct HookCall: Hashable, Sendable {
    /// An absolute `http` or `https` URL.
    package var url: String
    /// The Canary's name.
    package var canary: String
    /// The Canary's namespace.
    package var namespace: String
    /// The Canary's phase, for example `Progressing`.
    package var phase: String
    /// The hash of the revision that is asked about.
    package var checksum: String
    /// The hook's metadata, an object of strings; nil leaves the member out of the payload.
    package var metadata: JSONValue?
    /// Real time for one attempt.
    package var timeout: Duration
    /// How many more attempts follow a failed first one.
    package var retries: Int

    /// A call; the time limit of 10 s and no retries are Flagger's defaults.
    package init(
        url: String,
        canary: String,
        namespace: String,
        phase: String,
        checksum: String,
        metadata: JSONValue? = nil,
        timeout: Duration = .seconds(10),
        retries: Int = 0
    ) {
        self.url = url
        self.canary = canary
        self.namespace = namespace
        self.phase = phase
        self.checksum = checksum
        self.metadata = metadata
        self.timeout = timeout
        self.retries = retries
    }

    /// The payload: name, namespace, phase, checksum, and the metadata if there is any.
    package var payload: JSONValue {
        var payload: JSONValue = [
            "name": .string(canary), "namespace": .string(namespace), "phase": .string(phase),
            "checksum": .string(checksum),
        ]
        if let metadata { payload["metadata"] = metadata }
        return payload
    }
}

/// What a hook said.
package enum HookResult: Hashable, Sendable {
    /// The last attempt was answered with a status up to 202.
    case passed
    /// It was answered with another status; one line for a person: the answer's body, or the status where there is none.
    case failed(String)
    /// It was not answered; one line for a person: what went wrong on the way.
    case unavailable(String)
}
