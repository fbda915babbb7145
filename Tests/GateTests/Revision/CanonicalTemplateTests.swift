import Gate
import JSON
import TestSupport
import Testing
import YAML

/// The podinfo template as a person writes it.
let shortTemplate = yaml(
    """
    metadata: {labels: {app: podinfo}}
    spec:
      serviceAccountName: podinfo
      containers:
      - name: podinfod
        image: stefanprodan/podinfo:3.1.0
        ports: [{name: http, containerPort: 9898}]
        env:
        - {name: EMPTY}
        - {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
        - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
        readinessProbe: {httpGet: {port: 9898}}
        lifecycle: {preStop: {httpGet: {port: 9898, path: /bye}}}
        resources: {limits: {cpu: 2000m, memory: 1Gi}, requests: {cpu: 0.1}}
        volumeMounts: [{name: data, mountPath: /data}]
      volumes:
      - name: data
      - name: config
        configMap: {name: podinfo-config}
    """
)

/// The same as the API server stores it, after a restart of nothing and an application by kubectl.
let fullTemplate = yaml(
    """
    metadata:
      creationTimestamp: null
      labels: {app: podinfo, pod-template-hash: 7c4d9b5f6d}
      annotations: {kubectl.kubernetes.io/last-applied-configuration: "{}"}
    spec:
      restartPolicy: Always
      terminationGracePeriodSeconds: 30
      dnsPolicy: ClusterFirst
      serviceAccountName: podinfo
      serviceAccount: podinfo
      securityContext: {}
      schedulerName: default-scheduler
      enableServiceLinks: true
      hostNetwork: false
      nodeSelector: {flagger.app/scale-to-zero: "true"}
      tolerations: []
      containers:
      - name: podinfod
        image: stefanprodan/podinfo:3.1.0
        imagePullPolicy: IfNotPresent
        terminationMessagePath: /dev/termination-log
        terminationMessagePolicy: File
        ports: [{name: http, containerPort: 9898, protocol: TCP}]
        env:
        - {name: EMPTY, value: ""}
        - {name: POD, valueFrom: {fieldRef: {apiVersion: v1, fieldPath: metadata.name}}}
        - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu, divisor: "0"}}}
        readinessProbe:
          httpGet: {port: 9898, path: /, scheme: HTTP}
          timeoutSeconds: 1
          periodSeconds: 10
          successThreshold: 1
          failureThreshold: 3
          initialDelaySeconds: 0
        lifecycle: {preStop: {httpGet: {scheme: HTTP, path: /bye, port: 9898}}}
        resources: {limits: {cpu: "2", memory: 1073741824}, requests: {cpu: 100m}}
        volumeMounts: [{name: data, mountPath: /data, readOnly: false}]
      volumes:
      - name: data
        emptyDir: {}
      - name: config
        configMap: {name: podinfo-config, defaultMode: 420}
    """
)

/// The value of a manifest in a test.
func yaml(_ text: String) -> JSONValue {
    do {
        return try YAMLParser.documents(in: Array(text.utf8)).first?.value ?? .null
    } catch {
        preconditionFailure("\(error)")
    }
}

