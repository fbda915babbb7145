import Controller
import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing
import canarygate

@testable import Kubernetes

@Suite(.timeLimit(.minutes(1))) struct LoopMetricsTests {
    private let metrics = LoopMetrics()

    private func text() -> String { metrics.exposition(of: LoopFigures(), reads: ReadFigures(), refusedWrites: 0) }

    private func canary() throws -> Canary {
        try Canary([
            "metadata": ["name": "podinfo", "namespace": "test"],
            "spec": [
                "targetRef": ["kind": "Deployment", "name": "podinfo"], "service": ["port": 80],
                "analysis": ["stepWeight": 10],
            ],
        ])
    }

    private func check(_ outcome: CheckRecord.Outcome) -> CheckRecord {
        CheckRecord(
            subject: .hook,
            kind: "rollout",
            name: "load",
            asked: "",
            answered: "",
            bound: "",
            outcome: outcome,
            follows: .proceed,
            weight: 10,
            time: Timestamp(seconds: 1_000)
        )
    }

    @Test func countsRoundsWithTheirLateness() {
        for (outcome, milliseconds) in [(RoundReport.Outcome.still, 3), (.stepped, 300), (.still, 1_500)] {
            metrics.record(
                RoundReport(
                    key: ObjectKey(namespace: "test", name: "podinfo"),
                    outcome: outcome,
                    lateness: .milliseconds(milliseconds),
                    duration: .milliseconds(1)
                )
            )
        }
        let text = text()
        for line in [
            "canarygate_loop_rounds_total{outcome=\"still\"} 2", "canarygate_loop_rounds_total{outcome=\"stepped\"} 1",
            "canarygate_loop_lateness_seconds_bucket{le=\"0.005\"} 1",
            "canarygate_loop_lateness_seconds_bucket{le=\"1\"} 2", "canarygate_loop_lateness_seconds_count 3",
            "canarygate_loop_round_duration_seconds_count 3",
        ] {
            #expect(text.contains(line + "\n"), "\(line)")
        }
    }

    @Test func countsTicksByTheirVerdict() throws {
        let canary = try canary()
        for outcomes in [
            [CheckRecord.Outcome.passed, .passed], [.passed, .cannotEvaluate], [.cannotEvaluate, .failed],
        ] {
            var status = CanaryStatus()
            status.lastCheckTime = Timestamp(seconds: 1_000)
            status.checks = outcomes.map(check)
            metrics.record(Step(record: status), of: canary)
            // A later step of the same round is none.
            status.lastCheckTime = nil
            metrics.record(Step(record: status), of: canary)
        }
        let text = text()
        for verdict in ["passed", "undecided", "failed"] {
            #expect(text.contains("canarygate_canary_ticks_total{verdict=\"\(verdict)\"} 1\n"), "\(verdict)")
        }
    }

    @Test func showsWhatTheLoopIsAt() {
        var figures = LoopFigures()
        (figures.canaries, figures.waiting, figures.overdue, figures.running, figures.outside) = (9, 5, 2, 4, 3)
        var reads = ReadFigures()
        (reads.cached, reads.asked, reads.layers) = (70, 7, 1)
        let text = metrics.exposition(of: figures, reads: reads, refusedWrites: 6)
        for line in [
            "canarygate_loop_canaries 9", "canarygate_loop_queue_depth{state=\"waiting\"} 3",
            "canarygate_loop_queue_depth{state=\"overdue\"} 2", "canarygate_loop_queue_depth{state=\"running\"} 1",
            "canarygate_loop_queue_depth{state=\"outside\"} 3", "canarygate_loop_reads_total{source=\"cache\"} 70",
            "canarygate_loop_reads_total{source=\"api\"} 7", "canarygate_loop_cache_layers 1",
            "canarygate_loop_refused_writes_total 6",
        ] {
            #expect(text.contains(line + "\n"), "\(line)")
        }
    }

    @Test func showsWhoLeads() {
        var figures = LeadershipFigures()
        (figures.isLeader, figures.transitions, figures.acquisitions) = (true, 4, 2)
        (figures.losses, figures.failures, figures.renewals) = (1, 3, 90)
        let text = LeadershipMetrics.exposition(of: figures)
        for line in [
            "leader 1", "leader_transitions_total 4", "leader_acquisitions_total 2", "leader_losses_total 1",
            "leader_failures_total 3", "leader_renewals_total 90",
        ] {
            #expect(text.contains("canarygate_\(line)\n"), "\(line)")
        }
        #expect(LeadershipMetrics.exposition(of: LeadershipFigures()).contains("canarygate_leader 0\n"))
        #expect(LeadershipMetrics.exposition(of: nil).contains("canarygate_leader 1\n"))
    }

    @Test func showsKindsAndEvents() {
        let kinds = ClusterMetrics.exposition(of: [("a.example", .served), ("b.example", .missing), ("c", .unknown)])
        #expect(kinds.contains("canarygate_kind_available{kind=\"a.example\"} 1\n"))
        #expect(kinds.contains("canarygate_kind_available{kind=\"b.example\"} 0\n"))
        #expect(!kinds.contains("\"c\""))
        var statistics = EventStatistics()
        (statistics.written, statistics.heldBack, statistics.dropped, statistics.queued) = (1, 2, 3, 4)
        let events = ClusterMetrics.exposition(of: statistics)
        for line in [
            "total{outcome=\"written\"} 1", "total{outcome=\"held_back\"} 2", "total{outcome=\"dropped\"} 3",
            "queued 4",
        ] {
            #expect(events.contains("canarygate_events_\(line)\n"), "\(line)")
        }
    }
}
