import Testing

@Suite struct RolloutTests {}
