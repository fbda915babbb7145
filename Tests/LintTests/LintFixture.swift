import Admission
import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Lint
import Schema

/// Manifests to check, and checks of them.
enum LintFixture {
    /// The kinds that the server watches.
    static let types: [ResourceType] = [
        .canaries, .metricTemplates, .alertProviders, .deployments,
        .autoscalers, .services, .httpProxies, .namespaces, .secrets, .tlsCertificateDelegations, .extensionServices,
    ]

    /// The kinds that matter where Flagger drives the Canaries.
    static let typesBesideFlagger: [ResourceType] = types + [.daemonSets, .scaledObjects]

    /// A Canary that is fine by itself.
    static let canary = """
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata:
          name: podinfo
          namespace: test
        spec:
          targetRef:
            apiVersion: apps/v1
            kind: Deployment
            name: podinfo
          service:
            port: 80
            targetPort: 9898
          analysis:
            interval: 30s
            threshold: 5
            maxWeight: 50
            stepWeight: 5
            metrics:
            - name: request-success-rate
              thresholdRange:
                min: 99
              interval: 1m

        """

    /// What it rolls out.
    static let deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: podinfo
          namespace: test
        spec: {}

        """

    /// An HTTPProxy that leads to what the Canary makes.
    static let proxy = """
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: ingress
          namespace: test
        spec:
          virtualhost:
            fqdn: app.example.com
          includes:
          - name: podinfo
            conditions:
            - prefix: /

        """

    /// The Canary with `old` replaced by `new`.
    static func canary(_ old: String, _ new: String) -> String { replacing(old, new, in: canary) }

    /// `text` with the first `old` in it replaced by `new`.
    static func replacing(_ old: String, _ new: String, in text: String) -> String {
        guard let range = text.firstRange(of: old) else { return text }
        return text.replacingCharacters(in: range, with: new)
    }

    /// What there is to say of `texts`, files named `a.yaml`, `b.yaml` and so on.
    static func report(
        _ texts: String...,
        level: LintLevel = .warn,
        judge: Judge = Judge(),
        contour: ContourSettings = ContourSettings(),
        cluster: ClusterView? = nil
    ) -> LintReport {
        let sources = texts.enumerated().map { index, text in
            Source(name: "\(["a", "b", "c", "d"][index]).yaml", bytes: Array(text.utf8))
        }
        let types = judge.isDriving ? types : typesBesideFlagger
        return Linter(types: types, judge: judge, contour: contour, level: level)
            .report(on: sources, cluster: cluster)
    }
}

extension String {
    /// The string with the characters of `range` replaced.
    fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}

extension LintReport {
    /// Each finding's place and rule: `a.yaml:17:5 deny canary/max-weight-above-100`.
    var places: [String] {
        findings.map {
            "\($0.subject.file):\($0.line):\($0.column) \($0.finding.severity.rawValue) \($0.finding.rule)"
        }
    }
}