/// What of a template counts for its revision.
@Suite(.timeLimit(.minutes(1))) struct CanonicalTemplateTests {
    private func container(_ members: String) -> JSONValue {
        yaml("spec: {containers: [{name: podinfod, \(members)}]}")
    }

    @Test(arguments: [
        ("image: a", "image: a, imagePullPolicy: Always"),
        ("image: a:latest", "image: a:latest, imagePullPolicy: Always"),
        ("image: 'host:5000/a:1'", "image: 'host:5000/a:1', imagePullPolicy: IfNotPresent"),
        ("image: 'host:5000/a'", "image: 'host:5000/a', imagePullPolicy: Always"),
        ("image: 'a@sha256:00'", "image: 'a@sha256:00', imagePullPolicy: IfNotPresent"),
        ("image: a, command: []", "image: a"),
        ("image: a, resources: {limits: {}}", "image: a, resources: {}"),
        ("resources: {limits: {cpu: 1.5}}", "resources: {limits: {cpu: 1500m}}"),
        ("resources: {limits: {memory: 1e3}}", "resources: {limits: {memory: 1k}}"),
        ("resources: {limits: {memory: 0.5Gi}}", "resources: {limits: {memory: 512Mi}}"),
        ("resources: {limits: {cpu: '.5'}}", "resources: {limits: {cpu: '+500m'}}"),
        ("livenessProbe: {grpc: {port: 1, service: ''}}", "livenessProbe: {grpc: {port: 1}}"),
        ("securityContext: {}", "securityContext: null"),
    ])
    func takesForTheSame(_ one: String, _ other: String) {
        #expect(RevisionDigest.of(template: container(one)) == RevisionDigest.of(template: container(other)))
    }

    @Test(arguments: [
        ("image: a:1", "image: a:1, imagePullPolicy: Always"),
        ("image: a", "image: a, imagePullPolicy: IfNotPresent"),
        ("image: a, args: [x, y]", "image: a, args: [y, x]"),
        ("resources: {limits: {memory: 1G}}", "resources: {limits: {memory: 1Gi}}"),
        ("resources: {limits: {cpu: banana}}", "resources: {limits: {cpu: apple}}"),
        ("readinessProbe: {periodSeconds: 10}", "readinessProbe: {periodSeconds: 11}"),
        ("ports: [{containerPort: 1}]", "ports: [{containerPort: 1, protocol: UDP}]"),
        ("securityContext: {allowPrivilegeEscalation: false}", "securityContext: {}"),
        ("securityContext: {runAsUser: 0}", "securityContext: {}"),
        ("newField: {}", "image: null"),
        ("env: [{name: A, value: '1'}]", "env: [{name: A, value: '2'}]"),
    ])
    func tellsApart(_ one: String, _ other: String) {
        #expect(RevisionDigest.of(template: container(one)) != RevisionDigest.of(template: container(other)))
    }

    @Test func seesARestart() {
        let restarted = template(
            "stefanprodan/podinfo:3.1.0",
            annotations: ["kubectl.kubernetes.io/restartedAt": "2026-11-25T05:00:00Z"]
        )
        #expect(RevisionDigest.of(template: restarted) != RevisionDigest.of(template: podinfo310))
    }

    @Test func keepsAnEmptySelectorWhichMeansEverything() {
        let all = yaml("spec: {topologySpreadConstraints: [{topologyKey: zone, labelSelector: {}}]}")
        let none = yaml("spec: {topologySpreadConstraints: [{topologyKey: zone}]}")
        #expect(RevisionDigest.of(template: all) != RevisionDigest.of(template: none))
    }

    /// What is put in place of each value of a template; some of it is left out at one place or another.
    private static let replacements: [JSONValue] = [
        .null, true, false, 0, 1, 30, 420, "", "0", "0n", "1", "Always", "IfNotPresent", "ClusterFirst", "2Gi", "/",
        "TC\u{301}P", "\n", [], [[:]], [.null, "v1"], [:], ["canarygate.dev/a": "1"], ["canarygate.dev/\u{301}": "1"],
        ["app": "podinfo", "pod-template-hash": "2"], ["cpu": "0.5", "memory": ["a": 1]], ["a": [], "b": .null],
        "podinfo", "stefanprodan/podinfo", "stefanprodan/podinfo:latest",
    ]

    /// `value` with each value in it replaced by `replacement`, one at a time.
    private static func variants(of value: JSONValue, with replacement: JSONValue) -> [JSONValue] {
        var variants = [replacement]
        for member in value.object ?? JSONObject() {
            for inner in Self.variants(of: member.value, with: replacement) {
                var variant = value
                variant[member.key] = inner
                variants.append(variant)
            }
        }
        let elements = value.array ?? []
        for place in elements.indices {
            for inner in Self.variants(of: elements[place], with: replacement) {
                var copy = elements
                copy[place] = inner
                variants.append(.array(copy))
            }
        }
        return variants
    }

    @Test(arguments: replacements.indices)
    func isHashedInARequestAsInATree(index: Int) throws {
        for template in Self.variants(of: fullTemplate, with: Self.replacements[index]) {
            let cursor = try JSONDocument(parsing: template.serialized).root
            #expect(RevisionDigest.of(template: cursor) == RevisionDigest.of(template: template), "\(template.text)")
        }
    }

    /// Short quantities are read in a quicker way, which a sign bars.
    @Test(arguments: [
        "0", "1", "100m", "128Mi", "1Gi", "16Gi", "999999999Ei", "1e3", "1E", "1.5", "0000000001", "1000000000", "7n",
        "3u", "2k", "4M", "5G", "6T", "8P", "9Ki", "1Ti", "1Pi",
    ])
    func readsShortQuantitiesAsLongOnes(text: String) {
        #expect(digest(ofLimit: text) == digest(ofLimit: "+" + text))
    }

    @Test(arguments: ["1i", "1mi", "1 ", "1K", "1Kim", "1e-9223372036854775808", "1e19"])
    func leavesWhatIsNoQuantity(text: String) {
        #expect(digest(ofLimit: text) != digest(ofLimit: "+" + text))
    }

    private func digest(ofLimit quantity: String) -> String {
        RevisionDigest.of(template: container("resources: {limits: {cpu: '\(quantity)'}}"))
    }

    @Test func isWrittenDownWithAReasonForEachRule() throws {
        let page = try RepositoryFiles.text("docs/revisions.md")
        for rule in TemplateRule.all {
            #expect(page.contains("| `\(rule.path)` |"), "docs/revisions.md lacks \(rule.path)")
            #expect(page.contains(rule.reason), "docs/revisions.md lacks why: \(rule.reason)")
        }
    }
}
