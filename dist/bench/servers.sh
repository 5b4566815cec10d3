# shellcheck shell=bash
# Sourced by compare: configurations of the same meaning for each server, and their start and end.
#
# Threads, on two processors: Sentry as it comes; dnsdist with two listeners on one address (reusePort), which its manual
# advises; Unbound with two threads. NSD, the upstream of all, with one process. Caches hold 100,000 answers. Nobody logs:
# Sentry's line for each block is turned off as an operator would do it, by a Logback configuration.
# shellcheck disable=SC2034,SC2154 # compare reads the times and sets work, root and inputs

declare -A pid=() port=() first_ms=() right_ms=()

free_port() {
  local candidate hex
  while :; do
    candidate=$((20000 + RANDOM % 10000))
    printf -v hex ':%04X ' "$candidate"
    grep -qi "$hex" /proc/net/udp /proc/net/tcp || { echo "$candidate"; return; }
  done
}

start_nsd() {
  port[nsd]=$(free_port)
  cat >"$work/root.zone" <<END
\$ORIGIN .
\$TTL 300
@ IN SOA ns.nsd. hostmaster.nsd. 1 3600 600 86400 300
@ IN NS ns.nsd.
ns.nsd. IN A 127.0.0.1
*. IN A 192.0.2.1
END
  cat >"$work/nsd.conf" <<END
server:
  ip-address: 127.0.0.1@${port[nsd]}
  ip-address: 127.0.0.2@${port[nsd]}
  server-count: 1
  username: ""
  database: ""
  pidfile: ""
  zonesdir: "$work"
  xfrdir: "$work"
  xfrdfile: "$work/xfrd.state"
  zonelistfile: "$work/zone.list"
  rrl-ratelimit: 0
  rrl-whitelist-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: "."
  zonefile: "root.zone"
END
  start nsd nsd.test 0 /usr/sbin/nsd -d -c "$work/nsd.conf"
}

# Starts a server and waits for its first answer, then for its first one with a response code: name, name to ask for,
# response code, command.
start() {
  local name=$1 question=$2 code=$3 probe begin any right
  shift 3
  exec {probe}< <(run_java org.sentrydns.bench.compare.FirstAnswer "${port[$name]}" "$question" "$code" 180)
  read -r _ <&"$probe"
  begin=${EPOCHREALTIME//[.,]/}
  "$@" </dev/null >"$work/$name.log" 2>&1 &
  pid[$name]=$!
  read -r any right <&"$probe" || true
  exec {probe}<&-
  [[ ${right:-0} -gt 0 ]] || fail "$name does not answer, see $work/$name.log: $(tail -n 3 "$work/$name.log")"
  first_ms[$name]=$(((any - begin) / 1000))
  right_ms[$name]=$(((right - begin) / 1000))
}

stop() {
  local name
  for name in "$@"; do
    [[ -n ${pid[$name]:-} ]] || continue
    kill "${pid[$name]}" 2>/dev/null || true
    for _ in {1..50}; do kill -0 "${pid[$name]}" 2>/dev/null || break; sleep 0.1; done
    kill -9 "${pid[$name]}" 2>/dev/null || true
    wait "${pid[$name]}" 2>/dev/null || true
    unset "pid[$name]"
  done
}

start_sentry() { # name, scenario, question, response code
  local name=$1 scenario=$2 opts=${SENTRY_OPTS:-} rules='' more='' upstreams="127.0.0.1:${port[nsd]}"
  case $scenario in
    block) rules='"block (^|\\.)blocked\\.test$ with refused",' ;;
    forwarded | race-one) more='"cache": false,' ;;
    race-two) more='"cache": false,' upstreams+=", 127.0.0.2:${port[nsd]}" ;;
    dead | race-dead) more='"cache": false,' upstreams+=", 127.0.0.1:${port[silent]}" ;;
    regex-* | literal-*) rules=$(<"$inputs/rules-$scenario") ;;
    list-*)
      more="\"lists\": { \"big\": { \"source\": \"$inputs/$scenario\" } },"
      rules='"block @big with refused",'
      ;;
    observe-page) more="\"admin\": { \"host\": \"127.0.0.1\", \"port\": $(free_port) }," ;;
    observe-log) more="\"query_log\": { \"file\": \"$work/queries.jsonl\" }," ;;
    hang-with) rules='"block (.*a){12}$ with refused", "block ^(a+)+\\1(?=t) with refused",' ;;
  esac
  port[$name]=$(free_port)
  cat >"$work/$name.json" <<END
{ "host": "127.0.0.1", "port": ${port[$name]}, $more
  "rules": [ $rules
    "resolve ^ using $upstreams" ] }
