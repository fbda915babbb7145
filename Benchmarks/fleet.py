"""Measures the loop with many canaries, the sandbox in another process; called by scripts/bench-fleet."""

import argparse
import base64
import copy
import http.client
import json
import os
import pathlib
import re
import ssl
import subprocess
import sys
import time
import urllib.request

import servers

# What a canary consists of; the cluster's own controllers make the rest.
KINDS = ("canaries", "deployments", "services", "httpproxies", "horizontalpodautoscalers")
LATENESS = "canarygate_loop_lateness_seconds"


def fleet(template, idle, running):
    """The archive `template` with its canary copied into so many namespaces; `running` of them have pods."""
    kinds = [kind | {"objects": list(kind["objects"])} for kind in template["kinds"] if kind["plural"] not in (
        "events", "pods", "replicasets", "endpoints", "endpointslices", "leases",
        "mutatingwebhookconfigurations", "validatingwebhookconfigurations")]
    version = template["resourceVersion"]
    for kind in kinds:
        if kind["plural"] == "namespaces":
            for number in range(idle + running):
                version += 1
                kind["objects"].append({
                    "apiVersion": "v1", "kind": "Namespace",
                    "metadata": {"name": f"team-{number}", "uid": f"namespace-{number}", "resourceVersion": str(version),
                                 "labels": {"kubernetes.io/metadata.name": f"team-{number}"}},
                    "spec": {"finalizers": ["kubernetes"]}, "status": {"phase": "Active"}})
        if kind["plural"] not in KINDS:
            continue
        originals = [item for item in kind["objects"] if item["metadata"].get("namespace") == "test"]
        kind["objects"] = [item for item in kind["objects"] if item["metadata"].get("namespace") != "test"]
        for number in range(idle + running):
            for original in originals:
                version += 1
                made = copied(original, number, version, number < running)
                if made:
                    kind["objects"].append(made)
    return template | {"kinds": kinds, "resourceVersion": version}


def copied(original, number, version, is_running):
    """The object `original` in the namespace of that number; None for one that its canary does not have."""
    made = copy.deepcopy(original)
    metadata = made["metadata"]
    metadata["namespace"] = f"team-{number}"
    metadata["uid"] = f"{metadata['uid']}-{number}"
    metadata["resourceVersion"] = str(version)
    for owner in metadata.get("ownerReferences", []):
        owner["uid"] = f"{owner['uid']}-{number}"
    kind = made["kind"]
    if kind == "HTTPProxy" and "virtualhost" in made["spec"]:
        made["spec"]["virtualhost"]["fqdn"] = f"team-{number}.example.com"
    if kind == "Canary":
        made["spec"]["analysis"] |= {"interval": "10s", "stepWeight": 2, "maxWeight": 50, "threshold": 1000}
        if not is_running:
            made["spec"].pop("autoscalerRef", None)
    if is_running:
        return made
    # Pods would be the sandbox's work, not the loop's.
    if kind == "HorizontalPodAutoscaler":
        return None
    if kind == "Deployment":
        made["spec"]["replicas"] = 0
        for field in ("replicas", "readyReplicas", "availableReplicas", "updatedReplicas"):
            made["status"].pop(field, None)
    return made


class Cluster:
    """The sandbox's API as its administrator."""

    def __init__(self, folder):
        text = (folder / "admin.kubeconfig").read_text()
        found = lambda name: re.search(rf"{name}: \"?([^\s\"]+)", text).group(1)
        for name in ("client-certificate-data", "client-key-data"):
            (folder / name).write_bytes(base64.b64decode(found(name)))
        self.context = servers.trusting_context()
        self.context.load_cert_chain(folder / "client-certificate-data", folder / "client-key-data")
        self.host = found("server").removeprefix("https://")
        self.connection = http.client.HTTPSConnection(self.host, context=self.context)

    def call(self, method, path, body=None):
        headers = {"Content-Type": "application/merge-patch+json"} if body else {}
        self.connection.request(method, path, json.dumps(body) if body else None, headers)
        response = self.connection.getresponse()
        answer = response.read()
        if response.status >= 300:
            raise SystemExit(f"{method} {path}: {response.status} {answer[:300]}")
        return json.loads(answer)


def start(program, work, arguments, log, environment=None):
    """A process of the command `program`, whose words go into the file `log`."""
    output = open(work / log, "w")
    return subprocess.Popen([*program, *arguments], stdout=output, stderr=output, env=os.environ | (environment or {}))


def until(seconds, what, test):
    end = time.monotonic() + seconds
    while not test():
        if time.monotonic() > end:
            raise SystemExit(f"{what} took longer than {seconds} s")
        time.sleep(0.2)


