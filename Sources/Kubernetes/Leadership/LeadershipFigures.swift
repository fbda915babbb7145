/// What can be told of a process's part in an election, for metrics.
package struct LeadershipFigures: Hashable, Sendable {
    /// Whether it leads: 1 or 0 in `leader_election_master_status`.
    package var isLeader = false
    /// Who leads, as far as it knows; empty for nobody.
    package var holder = ""
    /// How often the lease changed hands, as the lease says.
    package var transitions = 0
    /// How often it has become the leader.
    package var acquisitions = 0
    /// How often it has renewed the lease.
    package var renewals = 0
    /// How often it has ceased to be without having wanted to.
    package var losses = 0
    /// How many attempts to acquire or renew have failed; that somebody else leads is no failure.
    package var failures = 0
}
