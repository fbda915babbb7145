extension ResourceType {
    /// Hashes the plural alone, which tells almost all kinds apart: tables of kinds are asked at each look-up.
    package func hash(into hasher: inout Hasher) { hasher.combine(plural) }
}
