import Testing

@Suite struct YAMLTests {}