END
  cat >"$work/quiet.xml" <<END
<configuration>
  <appender name="err" class="ch.qos.logback.core.ConsoleAppender">
    <target>System.err</target><encoder><pattern>[%logger] %level: %msg%n</pattern></encoder>
  </appender>
  <logger name="sentry.rules.block" level="OFF"/>
  <root level="WARN"><appender-ref ref="err"/></root>
</configuration>
END
  # Where only the start is looked at, it is as it comes: to read that file takes longer than all else.
  [[ ${quiet:-yes} == no ]] || opts+=" -Dlogback.configurationFile=$work/quiet.xml"
  start "$name" "$3" "$4" env SENTRY_OPTS="$opts" \
    "$root/dist/target/sentry/bin/sentry" -c "$work/$name.json"
}

start_dnsdist() {
  local name=$1 scenario=$2 rules='' servers="newServer{address='127.0.0.1:${port[nsd]}'}"
  local cache='getPool(""):setCache(newPacketCache(100000, {maxTTL=86400}))'
  case $scenario in
    block) rules='addAction({"blocked.test."}, RCodeAction(DNSRCode.REFUSED))' ;;
    forwarded) cache='' ;;
    dead) cache='' servers+=" newServer{address='127.0.0.1:${port[silent]}'}" ;;
    regex-* | literal-*) rules="for line in io.lines('$inputs/$scenario') do
      addAction(RE2Rule('(?i)' .. line), RCodeAction(DNSRCode.REFUSED)) end" ;;
    list-*) rules="local names = newSuffixMatchNode()
      for line in io.lines('$inputs/$scenario') do names:add(newDNSName(line)) end
      addAction(SuffixMatchNodeRule(names), RCodeAction(DNSRCode.REFUSED))" ;;
  esac
  port[$name]=$(free_port)
  cat >"$work/$name.conf" <<END
setSecurityPollSuffix("")
setLocal("127.0.0.1:${port[$name]}", {reusePort=true})
addLocal("127.0.0.1:${port[$name]}", {reusePort=true})
$servers
$cache
$rules
END
  start "$name" "$3" "$4" dnsdist -C "$work/$name.conf" --supervised --disable-syslog
}

start_unbound() {
  local name=$1 scenario=$2 more='msg-cache-size: 64m
  rrset-cache-size: 64m'
  case $scenario in
    block) more+=$'\n  local-zone: "blocked.test." always_refuse' ;;
    forwarded) more='cache-max-ttl: 0
  cache-max-negative-ttl: 0' ;;
  esac
  port[$name]=$(free_port)
  cat >"$work/$name.conf" <<END
server:
  interface: 127.0.0.1
  port: ${port[$name]}
  num-threads: 2
  so-reuseport: yes
  outgoing-range: 4096
  num-queries-per-thread: 2048
  username: ""
  chroot: ""
  pidfile: ""
  directory: "$work"
  use-syslog: no
  verbosity: 0
  module-config: "iterator"
  do-not-query-localhost: no
  $more
remote-control:
  control-enable: no
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${port[nsd]}
END
  start "$name" "$3" "$4" unbound -d -c "$work/$name.conf"
}

start_silent() {
  local said
  coproc SILENT { run_java org.sentrydns.bench.compare.SilentPort; }
  read -r said <&"${SILENT[0]}"
  port[silent]=$said
  pid[silent]=$SILENT_PID
}
