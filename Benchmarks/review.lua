-- For wrk: posts one AdmissionReview again and again, and says at the end what came of it as one line of JSON.
local file = assert(io.open(os.getenv("REVIEW"), "rb"))
wrk.method = "POST"
wrk.path = "/mutate/deployments?timeout=10s"
wrk.body = file:read("*a")
file:close()
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Accept"] = "application/json, */*"
wrk.headers["Accept-Encoding"] = "gzip"
wrk.headers["User-Agent"] = "kube-apiserver/v1.32.0 (linux/amd64) kubernetes/70d3cc9"
if os.getenv("CLOSE") then wrk.headers["Connection"] = "close" end

function done(summary, latency)
    local errors = summary.errors
    print(string.format(
        'RESULT {"requests": %d, "seconds": %f, "p50": %d, "p99": %d, "failed": %d}',
        summary.requests, summary.duration / 1e6, latency:percentile(50), latency:percentile(99),
        errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
