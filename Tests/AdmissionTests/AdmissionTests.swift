import Testing

@Suite struct AdmissionTests {}
