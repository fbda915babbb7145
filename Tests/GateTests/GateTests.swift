import Testing

@Suite struct GateTests {}
