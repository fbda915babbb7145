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

    @Test func isWrittenDownWithAReasonForEachRule() throws {
        let page = try RepositoryFiles.text("docs/revisions.md")
        for rule in TemplateRule.all {
            #expect(page.contains("| `\(rule.path)` |"), "docs/revisions.md lacks \(rule.path)")
            #expect(page.contains(rule.reason), "docs/revisions.md lacks why: \(rule.reason)")
        }
    }
}
