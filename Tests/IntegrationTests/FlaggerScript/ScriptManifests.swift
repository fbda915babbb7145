/// What is applied in the course of Flagger's end-to-end script for Contour, in our own words.
///
/// Source: the steps of `test/contour` and `test/workloads` in fluxcd/flagger.
enum ScriptManifests {
    /// Stands in for Contour's own manifests: the Service by which Envoy is called in the cluster, and pods behind it.
    static let contour = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: projectcontour}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: envoy, namespace: projectcontour}
        spec:
          selector: {matchLabels: {app: envoy}}
          template:
            metadata: {labels: {app: envoy}}
            spec: {containers: [{name: envoy, image: "envoyproxy/envoy:1", ports: [{containerPort: 8080}]}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: envoy, namespace: projectcontour}
        spec: {selector: {app: envoy}, ports: [{name: http, port: 80, targetPort: 8080}]}

        """

    /// The workload, and the Secret that it reads.
    static let workload = """
        apiVersion: v1
        kind: Secret
        metadata: {name: podinfo-secret}
        stringData: {value: confidential}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: podinfo, labels: {app.kubernetes.io/name: podinfo}}
        spec:
          minReadySeconds: 5
          progressDeadlineSeconds: 60
          strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 0}}
          selector: {matchLabels: {app: podinfo}}
          template:
            metadata:
              labels: {app: podinfo}
              annotations: {prometheus.io/scrape: "true", prometheus.io/port: "9797"}
            spec:
              containers:
                - name: podinfod
                  image: ghcr.io/stefanprodan/podinfo:6.0.0
                  command: [./podinfo, --port=9898, --port-metrics=9797, --grpc-port=9999]
                  env:
                    - name: PODINFO_SECRET_VALUE
                      valueFrom: {secretKeyRef: {name: podinfo-secret, key: value}}
                  ports:
                    - {name: http, containerPort: 9898}
                    - {name: http-metrics, containerPort: 9797}
                    - {name: grpc, containerPort: 9999}
                  readinessProbe: {httpGet: {port: 9898, path: /readyz}, initialDelaySeconds: 5, timeoutSeconds: 5}

        """

    /// The host, which leads to the HTTPProxy that is made for the Canary.
    static let ingress = """
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata: {name: podinfo-ingress}
        spec:
          virtualhost: {fqdn: app.example.com}
          includes: [{name: podinfo, namespace: test, conditions: [{prefix: /}]}]

        """

    /// The Canary of the first steps, by weights; the load test asks for `path`.
    static func byWeights(loading path: String = "") -> String {
        canary(
            """
                interval: 15s
                threshold: 15
                maxWeight: 50
                stepWeight: 10
            """,
            hooks: """
                      - name: acceptance-test
                        type: pre-rollout
                        url: http://flagger-loadtester.test/
                        timeout: 10s
                        metadata: {type: bash, cmd: "curl -sd 'test' http://podinfo-canary/token | grep token"}
                      - name: contour-acceptance-test
                        type: pre-rollout
                        url: http://flagger-loadtester.test/
                        timeout: 10s
                        metadata:
                          type: bash
                          cmd: "curl -sd 'test' -H 'Host: app.example.com' http://envoy.projectcontour/token | grep token"
                      - \(loadTest("-host app.example.com http://envoy.projectcontour\(path)"))
                """
        )
    }

    /// The Canary of the last step, by what callers send; one load test for each of `loads`, the fields that it sends.
    static func byMatch(_ match: String, loads: [String]) -> String {
        canary(
            """
                interval: 10s
                threshold: 5
                iterations: 5
                match: \(match)
            """,
            hooks: loads.map { load in
                "      - " + loadTest("-H '\(load)' -host app.example.com http://envoy.projectcontour")
            }
            .joined(separator: "\n")
        )
    }

    private static func loadTest(_ arguments: String) -> String {
        """
        {name: load-test, url: "http://flagger-loadtester.test/", timeout: 5s, metadata: \
        {type: cmd, cmd: "hey -z 1m -q 5 -c 2 \(arguments)", logCmdOutput: "true"}}
        """
    }

    private static func canary(_ analysis: String, hooks: String) -> String {
        """
        apiVersion: flagger.app/v1beta1
        kind: Canary
        metadata: {name: podinfo}
        spec:
          provider: contour
          targetRef: {apiVersion: apps/v1, kind: Deployment, name: podinfo}
          progressDeadlineSeconds: 60
          service: {port: 80, targetPort: 9898}
          analysis:
        \(analysis)
            metrics:
              - {name: request-success-rate, threshold: 99, interval: 1m}
              - {name: request-duration, threshold: 500, interval: 1m}
            webhooks:
        \(hooks)

        """
    }
}
