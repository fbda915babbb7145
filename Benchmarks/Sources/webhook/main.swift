import Admission
import Fixture
import Glibc
import HTTP
import Logging
import Platform
import Serving
import Sockets
import TLS

// The admission of `canarygate serve` and nothing else: its webhooks, handler, metrics, log and server, over a picture
// of a thousand Canaries that stands still; with `--fixed` without the admission: the same answer to every request, to
// see what the server alone costs.
//
// Usage: webhook HOST:PORT CERTIFICATE PRIVATE-KEY [--fixed]

let arguments = CommandLine.arguments
let isFixed = arguments.last == "--fixed"
guard arguments.count == (isFixed ? 5 : 4) else {
    ProcessEnvironment.printError("usage: webhook HOST:PORT CERTIFICATE PRIVATE-KEY [--fixed]\n")
    exit(2)
}
LoggingSystem.bootstrap { label in
    LineLogHandler(label: label, level: .info, format: .json, clock: SystemClock())
}
let store = ClusterViewStore(try Fixture.view(canaries: 1_000))
let metrics = ServerMetrics()
let handler = AdmissionHandler(
    webhooks: CanaryGateServer.webhooks(username: Fixture.controller, isAdmissionOnly: false),
    view: { store.current },
    clock: SystemClock(),
    observe: { metrics.record($0) }
)
var served: any HTTPHandler = handler
if isFixed { served = FixedAnswer(await handler.response(to: try Fixture.request())) }
let tls = try TLSContext.server(
    certificateChain: try FileStore.read(arguments[2]),
    privateKey: try FileStore.read(arguments[3])
)
let loops = EventLoopGroup()
let server = try HTTPServer(
    configuration: HTTPServer.Configuration(address: arguments[1], tls: tls),
    loops: loops,
    handler: served
)
// With counters in it (`scripts/profile`) the program writes them as it exits.
signal(SIGTERM) { _ in exit(0) }
try await server.run()
