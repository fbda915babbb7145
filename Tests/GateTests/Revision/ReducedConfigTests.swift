import Gate
import JSON
import Kubernetes
import Testing

/// What is kept of ConfigMaps and Secrets.
@Suite(.timeLimit(.minutes(1))) struct ReducedConfigTests {
    private let secret = yaml(
        """
        apiVersion: v1
        kind: Secret
        type: Opaque
        immutable: true
        metadata:
          name: creds
          namespace: test
          uid: u-1
          resourceVersion: "7"
          labels: {canarygate.dev/managed: "true", team: web}
          annotations:
            canarygate.dev/change: "secret/creds: key token"
            flagger.app/config-tracking: disabled
            kubectl.kubernetes.io/last-applied-configuration: '{"data":{"token":"c2VjcmV0"}}'
          ownerReferences: [{kind: Canary, name: podinfo, uid: u-2}]
        data: {token: c2VjcmV0}
        """
    )

    @Test func keepsNoValueAndWhatTheLoopReads() {
        let kept = ReducedConfig.of(secret)
        #expect(!kept.text.contains("c2VjcmV0"))
        #expect(ReducedConfig.isReduced(kept) && !ReducedConfig.isReduced(secret))
        #expect(ConfigDigest.of(kept) == ConfigDigest.of(secret))
        #expect(kept.key == secret.key && kept.uid == "u-1" && kept.resourceVersion == "7")
        #expect(kept.label(GateAnnotations.managed) == "true" && kept.label("team") == nil)
        #expect(kept.annotation(GateAnnotations.change) == "secret/creds: key token")
        #expect(!ConfigReferences.isTracked(kept))
        #expect(kept[path: "metadata", "ownerReferences"] == secret[path: "metadata", "ownerReferences"])
    }

    @Test func goesOverWhatSomebodyElseKeeps() {
        let kept = ReducedConfig.of(secret, over: SecretReader().kept(of: secret))
        #expect(!kept.text.contains("c2VjcmV0"))
        #expect(SecretFacts(kept).keys == ["token"] && SecretFacts(kept).type == "Opaque")
        #expect(ReducedConfig.holdTheSame(kept, secret))
    }

    @Test func tellsWhetherTwoHoldTheSameWhicheverIsReduced() {
        var copy = secret
        copy["metadata"] = ["name": "creds-primary"]
        var other = copy
        other[path: "data", "token"] = "b3RoZXI="
        var changeable = copy
        changeable["immutable"] = nil
        for (left, isReduced) in [(secret, false), (ReducedConfig.of(secret), true)] {
            #expect(ReducedConfig.isReduced(left) == isReduced)
            for right in [copy, ReducedConfig.of(copy)] { #expect(ReducedConfig.holdTheSame(left, right)) }
            for right in [other, ReducedConfig.of(other), changeable, ReducedConfig.of(changeable)] {
                #expect(!ReducedConfig.holdTheSame(left, right))
            }
        }
    }

    /// A release of Helm's may be a megabyte, and is never tracked.
    @Test func digestsNothingOfATypeThatIsNotTracked() {
        var release = secret
        release["type"] = "helm.sh/release.v1"
        #expect(ReducedConfig.of(release)["digest"] == "")
    }
}
