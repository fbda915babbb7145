"""Measures CanaryGate's webhook against nginx and a webhook in Go, in interleaved rounds; called by scripts/bench."""

import argparse
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile

import servers

# What is asked of the ratios; see docs/benchmarks.md.
GOALS = {
    ("cpu", "go"): ("at most", 1 / 5.5),
    ("cpu", "nginx"): ("at most", 1.45),
    ("rate", "go"): ("at least", 4.5),
    ("rate", "nginx"): ("at least", 0.70),
    ("p50 alone", "nginx"): ("at most", 1.2),
    ("handshake cpu", "nginx"): ("at most", 1.0),
}


def wrk(server, connections, seconds, close=False):
    """One run of wrk: rate, latencies in microseconds, and the server's processor time for each request."""
    environment = os.environ | {"REVIEW": str(servers.REVIEW)} | ({"CLOSE": "1"} if close else {})
    before = server.processor_time()
    output = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", servers.HERE / "review.lua",
         f"https://127.0.0.1:{server.port}"],
        env=environment, capture_output=True, text=True, check=True,
    ).stdout
    used = server.processor_time() - before
    result = json.loads(output.split("RESULT ")[1])
    if result["failed"]:
        raise SystemExit(f"{server.name}: {result['failed']} failed requests")
    requests = result["requests"]
    return {"rate": requests / result["seconds"], "cpu": used / requests * 1e6, "p50": result["p50"], "p99": result["p99"]}


def handshakes(server, seconds):
    """Full TLS 1.3 handshakes one after the other, and the processor time for each."""
    before = server.processor_time()
    output = subprocess.run(
        ["openssl", "s_time", "-connect", f"127.0.0.1:{server.port}", "-new", "-time", str(seconds), "-tls1_3"],
        capture_output=True, text=True, check=True,
    ).stdout
    used = server.processor_time() - before
    count = next(int(line.split()[0]) for line in output.splitlines() if "real seconds" in line)
    return {"rate": count / seconds, "cpu": used / count * 1e6}


SCENARIOS = {
    "16 connections": lambda server, seconds: wrk(server, 16, seconds),
    "64 connections": lambda server, seconds: wrk(server, 64, seconds),
    "1 connection": lambda server, seconds: wrk(server, 1, seconds),
    "connection: close": lambda server, seconds: wrk(server, 16, seconds, close=True),
    "full handshakes": handshakes,
}


def rounds(family, scenario, count, seconds):
    """The medians of each server's rounds; the order of the servers turns round each time."""
    results = {server.name: [] for server in family}
    for number in range(count):
        for server in family if number % 2 == 0 else reversed(family):
            results[server.name].append(SCENARIOS[scenario](server, seconds))
    return {
        name: {key: statistics.median(result[key] for result in list_) for key in list_[0]}
        for name, list_ in results.items()
    }


def idle_memory(server, count=1000):
    """Kilobytes for each of `count` connections that have served one request and wait."""
    request = servers.request_bytes()
    before = server.memory()
    context = servers.trusting_context()
    connections = []
    for _ in range(count):
        connection = context.wrap_socket(socket.create_connection(("127.0.0.1", server.port)))
        connection.sendall(request)
        connection.recv(65536)
        connections.append(connection)
    used = server.memory() - before
    for connection in connections:
        connection.close()
    return used / count


def growth(server, requests):
    """Kilobytes by which the memory grows from a tenth of `requests` to all of them."""
    sent, first = 0, None
    while sent < requests:
        result = wrk(server, 16, 5)
        sent += int(result["rate"] * 5)
        if first is None and sent >= requests / 10:
            first = server.memory()
    return {"requests": sent, "first": first, "last": server.memory()}


def micro():
    output = subprocess.run([servers.HERE / ".build/release/micro"], capture_output=True, text=True, check=True).stdout
    return {line["name"]: line["microseconds"] for line in map(json.loads, output.splitlines())}


