import JSON

/// Entries of the loop's journal, as they were written.
struct Journal {
    /// An entry and where it stands.
    struct Entry {
        let place: JournalEntryPlace
        let value: JSONValue
        /// The Canary in whose status it stands; nil for a line, which holds all that is needed.
        let canary: JSONValue?
        /// The namespace of the Canary that it is about.
        let namespace: String
        /// The name of that Canary.
        let name: String

        /// `test/podinfo`.
        var label: String { "\(namespace)/\(name)" }
    }

    /// In the order in which they were written.
    var entries: [Entry] = []
    /// What cannot be read.
    var faults: [JournalFault] = []

    /// Adds the lines of the input `name`; empty ones are passed over.
    mutating func read(_ bytes: [UInt8], of name: String) {
        let lines = bytes.split(separator: Self.newline, omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.allSatisfy(Self.isBlank) {
            let place = JournalEntryPlace.line(index + 1, of: name)
            do throws(JSONError) {
                add(try JSONValue(parsing: Array(line)), at: place)
            } catch {
                faults.append(JournalFault(place, error))
            }
        }
    }

    private mutating func add(_ value: JSONValue, at place: JournalEntryPlace) {
        guard value.object != nil else {
            faults.append(JournalFault("\(place)", "\(value.typeName), expected an entry of a journal"))
            return
        }
        guard let namespace = value["namespace"]?.string, let name = value["name"]?.string else {
            faults.append(JournalFault("\(place)", "no entry of a journal: it names no Canary"))
            return
        }
        entries.append(Entry(place: place, value: value, canary: nil, namespace: namespace, name: name))
    }

    /// Adds what stands in the status of `canary`, which is `name` in `namespace`.
    mutating func read(statusOf canary: JSONValue, namespace: String, name: String) {
        for (index, tick) in (canary[path: "status", "journal"]?.array ?? []).enumerated() {
            let place = JournalEntryPlace.tick(index, of: "\(namespace)/\(name)")
            do throws(JSONError) {
                // Earlier builds wrote them as trees.
                let value = try tick.string.map { text throws(JSONError) in try JSONValue(parsing: text) } ?? tick
                let entry = Entry(place: place, value: value, canary: canary, namespace: namespace, name: name)
                entries.append(entry)
            } catch {
                faults.append(JournalFault(place, error))
            }
        }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r")
    }
}
