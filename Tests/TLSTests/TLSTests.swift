import Testing

@Suite struct TLSTests {}
