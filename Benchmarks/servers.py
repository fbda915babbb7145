"""The servers that are measured: started, asked for their processor time and memory, and stopped."""

import json
import os
import pathlib
import shutil
import socket
import ssl
import subprocess
import time
import urllib.request

HERE = pathlib.Path(__file__).parent
REVIEW = HERE / "review.json"
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def trusting_context():
    """TLS 1.3 without a look at the certificate: it is made for this run and the server is on loopback."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def request_bytes():
    body = REVIEW.read_bytes()
    head = (
        "POST /mutate/deployments?timeout=10s HTTP/1.1\r\nHost: canarygate\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Server:
    """One process, or a family of them, that listens on `port`."""

    def __init__(self, name, command, port):
        self.name = name
        self.port = port
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.answer = self.await_answer()

    def await_answer(self):
        """The body of its first answer."""
        until = time.monotonic() + 20
        while True:
            try:
                return self.ask()
            except OSError:
                if time.monotonic() > until or self.process.poll() is not None:
                    raise SystemExit(f"{self.name} did not come up")
                time.sleep(0.05)

    def ask(self):
        url = f"https://127.0.0.1:{self.port}/mutate/deployments?timeout=10s"
        request = urllib.request.Request(url, REVIEW.read_bytes(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, context=trusting_context(), timeout=10) as response:
            return response.read()

    def processes(self):
        """Its process and those that it has started."""
        found = [self.process.pid]
        for pid in found:
            children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            found += map(int, children)
        return found

    def processor_time(self):
        """Seconds of processor time that it has used until now."""
        total = 0
        for pid in self.processes():
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(fields[11]) + int(fields[12])
        return total / TICKS

    def memory(self):
        """Kilobytes that it holds in memory."""
        total = 0
        for pid in self.processes():
            status = pathlib.Path(f"/proc/{pid}/status").read_text()
            total += next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
        return total

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def make_certificate(work):
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    subprocess.run(
        command.split() + ["-keyout", f"{work}/tls.key", "-out", f"{work}/tls.crt"], check=True, capture_output=True
    )


def start_ours(work):
    port = free_port()
    program = HERE / ".build/release/webhook"
    return Server("canarygate", [program, f"127.0.0.1:{port}", f"{work}/tls.crt", f"{work}/tls.key"], port)


def start_nginx(work, answer):
    port = free_port()
    text = (HERE / "nginx.conf").read_text()
    text = text.replace("WORK", work).replace("PORT", str(port)).replace("ANSWER", answer.decode().strip())
    configuration = pathlib.Path(work) / "nginx.conf"
    configuration.write_text(text)
    return Server("nginx", ["nginx", "-e", f"{work}/nginx.log", "-c", configuration], port)


def start_go(work):
    """None where there is no Go."""
    if shutil.which("go") is None:
        return None
    subprocess.run(["go", "build", "-o", f"{work}/peer", "."], cwd=HERE / "peer-go", check=True)
    port = free_port()
    files = ["-certificate", f"{work}/tls.crt", "-private-key", f"{work}/tls.key"]
    return Server("go", [f"{work}/peer", "-listen", f"127.0.0.1:{port}"] + files, port)


def patch_paths(answer):
    """What the patch in `answer` touches, to see that both do the same work."""
    import base64

    return [operation["path"] for operation in json.loads(base64.b64decode(json.loads(answer)["response"]["patch"]))]
