"""Measures the informers of many Canaries and Deployments; called by `scripts/bench caches`."""

import argparse
import json
import pathlib
import statistics
import subprocess
import tempfile
import time

BUILT = pathlib.Path(__file__).parent / ".build/release"


def main():
    parser = argparse.ArgumentParser(prog="scripts/bench caches")
    parser.add_argument("--objects", type=int, default=10_000, help="how many Canaries, and how many Deployments")
    parser.add_argument("--changes", type=int, default=20_000, help="how many watch events")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    for way in ["stream", "pages"]:
        results = [measure(options, way) for _ in range(options.rounds)]
        print(f"\nthe state as {'a stream' if way == 'stream' else 'pages of a list'}; medians of {options.rounds} rounds")
        for name in results[0]:
            print(f"{name:34}{statistics.median(result[name] for result in results):12.2f}")


def measure(options, way):
    """One client beside one cluster."""
    with tempfile.TemporaryDirectory() as work:
        kubeconfig, orders = pathlib.Path(work) / "kubeconfig", pathlib.Path(work) / "orders"
        cluster = subprocess.Popen([BUILT / "cluster", str(options.objects), kubeconfig, orders])
        try:
            until = time.monotonic() + 120
            while not (orders.exists() and orders.read_text()):
                if time.monotonic() > until or cluster.poll() is not None:
                    raise SystemExit("the cluster did not come up")
                time.sleep(0.1)
            command = [BUILT / "caches", kubeconfig, orders.read_text(), str(options.changes), way]
            return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, timeout=600).stdout)
        finally:
            cluster.terminate()
            cluster.wait(timeout=30)


if __name__ == "__main__":
    main()
