/// The forms in which revisions are written, to tell ours from another controller's.
package enum RevisionForm {
    /// What a revision of the present version begins with.
    package static let prefix = "2-"

    /// Whether `revision` is of one of our versions.
    ///
    /// The first version is ten hex digits. Flagger's hashes are of other characters, have no hyphen or, where they are
    /// as long, are of some of our digits alone.
    package static func isOurs(_ revision: String) -> Bool {
        revision.hasPrefix(prefix) || isFirstVersion(revision) && revision.contains { "0123ae".contains($0) }
    }

    /// Whether `revision` is written as the first version was.
    package static func isFirstVersion(_ revision: String) -> Bool {
        revision.utf8.count == 10
            && revision.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
