extension RevisionDigest {
    /// What `revision` says of ConfigMaps and Secrets; nil when it says nothing.
    package static func configs(of revision: String) -> String? {
        hasConfigs(revision) ? revision.split(separator: "-").last.map(String.init) : nil
    }
}
