import JSON
import Rollout

/// What comes of a journal whose decisions are made again.
struct ReplayReport {
    /// The entries that could be decided on, in order.
    private(set) var entries: [ReplayedEntry] = []
    /// What cannot be read.
    private(set) var faults: [JournalFault]
    /// Entries that say too little by now, and why: the spec that they rest on was changed.
    private(set) var passedOver: [JournalFault] = []

    /// Decides on all entries of `journal` again.
    init(_ journal: Journal) {
        faults = journal.faults
        for entry in journal.entries {
            if let reason = Self.staleness(of: entry) {
                passedOver.append(JournalFault("\(entry.place)", reason))
                continue
            }
            do throws(ReplayError) {
                entries.append(try ReplayedEntry(entry))
            } catch {
                faults.append(JournalFault("\(entry.place)", "replay: \(error)"))
            }
        }
    }

    /// Why a tick in a status cannot be decided on again through no fault of its own; nil when it can.
    private static func staleness(of entry: Journal.Entry) -> String? {
        guard let canary = entry.canary, entry.value["spec"] == nil else { return nil }
        let (then, now) = (entry.value["generation"], canary[path: "metadata", "generation"])
        guard then != now else { return nil }
        return "of generation \(then?.text ?? "none"), but the spec is of generation \(now?.text ?? "none") by now"
    }

    /// How many decisions came out as another one.
    var differing: Int { entries.count { !$0.agrees } }

    /// 0 when all decisions are as written, 1 when one is not, 65 when something cannot be read.
    var exitCode: Int32 { faults.isEmpty ? differing == 0 ? 0 : 1 : 65 }

    /// `12 entries of 1 canary: all are decided as written`.
    var summary: String {
        let canaries = Set(entries.map(\.entry.label)).count
        let head = "\(Self.count(entries.count, "entry", "entries")) of \(Self.count(canaries, "canary", "canaries"))"
        return differing == 0 ? "\(head): all decided as written" : "\(head): \(differing) decided otherwise"
    }

    private static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(number) \(number == 1 ? one : many)"
    }
}