def scrape(port):
    """The server's metrics by their name with labels; nothing while it does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as response:
            lines = response.read().decode().splitlines()
    except OSError:
        return {}
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[:1] != "#")}


def is_ready(port):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5) as response:
            return response.status == 200
    except OSError:
        return False


def memory(pid):
    """Resident megabytes."""
    fields = dict(line.split(":") for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if ":" in line)
    return int(fields["VmRSS"].split()[0]) / 1000


def processor_time(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / servers.TICKS


def calls(metrics, verbs=None):
    prefix = "canarygate_kubernetes_calls_total{verb=\""
    return sum(value for name, value in metrics.items()
               if name.startswith(prefix) and (verbs is None or name[len(prefix):].split('"')[0] in verbs))


def told_calls(before, after):
    """What was asked between two scrapes: the label set of each call, and how often."""
    told = {}
    for name, value in after.items():
        if name.startswith("canarygate_kubernetes_calls_total") and value > before.get(name, 0):
            verb, resource, outcome = re.findall(r'="([^"]*)"', name)
            told[f"{verb} {resource} {outcome}"] = value - before.get(name, 0)
    return told


def lateness(before, after):
    """How many looks began how late between two scrapes: the count below each bound, and the bound of the latest."""
    counts = {}
    for name, value in after.items():
        if name.startswith(LATENESS + "_bucket"):
            counts[float(name.split('le="')[1].split('"')[0].replace("+Inf", "inf"))] = value - before.get(name, 0)
    total = counts.get(float("inf"), 0)
    quantile = lambda share: next((bound for bound in sorted(counts) if total and counts[bound] >= share * total), None)
    return {"looks": total, "looks later than 1 s": total - counts.get(1.0, 0),
            "lateness p99 at most": quantile(0.99), "lateness at most": quantile(1)}


def measure_idle(server, port, seconds):
    before, used = scrape(port), processor_time(server.pid)
    time.sleep(seconds)
    after = scrape(port)
    told = told_calls(before, after)
    print("at rest:", told, file=sys.stderr)
    share = (processor_time(server.pid) - used) / seconds
    return {
        "calls": sum(told.values()),
        "calls but watches": sum(count for call, count in told.items() if not call.startswith("watch ")),
        "looks": after[LATENESS + "_count"] - before[LATENESS + "_count"],
        "processor share": share,
        "processor seconds an hour": share * 3600,
        "memory MB": memory(server.pid),
    }


def measure_running(cluster, server, port, running, seconds):
    path = "/apis/apps/v1/namespaces/team-{}/deployments/podinfo"
    begin = scrape(port)
    for number in range(running):
        container = cluster.call("GET", path.format(number))["spec"]["template"]["spec"]["containers"][0]
        container["image"] = "stefanprodan/podinfo:3.1.1"
        patch = {"spec": {"template": {"spec": {"containers": [container]}}}}
        cluster.call("PATCH", path.format(number), patch)
    ticks = lambda metrics: sum(value for name, value in metrics.items() if name.startswith("canarygate_canary_ticks_total"))
    phase = 'phase="Progressing"'
    progressing = lambda: sum(1 for name in scrape(port) if name.startswith("canarygate_canary_phase") and phase in name)
    until(300, f"bringing {running} canaries on their way", lambda: progressing() >= running * 0.95)
    # From the first check of most of them on; pods start before that.
    until(600, "the first checks", lambda: ticks(scrape(port)) >= running)
    before, used = scrape(port), processor_time(server.pid)
    time.sleep(seconds)
    after = scrape(port)
    return {
        "still running": progressing(),
        **lateness(before, after),
        **{f"since the change: {name}": value for name, value in lateness(begin, after).items()},
        "ticks a second": (ticks(after) - ticks(before)) / seconds,
        "calls a second": (calls(after) - calls(before)) / seconds,
        "processor share": (processor_time(server.pid) - used) / seconds,
        "memory MB": memory(server.pid),
    }


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench-fleet")
    parser.add_argument("--idle", type=int, default=10_000, help="canaries at rest")
    parser.add_argument("--running", type=int, default=200, help="canaries that are set going at once")
    parser.add_argument("--seconds", type=int, default=120, help="how long each part is looked at")
    parser.add_argument("--undisturbed", action="store_true",
                        help="run both before all else on the machine (chrt --rr), where others work on it too")
    parser.add_argument("--program")
    parser.add_argument("--template")
    parser.add_argument("--work", type=pathlib.Path)
    options = parser.parse_args()
    work = options.work
    program = (["chrt", "--rr", "1"] if options.undisturbed else []) + [options.program]
    archive = fleet(json.loads(pathlib.Path(options.template).read_text()), options.idle, options.running)
    (work / "fleet.json").write_text(json.dumps(archive, separators=(",", ":")))
    folder = work / "fleet"
    sandbox = start(program, work, [
        "sandbox", "--directory", str(folder), "--state", str(work / "fleet.json"), "--requests-per-second", "1",
        "--pods", str(10 * options.running)], "fleet-sandbox.log")
    processes = [sandbox]
    try:
        until(300, "the start of the sandbox", (folder / "canarygate.env").exists)
        environment = dict(line.split("=", 1) for line in (folder / "canarygate.env").read_text().splitlines())
        port = servers.free_port()
        began = time.monotonic()
        server = start(program, work, [
            "serve", "--listen", f"127.0.0.1:{servers.free_port()}", "--metrics-listen", f"127.0.0.1:{port}",
            "--certificate", str(work / "certs/tls.crt"), "--private-key", str(work / "certs/tls.key"),
            "--leader-election", "on"], "fleet-server.log", environment)
        processes.append(server)
        until(600, "the first lists", lambda: is_ready(port))
        report = {"load": os.getloadavg()[0], "ready after s": time.monotonic() - began}
        until(600, "the first looks", lambda: scrape(port).get(LATENESS + "_count", 0) >= options.idle)
        time.sleep(15)
        report["idle"] = measure_idle(server, port, options.seconds)
        if options.running:
            report["running"] = measure_running(Cluster(folder), server, port, options.running, options.seconds)
    finally:
        for process in processes:
            process.kill()
    for part, values in report.items():
        for name, value in values.items() if isinstance(values, dict) else [("", values)]:
            print(f"{part + ' ' + name:40}{value if value is None else round(value, 3):>12}")
    print(json.dumps(report), file=sys.stderr)


if __name__ == "__main__":
    main()
