# Sourced by scripts/demo: starting and stopping what the story needs, and telling it.

speed=30

if [ -t 1 ]; then bold=$'\e[1m' dim=$'\e[2m' red=$'\e[31m' green=$'\e[32m' plain=$'\e[0m'; else bold='' dim='' red='' green='' plain=''; fi

title() { printf '\n%s%s%s\n' "$bold" "$1" "$plain"; }
say() { printf '%s# %s%s\n' "$dim" "$1" "$plain"; }

# fail MESSAGE: ends the story; what the processes said is shown.
fail() {
    printf '%s%s%s\n' "$red" "$1" "$plain" >&2
    local log
    for log in "$work"/*.log; do
        printf '\nthe end of %s:\n' "$(basename "$log")" >&2
        tail -n 15 "$log" >&2
    done
    exit 1
}

# run COMMAND...: shows the command as a user would type it, and runs it.
run() {
    show "$@"
    "$@" 2>&1 | sed 's/^/  /'
    [ "${PIPESTATUS[0]}" -eq 0 ] || fail "this command should have succeeded"
}

# run_line COMMAND FILTER: the same for a command whose output goes through a filter.
run_line() {
    printf '%s$ %s%s\n' "$bold" "$1 | $2" "$plain"
    eval "$1 | $2" 2>&1 | sed 's/^ */  /'
    [ "${PIPESTATUS[0]}" -eq 0 ] || fail "this command should have succeeded"
}

# refused COMMAND...: the same for a command that the server must refuse.
refused() {
    show "$@"
    if "$@" >"$work/refusal" 2>&1; then fail "this should have been refused"; fi
    sed "s/^/  /" "$work/refusal"
    grep -q 'is invalid' "$work/refusal" || fail "it was refused, but without an explanation"
}

show() {
    local words="$*"
    printf '%s$ %s%s\n' "$bold" "${words//$root\//}" "$plain"
}

# expect WHAT WANTED FOUND
expect() {
    [ "$2" = "$3" ] || fail "expected that $1: wanted '$2', found '$3'"
    printf '%s✓ %s%s\n' "$green" "$1" "$plain"
}

start_story() {
    work=$(mktemp -d)
    sandbox=
    server=
    trap end_story EXIT
}

end_story() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$sandbox" ] || kill "$sandbox" 2>/dev/null || true
    wait 2>/dev/null || true
    rm -rf "$work"
}

# await SECONDS WHAT COMMAND...: until the command succeeds.
await() {
    local until=$((SECONDS + $1)) what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ "$SECONDS" -lt "$until" ] || fail "$what did not come up"
        sleep 0.1
    done
}

start_sandbox() {
    "$canarygate" sandbox --directory "$work/sandbox" --clock-speed "$speed" "$@" >"$work/sandbox.log" 2>&1 &
    sandbox=$!
    await 30 "the sandbox" test -s "$work/sandbox/canarygate.env"
    export KUBECONFIG=$work/sandbox/admin.kubeconfig
    # What kubectl learns of this cluster is of no use to another.
    kubectl() { command "${KUBECTL:-kubectl}" --cache-dir="$work/cache" "$@"; }
}

install_manifests() {
    webhook_port=$(free_port)
    metrics_port=$(free_port)
    local bundle
    bundle=$("$canarygate" certs --directory "$work/certs" --ip 127.0.0.1)
    cp -r "$root/manifests" "$work/manifests"
    sed -i "s|SERVER|127.0.0.1:$webhook_port|; s|CA_BUNDLE|$bundle|" "$work"/manifests/sandbox/{definition,mutating,validating}.yaml
    show kubectl apply -k manifests/sandbox
    kubectl apply -k "$work/manifests/sandbox" >"$work/install.log" 2>&1 || fail "the installation failed"
    grep -v '^#' "$work/install.log" | sed 's/^/  /'
}

# free_port: one that nobody listens on now.
free_port() {
    local port
    while true; do
        port=$((20000 + RANDOM % 20000))
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
    done
}

start_server() {
    (
        set -a
        source "$work/sandbox/canarygate.env"
        exec "$canarygate" serve --listen "127.0.0.1:$webhook_port" --metrics-listen "127.0.0.1:$metrics_port" \
            --certificate "$work/certs/tls.crt" --private-key "$work/certs/tls.key" --drain-delay 0s
    ) >>"$work/server.log" 2>&1 &
    server=$!
    await 30 "the server" is_ready
}

is_ready() {
    local status
    exec 3<>"/dev/tcp/127.0.0.1/$metrics_port" || return 1
    printf 'GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
    read -r _ status _ <&3
    exec 3>&-
    [ "$status" = 200 ]
}

kill_server() {
    kill -9 "$server"
    wait "$server" 2>/dev/null || true
    server=
}

# follow PHASE [WEIGHT]: prints each change of the Canary's status until it is in the phase (with at least the weight).
follow() {
    local wanted=$1 least=${2:-0} phase weight failed reached=
    local columns='{.status.phase} {.status.canaryWeight} {.status.failedChecks}{"\n"}'
    exec 4< <(exec timeout 90 kubectl --cache-dir="$work/cache" -n test get canary podinfo --watch -o jsonpath="$columns" 2>/dev/null)
    local watcher=$!
    while read -r phase weight failed <&4; do
        [ -n "$weight" ] || continue
        printf '  %-13s canary weight %3s %%   failed checks %s\n' "$phase" "$weight" "${failed:-0}"
        [ "$phase" = "$wanted" ] && [ "$weight" -ge "$least" ] || continue
        reached=yes
        break
    done
    exec 4<&-
    kill "$watcher" 2>/dev/null || true
    [ -n "$reached" ] || fail "the Canary did not become $wanted"
}

replicas() { kubectl -n test get deployment "$1" -o jsonpath='{.spec.replicas}'; }
image() { kubectl -n test get deployment "$1" -o jsonpath='{.spec.template.spec.containers[0].image}'; }
weights() { kubectl -n test get httpproxy podinfo -o jsonpath='{.spec.routes[0].services[*].weight}'; }
sum() { tr ' ' '\n' | awk '{ total += $1 } END { print total }'; }

last_checks() {
    kubectl -n test get canary podinfo \
        -o go-template='{{range .status.checks}}{{.kind}} {{.name}}: {{.answered}}{{if .bound}}, bound {{.bound}}{{end}} -> {{.follows}}{{"\n"}}{{end}}' |
        sed 's/^/  /'
}

canary_events() {
    kubectl -n test get events --sort-by=.metadata.creationTimestamp \
        --field-selector involvedObject.kind=Canary \
        -o custom-columns=TYPE:.type,REASON:.reason,COUNT:.count,MESSAGE:.message | sed 's/^/  /'
}

keep_running() {
    trap - EXIT
    title "The cluster goes on running"
    cat <<EOF
  export KUBECONFIG=$KUBECONFIG
  kubectl -n test get canaries --watch
  kubectl -n test set image deployment/podinfo podinfod=stefanprodan/podinfo:3.1.2

  logs: $work/server.log, $work/sandbox.log
  stop: kill $server $sandbox; rm -r $work
EOF
}
