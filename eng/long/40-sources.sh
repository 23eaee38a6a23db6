#!/usr/bin/env bash
# usage: eng/long/40-sources.sh [--bounded] SEED
# Runs the connectors against real servers of Debian's packages: Apache with mod_dav, Dovecot, PostgreSQL and Samba's
# library for access control. Each is a private instance in a temporary folder on 127.0.0.1 that ends with the script.
# A server that is not installed is left out, and its tests skip; it fails if none is.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=20000
[ "${1:-}" = --bounded ] && { count=2000; shift; }
seed="${1:-1}"
work="$(mktemp -d)"
chmod 755 "$work"
pids=()
as=()
[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid nobody --regid nogroup --clear-groups --)

stop() {
  [ ! -f "$work/pg/postmaster.pid" ] || "${as[@]}" "$pg/pg_ctl" -D "$work/pg" -m immediate stop >/dev/null 2>&1 || true
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null && wait "$pid" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap stop EXIT
trap 'exit 1' INT TERM

# A port that nothing listens on.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# Waits until something listens.
await_port() {
  local tries
  for tries in $(seq 200); do
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
    sleep 0.05
  done
  echo "Nothing listens on port $1." >&2
  cat "$work"/*.log >&2 || true
  return 1
}

certify() {
  openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj "/CN=Terroir test authority" \
    -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
  openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
  openssl x509 -req -in "$work/server.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial -days 2 \
    -extfile <(echo subjectAltName=DNS:localhost) -out "$work/server.pem" 2>/dev/null
  export TERROIR_SOURCES_CA="$work/ca.pem"
}

start_apache() {
  local port modules=/usr/lib/apache2/modules
  port="$(free_port)"
  mkdir -p "$work/apache" "$work/dav"
  printf 'terroir:%s\n' "$(openssl passwd -apr1 'p4ss:wört')" > "$work/apache/users"
  cat > "$work/apache/apache.conf" <<CONF
ServerRoot $work/apache
ServerName localhost
PidFile $work/apache/pid
ErrorLog $work/apache.log
Listen 127.0.0.1:$port
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authn_core_module $modules/mod_authn_core.so
LoadModule authn_file_module $modules/mod_authn_file.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule authz_user_module $modules/mod_authz_user.so
LoadModule auth_basic_module $modules/mod_auth_basic.so
LoadModule dav_module $modules/mod_dav.so
LoadModule dav_fs_module $modules/mod_dav_fs.so
LoadModule alias_module $modules/mod_alias.so
LoadModule ssl_module $modules/mod_ssl.so
User nobody
Group nogroup
DavLockDB $work/apache/locks
SSLEngine on
SSLCertificateFile $work/server.pem
SSLCertificateKeyFile $work/server.key
Alias /dav $work/dav
<Directory $work/dav>
  Dav On
  AuthType Basic
  AuthName terroir
  AuthUserFile $work/apache/users
  Require valid-user
</Directory>
CONF
  [ "${#as[@]}" -eq 0 ] || chown -R nobody:nogroup "$work/dav" "$work/apache"
  apache2 -f "$work/apache/apache.conf" -DFOREGROUND >> "$work/apache.log" 2>&1 &
  pids+=($!)
  await_port "$port"
  export TERROIR_WEBDAV_URL="https://localhost:$port/dav/" TERROIR_WEBDAV_FOLDER="$work/dav"
}

start_dovecot() {
  local port secured
  port="$(free_port)" secured="$(free_port)"
  mkdir -p "$work/mail"
  chown nobody:nogroup "$work/mail"
  cat > "$work/dovecot.conf" <<CONF
base_dir = $work/dovecot
state_dir = $work/dovecot-state
log_path = $work/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <$work/server.pem
ssl_key = <$work/server.key
disable_plaintext_auth = yes
first_valid_uid = 1
mail_location = maildir:$work/mail/%u
mail_uid = nobody
mail_gid = nogroup
namespace inbox {
  inbox = yes
  separator = /
}
passdb {
  driver = static
  args = password=s3cret
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=$work/mail/%u
}
service imap-login {
  inet_listener imap {
    port = $port
  }
  inet_listener imaps {
    port = $secured
    ssl = yes
  }
}
CONF
  dovecot -F -c "$work/dovecot.conf" >> "$work/dovecot.log" 2>&1 &
  pids+=($!)
  await_port "$secured"
  export TERROIR_IMAP_PORT="$secured" TERROIR_IMAP_STARTTLS_PORT="$port"
}

start_postgresql() {
  local port
  port="$(free_port)"
  mkdir -p "$work/pg"
  printf 's3cret\n' > "$work/pg.password"
  cp "$work/server.pem" "$work/pg.pem"
  cp "$work/server.key" "$work/pg.key"
  chmod 600 "$work/pg.key"
  [ "${#as[@]}" -eq 0 ] || chown nobody:nogroup "$work/pg" "$work/pg.key" "$work/pg.password"
  "${as[@]}" "$pg/initdb" -D "$work/pg" -U terroir -A scram-sha-256 --pwfile "$work/pg.password" -E UTF8 --locale C \
    > "$work/pg.log"
  cat >> "$work/pg/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $port
unix_socket_directories = '$work/pg'
ssl = on
ssl_cert_file = '$work/pg.pem'
ssl_key_file = '$work/pg.key'
fsync = off
CONF
  "${as[@]}" "$pg/pg_ctl" -D "$work/pg" -l "$work/pg/server.log" -w start > "$work/pg.log"
  export TERROIR_POSTGRESQL_PORT="$port"
}

pg="$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)"
certify
started=()
if [ -x /usr/sbin/apache2 ] && [ "$(id -u)" -eq 0 ]; then start_apache; started+=(apache2); fi
if [ -x /usr/sbin/dovecot ] && [ "$(id -u)" -eq 0 ]; then start_dovecot; started+=(dovecot); fi
if [ -n "$pg" ]; then start_postgresql; started+=(postgresql); fi
if /usr/bin/python3 -c 'import samba.security' 2>/dev/null; then
  export TERROIR_SAMBA_PYTHON=/usr/bin/python3 TERROIR_SAMBA_COUNT="$count" TERROIR_SAMBA_SEED="$seed"
  export TERROIR_SAMBA_SCRIPT="$PWD/eng/samba-access.py"
  started+=(samba)
fi
[ "${#started[@]}" -gt 0 ] || { echo "No server is installed; see eng/packages.txt."; exit 1; }
for project in test/Terroir.Connectors.Tests test/Terroir.Tests; do
  dotnet test --project "$project" -- --filter-class "*RealServerTests" --minimum-expected-tests 1
done
printf 'with %s\n' "${started[*]}"
