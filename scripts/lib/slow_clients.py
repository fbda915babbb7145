"""Holds slow connections to a webhook port, and measures an honest client beside them. See scripts/slow-clients."""

import collections
import os
import resource
import select
import signal
import socket
import ssl
import struct
import sys
import time

HOST, PORT = sys.argv[1].rsplit(":", 1)[0], int(sys.argv[1].rsplit(":", 1)[1])
COUNT, ROUNDS, SECONDS = int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
# Few of those that need a handshake each time that the server cuts them off; first those that it leaves alone longest.
SHARES = {"idle": 12, "not reading": 4, "trickling": 4, "half a head": 4, "half a hello": 12, "silent": 12}
REVIEW = b"""{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"1",
"kind":{"group":"flagger.app","version":"v1beta1","kind":"Canary"},
"resource":{"group":"flagger.app","version":"v1beta1","resource":"canaries"},
"namespace":"test","name":"a","operation":"DELETE","userInfo":{"username":"a"},"object":null,
"oldObject":{"apiVersion":"flagger.app/v1beta1","kind":"Canary","metadata":{"namespace":"test","name":"a"}}}}"""
HEAD = b"POST /validate/canaries?timeout=10s HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
REQUEST = HEAD + b"Content-Length: %d\r\n\r\n" % len(REVIEW) + REVIEW

context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.check_hostname = False
context.verify_mode = ssl.CERT_NONE


def first_message():
    """What a client says first."""
    outgoing = ssl.MemoryBIO()
    try:
        context.wrap_bio(ssl.MemoryBIO(), outgoing).do_handshake()
    except ssl.SSLWantReadError:
        pass
    return outgoing.read()


HELLO = first_message()


def connect(number=0, small=False):
    """A connection from one of many addresses, as one has not ports enough."""
    plain = socket.socket()
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    # Closing leaves no port behind that has to wait.
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    if small:
        # The server's buffer is a multiple of the segment's size, and is to be full soon.
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
    if HOST.startswith("127."):
        plain.bind(("127.0.1.%d" % (number % 250 + 1), 0))
    plain.settimeout(20)
    plain.connect((HOST, PORT))
    return plain


def secure(plain):
    return context.wrap_socket(plain)


def read_answer(connection):
    """One answer, whole."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            raise OSError("the end before an answer")
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        piece = connection.recv(65536)
        if not piece:
            raise OSError("the end within an answer")
        body += piece
    return head.split(b" ")[1], body


def slow(kind, number):
    """A connection that is slow in its own way."""
    if kind == "silent":
        return connect(number)
    if kind == "half a hello":
        plain = connect(number)
        plain.send(HELLO[: len(HELLO) // 2])
        return plain
    connection = secure(connect(number, small=kind == "not reading"))
    if kind == "idle":
        connection.sendall(REQUEST)
        read_answer(connection)
    elif kind == "half a head":
        connection.sendall(HEAD)
    elif kind == "trickling":
        connection.sendall(HEAD + b"Content-Length: 1000\r\n\r\n ")
    else:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n" * 200)
    return connection


class Crowd:
    """All slow connections; those that the server closes are opened again."""

    def __init__(self):
        self.poll = select.epoll()
        self.held = {}
        self.failed = collections.Counter()
        self.reopened = collections.Counter()
        self.number = 0

    def open(self, kind):
        self.number += 1
        try:
            connection = slow(kind, self.number)
        except OSError:
            self.failed[kind] += 1
            return
        connection.setblocking(False)
        self.held[connection.fileno()] = (kind, connection)
        self.poll.register(connection.fileno(), select.EPOLLRDHUP)

    def fill(self):
        total = sum(SHARES.values())
        for kind, share in SHARES.items():
            for _ in range(COUNT * share // total):
                self.open(kind)
                if self.number % 50 == 0:
                    self.mend(0)

    def mend(self, patience):
        """Opens again what the server has closed."""
        for descriptor, _ in self.poll.poll(patience, 256):
            kind, connection = self.held.pop(descriptor)
            self.poll.unregister(descriptor)
            connection.close()
            self.reopened[kind] += 1
            self.open(kind)

    def drop_closed(self):
        """Forgets what the server has closed."""
        for descriptor, _ in self.poll.poll(0, len(self.held)):
            del self.held[descriptor]

    def hold(self, told):
        """Until a word comes through `told`."""
        os.set_blocking(told, False)
        tick = time.monotonic()
        while True:
            try:
                os.read(told, 1)
                return
            except BlockingIOError:
                pass
            self.mend(0.05)
            if time.monotonic() - tick > 1:
                tick = time.monotonic()
                for kind, connection in list(self.held.values()):
                    if kind == "trickling":
                        try:
                            connection.send(b" ")
                        except OSError:
                            pass


def crowd_process():
    """Another process that opens the crowd; gives how to tell it to end and how to hear from it."""
    commands, reports = os.pipe(), os.pipe()
    child = os.fork()
    if child == 0:
        try:
            # The crowd's own work is not the server's, and should take as little as it can from the two that are measured.
            os.nice(19)
            crowd = Crowd()
            crowd.fill()
            os.write(reports[1], b"full\n")
            crowd.hold(commands[0])
            crowd.drop_closed()
            held = collections.Counter(kind for kind, _ in crowd.held.values())
            text = "held %s, opened again %s, failed %s\n" % (
                dict(held), sum(crowd.reopened.values()), sum(crowd.failed.values()))
            os.write(reports[1], text.encode())
        finally:
            os._exit(0)
    os.close(commands[0])
    os.close(reports[1])
    return child, commands[1], os.fdopen(reports[0])


def measure():
    """Sorted times of requests on one connection, in microseconds."""
    connection = secure(connect())
    times = []
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        start = time.perf_counter()
        connection.sendall(REQUEST)
        status, body = read_answer(connection)
        times.append((time.perf_counter() - start) * 1e6)
        if status != b"200":
            sys.exit("an honest request was answered %s: %s" % (status.decode(), body.decode()))
    connection.close()
    return sorted(times)


def line(name, times):
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    print("%-24s %8d requests   p50 %7.0f us   p99 %7.0f us" % (name, len(times), p50, p99), flush=True)
    return p50, p99


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    measure()
    results = []
    for number in range(1, ROUNDS + 1):
        alone = line("round %d, alone" % number, measure())
        child, command, report = crowd_process()
        report.readline()
        crowded = line("round %d, %d slow" % (number, COUNT), measure())
        os.write(command, b"x")
        print("  " + report.readline().strip(), flush=True)
        os.close(command)
        os.waitpid(child, 0)
        results.append((crowded[0] / alone[0], crowded[1] / alone[1]))
    medians = [sorted(result[index] for result in results)[len(results) // 2] for index in (0, 1)]
    print("\nratio with slow clients, median of %d rounds: p50 %.2f, p99 %.2f" % (ROUNDS, *medians))


main()
