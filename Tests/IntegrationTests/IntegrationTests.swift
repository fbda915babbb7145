import Testing

@Suite struct IntegrationTests {}
