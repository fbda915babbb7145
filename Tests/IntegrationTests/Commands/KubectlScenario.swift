import Testing

/// Commands that belong together, in a namespace of their own.
struct KubectlScenario: Sendable, CustomTestStringConvertible {
    /// What it is about.
    let name: String
    /// The commands, one after the other.
    let steps: [KubectlStep]

    var testDescription: String { name }

    /// A Deployment, its Service and a ConfigMap.
    static func manifest(image: String = "nginx:1.25", value: String = "1") -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: app, labels: {app: app, set: one}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: app}}
          template:
            metadata: {labels: {app: app}}
            spec:
              containers:
              - name: app
                image: \(image)
                ports: [{containerPort: 80, name: http}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: app, labels: {app: app, set: one}}
        spec: {selector: {app: app}, ports: [{port: 80, name: http, targetPort: http}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: extra, labels: {set: one}}
        data: {a: "\(value)"}

        """
    }

    /// A ConfigMap.
    static func configMap(_ name: String, value: String = "1") -> String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: \(name), labels: {set: two}}
        data: {a: "\(value)"}

        """
    }

    private static let apply = KubectlStep("apply -f -", input: manifest(), "deployment.apps/app created")
    private static let settle = KubectlStep(
        "rollout status deploy/app --timeout=60s",
        "deployment \"app\" successfully rolled out"
    )

    static let all = [reading, applying, serverSide, changing, rollouts, deleting, asking]

    private static let reading = KubectlScenario(
        name: "reading",
        steps: [
            KubectlStep(
                "apply -f -",
                input: manifest(),
                "deployment.apps/app created\nservice/app created\nconfigmap/extra created\n"
            ), settle,
            KubectlStep(
                "get deploy,rs,cm",
                "NAME READY UP-TO-DATE AVAILABLE AGE\ndeployment.apps/app 2/2 2 2 AGE\n",
                "NAME DESIRED CURRENT READY AGE\nreplicaset.apps/app-HASH 2 2 2 AGE\n",
                "configmap/extra 1 AGE\n"
            ),
            KubectlStep("get cm", "kube-root-ca.crt 1 AGE\n"), KubectlStep("get sa", "default 0 AGE\n"),
            KubectlStep(
                "get deploy app -o wide",
                "NAME READY UP-TO-DATE AVAILABLE AGE CONTAINERS IMAGES SELECTOR\n",
                "app 2/2 2 2 AGE app nginx:1.25 app=app\n"
            ), KubectlStep("get cm extra -o yaml", "apiVersion: v1\ndata:\n a: \"1\"\nkind: ConfigMap\n"),
            KubectlStep("get cm extra -o json", "\"a\": \"1\""),
            KubectlStep("get deploy -o custom-columns=NAME:.metadata.name,N:.spec.replicas", "NAME N\napp 2\n"),
            KubectlStep("get deploy app -o name", "deployment.apps/app\n"),
            KubectlStep("get pods -l app=app -o jsonpath={.items[*].status.phase}", "Running Running"),
            KubectlStep("get pods --field-selector status.phase=Pending", "No resources found in "),
            KubectlStep("get deploy app -w --request-timeout=1s", "app 2/2 2 2 AGE\n").ending(with: nil),
            KubectlStep(
                "describe deploy app",
                "Replicas: 2 desired | 2 updated | 2 total | 2 available | 0 unavailable\n",
                "NewReplicaSet: app-HASH (2/2 replicas created)\n",
                "Scaled up replica set app-HASH from 0 to 2\n"
            ), KubectlStep("describe pods -l app=app", "Controlled By: ReplicaSet/app-HASH\n"),
            KubectlStep("describe svc app", "TargetPort: http/TCP\n", "Session Affinity: None\n"),
            KubectlStep("describe cm extra", "Data\n====\na:\n----\n1\n"),
            KubectlStep("describe nodes", "Ready True", "KubeletReady"),
            KubectlStep("get nodes", "Ready <none> "),
            KubectlStep(
                "get events",
                "Normal ScalingReplicaSet deployment/app Scaled up replica set app-HASH from 0 to 2\n"
            ),
            KubectlStep("events", "Normal ScalingReplicaSet Deployment/app Scaled up replica set").only(since: 26),
            KubectlStep("get pods nothing", "Error from server (NotFound): pods \"nothing\" not found\n")
                .ending(with: 1),
        ]
    )

    private static let applying = KubectlScenario(
        name: "applying",
        steps: [
            KubectlStep(
                "apply --dry-run=server -f -",
                input: manifest(),
                "deployment.apps/app created (server dry run)\nservice/app created (server dry run)\n"
            ), KubectlStep("get deploy app", "(NotFound)").ending(with: 1),
            KubectlStep("diff -f -", input: manifest(), "+kind: Deployment\n").ending(with: 1), apply,
            KubectlStep(
                "apply -f -",
                input: manifest(),
                "deployment.apps/app unchanged\nservice/app unchanged\nconfigmap/extra unchanged\n"
            ),
            KubectlStep("diff -f -", input: configMap("extra", value: "2"), "- a: \"1\"\n+ a: \"2\"\n").ending(with: 1),
            KubectlStep(
                "apply -f -",
                input: manifest(image: "nginx:1.26"),
                "deployment.apps/app configured\nservice/app unchanged\n"
            ), KubectlStep("apply -f -", input: configMap("b"), "configmap/b created\n"),
            KubectlStep(
                "apply --prune -l set=two --prune-whitelist=core/v1/ConfigMap -f -",
                input: configMap("c"),
                "configmap/c created\nconfigmap/b pruned\n"
            )
            .only(until: 25),
            KubectlStep(
                "apply --prune -l set=two --prune-allowlist=core/v1/ConfigMap -f -",
                input: configMap("c"),
                "configmap/c created\nconfigmap/b pruned\n"
            )
            .only(since: 26),
            KubectlStep("apply -f -", input: configMap("d"), "configmap/d created\n").only(since: 26),
            KubectlStep("apply --prune -l set=two -f -", input: configMap("c"), "configmap/d pruned\n").only(since: 26),
            KubectlStep("create -f -", input: configMap("c"), "Error from server (AlreadyExists): ").ending(with: 1),
            KubectlStep("replace -f -", input: configMap("c", value: "3"), "configmap/c replaced\n"),
            KubectlStep("apply --validate=true -f -", input: configMap("c") + "bogus: 1\n", "bogus").ending(with: 1),
        ]
    )

    private static let serverSide = KubectlScenario(
        name: "server-side apply",
        steps: [
            KubectlStep(
                "apply --server-side -f -",
                input: configMap("a"),
                "configmap/a serverside-applied\n"
            ),
            KubectlStep(
                "apply --server-side --field-manager=other -f -",
                input: configMap("a", value: "2"),
                "Apply failed with 1 conflict: conflict with \"kubectl\": .data.a\n"
            )
            .ending(with: 1),
            KubectlStep(
                "apply --server-side --field-manager=other --force-conflicts -f -",
                input: configMap("a", value: "2"),
                "configmap/a serverside-applied\n"
            ), KubectlStep("get cm a -o jsonpath={.data.a}", "2"),
            KubectlStep("get cm a -o jsonpath={.metadata.managedFields[*].manager}", "other"), apply,
            KubectlStep("apply --server-side -f -", input: manifest(), "deployment.apps/app serverside-applied\n"),
            KubectlStep("scale deploy/app --replicas=3", "deployment.apps/app scaled\n"),
            KubectlStep(
                "apply --server-side -f -",
                input: manifest(),
                "with subresource \"scale\" using apps/v1: .spec.replicas"
            )
            .ending(with: 1),
        ]
    )

    private static let changing = KubectlScenario(
        name: "changing",
        steps: [
            apply, KubectlStep("set image deploy/app app=nginx:1.26", "deployment.apps/app image updated\n"),
            KubectlStep("set env deploy/app A=1", "deployment.apps/app env updated\n"),
            KubectlStep("scale deploy/app --replicas=3", "deployment.apps/app scaled\n"),
            KubectlStep("scale deploy/app --current-replicas=9 --replicas=3", "xpected replicas to be 9, was 3\n")
                .ending(with: 1),
            KubectlStep(
                "autoscale deploy/app --min=1 --max=5 --cpu-percent=80",
                "horizontalpodautoscaler.autoscaling/app autoscaled\n"
            ), KubectlStep("get hpa app", "app Deployment/app ", "80% 1 5 "),
            KubectlStep("patch deploy app -p {\"spec\":{\"minReadySeconds\":1}}", "deployment.apps/app patched\n"),
            KubectlStep(
                "patch deploy app --type=merge -p {\"spec\":{\"minReadySeconds\":2}}",
                "deployment.apps/app patched\n"
            ),
            KubectlStep(
                "patch deploy app --type=json -p '[{\"op\":\"replace\",\"path\":\"/spec/minReadySeconds\",\"value\":3}]'",
                "deployment.apps/app patched\n"
            ),
            KubectlStep(
                "patch deploy app -p {\"spec\":{\"minReadySeconds\":3}}",
                "deployment.apps/app patched (no change)\n"
            ),
            KubectlStep("label deploy app tier=front", "deployment.apps/app labeled\n"),
            KubectlStep("label deploy app tier=back", "'tier' already has a value (front), and --overwrite is false\n")
                .ending(with: 1), KubectlStep("label deploy app tier-", "deployment.apps/app "),
            KubectlStep("annotate deploy app note=hello", "deployment.apps/app annotated\n"),
            KubectlStep("edit deploy app", "deployment.apps/app edited\n"),
            KubectlStep("get deploy app -o jsonpath={.spec.minReadySeconds}", "4"),
            KubectlStep("patch deploy app -p {\"spec\":{\"minReadySeconds\":0}}", "patched\n"),
            KubectlStep(
                "wait --for=condition=Available deploy/app --timeout=60s",
                "deployment.apps/app condition met\n"
            ),
            KubectlStep("expose deploy app --name=app2 --port=81", "service/app2 exposed\n"),
            KubectlStep("run one --image=busybox", "pod/one created\n"),
        ]
    )

    private static let rollouts = KubectlScenario(
        name: "rollouts",
        steps: [
            apply, settle, KubectlStep("set image deploy/app app=nginx:1.26", "image updated"), settle,
            KubectlStep("rollout history deploy/app", "REVISION CHANGE-CAUSE\n1 <none>\n2 <none>\n"),
            KubectlStep("rollout history deploy/app --revision=2", "with revision #2\n", "Image: nginx:1.26\n"),
            KubectlStep("rollout undo deploy/app", "deployment.apps/app rolled back\n"), settle,
            KubectlStep("get deploy app -o wide", " nginx:1.25 "),
            KubectlStep("rollout history deploy/app", "2 <none>\n3 <none>\n"),
            KubectlStep("rollout restart deploy/app", "deployment.apps/app restarted\n"), settle,
            KubectlStep("rollout pause deploy/app", "deployment.apps/app paused\n"),
            KubectlStep("rollout pause deploy/app", "error: deployments.apps \"app\" is already paused\n")
                .ending(with: 1), KubectlStep("set image deploy/app app=nginx:1.27", "image updated"),
            KubectlStep("get rs -l app=app -o wide", " nginx:1.25 "),
            KubectlStep("rollout resume deploy/app", "deployment.apps/app resumed\n"), settle,
            KubectlStep("rollout undo deploy/app --to-revision=2", "deployment.apps/app rolled back\n"), settle,
            KubectlStep("get deploy app -o wide", " nginx:1.26 "),
        ]
    )

    private static let deleting = KubectlScenario(
        name: "deleting",
        steps: [
            apply, settle, KubectlStep("delete deploy app --cascade=orphan", "deployment.apps \"app\" deleted"),
            KubectlStep("get rs -l app=app", "app-HASH 2 2 2 AGE\n"),
            KubectlStep("apply -f -", input: manifest(), "deployment.apps/app created\n"), settle,
            KubectlStep("delete deploy app --cascade=foreground", "deployment.apps \"app\" deleted"),
            KubectlStep("get rs,pods -l app=app", "No resources found in "),
            KubectlStep("apply -f -", input: manifest(), "deployment.apps/app created\n"),
            KubectlStep("delete deploy app --cascade=background", "deployment.apps \"app\" deleted"),
            KubectlStep("wait --for=delete deploy/app --timeout=20s").ending(with: nil),
            KubectlStep("delete cm extra", "configmap \"extra\" deleted"),
            KubectlStep("delete svc -l set=one", "service \"app\" deleted"),
            KubectlStep(
                "delete deploy nothing",
                "Error from server (NotFound): deployments.apps \"nothing\" not found\n"
            )
            .ending(with: 1), KubectlStep("delete deploy nothing --ignore-not-found"),
        ]
    )

    private static let asking = KubectlScenario(
        name: "asking",
        steps: [
            KubectlStep(
                "api-resources",
                "NAME SHORTNAMES APIVERSION NAMESPACED KIND",
                "deployments deploy apps/v1 true Deployment\n",
                "nodes no v1 false Node\n"
            ), KubectlStep("api-versions", "apps/v1\n", "autoscaling/v2\n"),
            KubectlStep("explain deployment.spec.replicas", "replicas <integer>\n"),
            KubectlStep("explain pod.spec.containers", "image <string>\n"),
            KubectlStep("create configmap settings --from-literal=a=1", "configmap/settings created\n"),
            KubectlStep("create secret generic keys --from-literal=a=1", "secret/keys created\n"),
            KubectlStep("create deployment web --image=nginx:1.25", "deployment.apps/web created\n"),
            KubectlStep("create serviceaccount robot", "serviceaccount/robot created\n"),
            KubectlStep(
                "create role reader --verb=get,list --resource=pods",
                "role.rbac.authorization.k8s.io/reader created\n"
            ),
            KubectlStep(
                "create rolebinding reader --role=reader --serviceaccount=%NS:robot",
                "rolebinding.rbac.authorization.k8s.io/reader created\n"
            ), KubectlStep("auth can-i create deployments", "yes\n"),
            KubectlStep("auth can-i list pods --as=system:serviceaccount:%NS:robot", "yes\n"),
            KubectlStep("auth can-i delete pods --as=system:serviceaccount:%NS:robot", "no\n").ending(with: 1),
            KubectlStep("auth can-i --list --as=system:serviceaccount:%NS:robot", "pods [] [] [get list]\n"),
            KubectlStep(
                "get secrets --as=system:serviceaccount:%NS:robot",
                "Error from server (Forbidden): secrets is forbidden"
            )
            .ending(with: 1), KubectlStep("create token robot").only(since: 24),
            KubectlStep("auth whoami", "ATTRIBUTE VALUE\n").only(since: 28),
        ]
    )
}
