/// A branch of a tree that is drawn with lines.
struct TextBranch {
    /// What it is.
    let label: String
    /// Lines below the label that are about it.
    var notes: [String] = []
    /// What hangs on it.
    var children: [TextBranch] = []

    /// Its lines and those of all below it; the first without anything before it.
    var lines: [String] {
        var lines = [label]
        append(to: &lines, after: "")
        return lines
    }

    /// Appends all but the label, each line after `lead`.
    private func append(to lines: inout [String], after lead: String) {
        let bar = children.isEmpty ? "  " : "│ "
        for note in notes { lines.append(lead + bar + note) }
        for (index, child) in children.enumerated() {
            let isLast = index == children.count - 1
            lines.append(lead + (isLast ? "└── " : "├── ") + child.label)
            child.append(to: &lines, after: lead + (isLast ? "    " : "│   "))
        }
    }
}