def print_scenarios(medians, names):
    print(f"\n{'':20}" + "".join(f"{name:>30}" for name in names))
    print(f"{'':20}" + f"{'rate/s':>10}{'cpu us':>8}{'p50':>6}{'p99':>6}" * len(names))
    for scenario, results in medians.items():
        cells = ""
        for name in names:
            result = results[name]
            latencies = f"{result['p50']:6.0f}{result['p99']:6.0f}" if "p50" in result else f"{'':12}"
            cells += f"{result['rate']:10.0f}{result['cpu']:8.1f}" + latencies
        print(f"{scenario:20}{cells}")


def ratios(medians, names):
    """Ours over the peer's, by measure and peer."""
    found = {}
    for peer in names[1:]:
        busy, ours = medians["16 connections"][peer], medians["16 connections"]["canarygate"]
        found["cpu", peer] = ours["cpu"] / busy["cpu"]
        found["rate", peer] = ours["rate"] / busy["rate"]
        alone = medians["1 connection"]
        found["p50 alone", peer] = alone["canarygate"]["p50"] / alone[peer]["p50"]
        shakes = medians["full handshakes"]
        found["handshake cpu", peer] = shakes["canarygate"]["cpu"] / shakes[peer]["cpu"]
    return found


def print_ratios(found):
    print("\nours / theirs                     goal")
    for (measure, peer), ratio in found.items():
        goal = GOALS.get((measure, peer))
        bound = f"{goal[0]} {goal[1]:.2f}" if goal else ""
        is_met = goal and (ratio <= goal[1] if goal[0] == "at most" else ratio >= goal[1])
        print(f"{measure + ' / ' + peer:24}{ratio:6.2f}    {bound:16}{'' if not goal else 'met' if is_met else 'missed'}")


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench")
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds, at least 3")
    parser.add_argument("--seconds", type=int, default=4, help="the length of each")
    parser.add_argument("--requests", type=int, default=1_000_000, help="how many the memory must stand; 0 for none")
    parser.add_argument("--json", default="Benchmarks/.build/bench.json", help="where the numbers go")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        servers.make_certificate(work)
        family = [servers.start_ours(work)]
        try:
            started = family[0].memory()
            family.append(servers.start_nginx(work, family[0].answer))
            go = servers.start_go(work)
            if go:
                family.append(go)
                assert servers.patch_paths(go.answer) == servers.patch_paths(family[0].answer), "not the same work"
            report = measure(family, options, started)
        finally:
            for server in family:
                server.stop()
    with open(options.json, "w") as file:
        json.dump(report, file, indent=2)
    print(f"\nwritten to {options.json}")


def measure(family, options, started):
    names = [server.name for server in family]
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; medians of {options.rounds} rounds "
          f"of {options.seconds} s, interleaved; latencies in microseconds")
    medians = {}
    for scenario in SCENARIOS:
        print(f"measuring {scenario} ...", file=sys.stderr)
        medians[scenario] = rounds(family, scenario, max(3, options.rounds), options.seconds)
    print_scenarios(medians, names)
    found = ratios(medians, names)
    print_ratios(found)
    memory = {"start": started, "per idle connection": idle_memory(family[0])}
    print(f"\nmemory at start, with 1,000 Canaries: {started / 1000:.1f} MB; "
          f"for an idle connection: {memory['per idle connection']:.1f} KB")
    if options.requests:
        memory["growth"] = growth(family[0], options.requests)
        grown = memory["growth"]
        print(f"memory after a tenth of {grown['requests']} requests {grown['first'] / 1000:.1f} MB, after all "
              f"{grown['last'] / 1000:.1f} MB")
    parts = micro()
    print("\nmicroseconds of one thread's processor time")
    for name, microseconds in parts.items():
        print(f"{name:32}{microseconds:8.1f}")
    return {
        "medians": medians, "ratios": {f"{measure} / {peer}": ratio for (measure, peer), ratio in found.items()},
        "memory": memory, "micro": parts,
    }


if __name__ == "__main__":
    main()
