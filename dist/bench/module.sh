# shellcheck shell=bash
# Sourced by the scripts beside it: the Java module of this folder, built when it is missing, and a Java to run it.

bench=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
root=$(cd -- "$bench/../.." && pwd -P)

fail() {
  echo "${0##*/}: $*" >&2
  exit 1
}

# As dist/run does: builds when a source is newer than what was built of it.
is_stale() {
  [[ -x $root/dist/target/sentry/bin/sentry && -e $bench/target/classpath ]] || return 0
  [[ -n $(cd "$root" && find pom.xml ./*/pom.xml plugins/*/pom.xml ./*/src/main plugins/*/src/main \
    -newer dist/target/sentry -print -quit) ]] && return 0
  [[ -n $(find "$bench/pom.xml" "$bench/src/main" -newer "$bench/target/classpath" -print -quit) ]]
}

build_if_stale() {
  is_stale || return 0
  command -v mvn >/dev/null || fail "Maven (mvn) is missing, and Sentry is yet to be built with it."
  echo "building…" >&2
  (cd "$root" && exec mvn -B -q -ntp package -DskipTests) </dev/null >&2 || fail "the build failed, see above."
}

major_of() {
  "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p'
}

# The first Java of 21 or newer.
find_java() {
  local candidate major
  for candidate in "${JAVA_HOME:-/none}/bin/java" "$(command -v java)" /usr/lib/jvm/*/bin/java; do
    [[ -x $candidate ]] || continue
    major=$(major_of "$candidate")
    if [[ ${major%%.*} -ge 21 ]]; then
      java=$candidate
      return
    fi
  done
  fail "Java 21 or newer is missing; install one or set JAVA_HOME."
}

# A main class of the module, with its arguments.
run_java() {
  "$java" -XX:+UseSerialGC -cp "$bench/target/classes:$(<"$bench/target/classpath")" "$@"
}
