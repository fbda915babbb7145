import Testing

@Suite struct FlaggerAPITests {}
