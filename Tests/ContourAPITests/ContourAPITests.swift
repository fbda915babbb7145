import Testing

@Suite struct ContourAPITests {}
