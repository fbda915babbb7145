import Admission
import Gate
import JSON
import Testing

/// ConfigMaps and Secrets that are part of a revision.
@Suite(.timeLimit(.minutes(1))) struct ConfigTests {
    @Test func findsWhatPodsRead() {
        let template = yaml(
            """
            spec:
              imagePullSecrets: [{name: registry}]
              volumes:
              - {name: a, configMap: {name: of-volume}}
              - {name: b, secret: {secretName: of-volume, optional: true}}
              - {name: c, projected: {sources: [{configMap: {name: projected}}, {secret: {name: projected}}]}}
              - {name: d, csi: {driver: x, nodePublishSecretRef: {name: csi}}}
              initContainers:
              - {name: i, envFrom: [{configMapRef: {name: of-init, optional: true}}]}
              containers:
              - name: c
                envFrom: [{secretRef: {name: all-keys}}, {configMapRef: {name: of-init}}]
                env: [{name: A, valueFrom: {secretKeyRef: {name: one-key, key: a, optional: true}}}]
              ephemeralContainers:
              - {name: e, env: [{name: B, valueFrom: {configMapKeyRef: {name: of-debugger, key: b}}}]}
            """
        )
        let references = ConfigReferences(of: template)
        #expect(
            references.all.map(\.title) == [
                "configmap/of-debugger", "configmap/of-init", "configmap/of-volume", "configmap/projected",
                "secret/all-keys", "secret/of-volume", "secret/one-key", "secret/projected",
            ]
        )
        let spared = Set(references.all).subtracting(references.needed).map(\.title).sorted()
        #expect(spared == ["secret/of-volume", "secret/one-key"])
    }

    @Test(arguments: [
        ("metadata: {name: a}", true),
        ("metadata: {name: a, annotations: {flagger.app/config-tracking: disabled}}", false),
        ("metadata: {name: a, annotations: {flagger.app/config-tracking: disable}}", false),
        ("metadata: {name: a, annotations: {flagger.app/config-tracking: enabled}}", true),
        ("type: Opaque", true), ("type: kubernetes.io/tls", true), ("type: ''", true),
        ("type: kubernetes.io/service-account-token", false), ("type: helm.sh/release.v1", false),
    ])
    func tracksAllButWhatOptsOutOrIsTheClusters(_ object: String, _ isTracked: Bool) {
        #expect(ConfigReferences.isTracked(yaml(object)) == isTracked)
    }

    @Test func digestStaysWhatItWasInEarlierReleases() {
        #expect(ConfigDigest.of(yaml("data: {color: blue, app.yaml: 'a: 1'}")) == "043308dde046de1c")
        #expect(ConfigDigest.of(yaml("metadata: {name: empty}")) == "e3b0c44298fc1c14")
    }

    @Test func digestSeesDataAndBinaryDataAlone() {
        let one = yaml("{metadata: {name: a}, data: {a: '1', b: '2'}, binaryData: {c: AA==}}")
        let same = yaml(
            "{metadata: {name: b, labels: {x: y}}, immutable: true, binaryData: {c: AA==}, data: {b: '2', a: '1'}}"
        )
        #expect(ConfigDigest.of(one) == ConfigDigest.of(same))
        for other in [
            "{data: {a: '1', b: '3'}, binaryData: {c: AA==}}", "{data: {a: '1', b: '2'}, binaryData: {c: AQ==}}",
            "{data: {a: '1', b: '2'}}", "{data: {a: '12', b: ''}, binaryData: {c: AA==}}",
            "{data: {a: '1', b: '2', c: AA==}}",
        ] {
            #expect(ConfigDigest.of(yaml(other)) != ConfigDigest.of(one))
        }
    }
}
