import Foundation

/// What of the matrix is tried: a sample, or what the environment asks for.
struct CrashSelection: Sendable {
    private static let environment = ProcessInfo.processInfo.environment

    /// What the environment asks for: `CANARYGATE_CRASH_MATRIX=full`, and `CANARYGATE_CRASH_CASE` with the beginning of a
    /// title or `CANARYGATE_CRASH_FAILURE` with a failure for some of it.
    static let asked = CrashSelection(
        isFull: environment["CANARYGATE_CRASH_MATRIX"] == "full",
        title: environment["CANARYGATE_CRASH_CASE"] ?? "",
        failure: environment["CANARYGATE_CRASH_FAILURE"] ?? ""
    )

    /// Whether all is tried.
    let isFull: Bool
    /// How the titles of the cases begin.
    let title: String
    /// What goes wrong; empty for anything.
    let failure: String

    /// Whether `crash` is asked for.
    func includes(_ crash: CrashCase) -> Bool {
        (failure.isEmpty || crash.failure.rawValue == failure) && Self.begins(crash.title, title)
    }

    /// The stories in which something is asked for.
    var stories: [CrashStory] {
        CrashStrategy.allCases.flatMap(CrashStory.all).filter { story in
            Self.begins(story.description, title) || Self.begins(title, story.description)
        }
    }

    /// Whether `path` begins with the whole parts of `start`.
    private static func begins(_ path: String, _ start: String) -> Bool {
        zip(path.split(separator: "/"), start.split(separator: "/")).allSatisfy { $0 == $1 }
            && path.split(separator: "/").count >= start.split(separator: "/").count
    }
}
