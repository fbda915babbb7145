import Testing

@Suite struct KubernetesTests {}
