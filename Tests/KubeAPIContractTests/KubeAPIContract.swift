import Testing

/// What a Kubernetes API server does, as far as the project relies on it: written from what real ones were seen to do,
/// and held against the sandbox, or against a real server where one is named.
@Suite(ContractTrait(), .serialized, .timeLimit(.minutes(5))) enum KubeAPIContract {}
