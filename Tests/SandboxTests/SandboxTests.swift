import Testing

@Suite struct SandboxTests {}
