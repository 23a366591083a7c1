#!/bin/bash
# Two web nodes behind nginx, one PostgreSQL behind PgBouncer, files in an object store.
#   on each web node:      nodes.sh web SETTINGS-FILE
#   where nginx stands:    nodes.sh front NAME CERTIFICATE KEY NODE-1 NODE-2
#   beside PostgreSQL:     nodes.sh pool DATABASE-HOST LISTEN PASSWORD
#   after a failover:      nodes.sh pool STANDBY-HOST LISTEN PASSWORD     (the standby was promoted)
# SETTINGS-FILE is the same on both nodes: SECRET_KEY, DATABASE_URL=postgresql://ngonco:…@POOL:6432/ngonco,
# DATABASE_POOLED=1, EVIDENCE_URL=s3://…, AWS_…, BALLOT_KEYS and PACKAGES (folders that both nodes
# reach), LISTEN (this node's own address, the only line that differs), PUBLIC_URL, TRUSTED_PROXIES=1.
set -euo pipefail
. "$(dirname "$0")/steps.sh"
demand_root

web() {
    packages python3-venv
    account
    environment requirements-s3.txt
    while IFS='=' read -r name value; do
        case $name in [A-Z]*) setting "$name" "$value" ;; esac
    done <"$1"
    setting LOGS /var/lib/ngonco/logs
    . $SETTINGS
    for folder in "$BALLOT_KEYS" "$PACKAGES"; do
        [ -d "$folder" ] || fail "Chưa có thư mục chung $folder: hãy gắn nó vào máy này trước."
    done
    install -d /etc/systemd/system/ngonco.service.d
    cat >/etc/systemd/system/ngonco.service.d/node.conf <<UNIT
[Service]
ExecStart=
ExecStart=$PROJECT/.venv/bin/python -m tools.server --host $LISTEN --port 8000
ReadWritePaths=$BALLOT_KEYS $PACKAGES
UNIT
    as_service db upgrade
    as_service install-catalogue
    units ngonco.service
    as_service doctor
}

front() {
    packages nginx
    install -d /etc/nginx/conf.d
    filled $PROJECT/deploy/nginx/nodes.conf NODE_1="$4" NODE_2="$5" >/etc/nginx/conf.d/ngonco-upstream.conf
    filled $PROJECT/deploy/nginx/office.conf NAME="$1" CERTIFICATE="$2" KEY="$3" \
        | sed '/^upstream/,/^}/d' >/etc/nginx/sites-available/ngonco
    ln -sf ../sites-available/ngonco /etc/nginx/sites-enabled/ngonco
    nginx -t -q
    systemctl reload-or-restart nginx
}

pool() {
    packages pgbouncer
    filled $PROJECT/deploy/pgbouncer/pgbouncer.ini DATABASE_HOST="$1" DATABASE_PORT=5432 LISTEN="$2" \
        FOLDER=/etc/pgbouncer PID=/run/postgresql/pgbouncer.pid LOG=/var/log/postgresql/pgbouncer.log \
        >/etc/pgbouncer/pgbouncer.ini
    printf '"ngonco" "%s"\n' "$3" >/etc/pgbouncer/userlist.txt
    chown postgres:postgres /etc/pgbouncer/pgbouncer.ini /etc/pgbouncer/userlist.txt
    chmod 0640 /etc/pgbouncer/pgbouncer.ini /etc/pgbouncer/userlist.txt
    systemctl enable --now pgbouncer
    systemctl reload pgbouncer
}

case ${1-} in
    web) [ $# = 2 ] || fail "Cách dùng: $0 web TỆP-THIẾT-LẬP"; web "$2" ;;
    front) [ $# = 6 ] || fail "Cách dùng: $0 front TÊN-MIỀN CHỨNG-THƯ KHOÁ MÁY-1 MÁY-2"; shift; front "$@" ;;
    pool) [ $# = 4 ] || fail "Cách dùng: $0 pool MÁY-POSTGRESQL ĐỊA-CHỈ-NGHE MẬT-KHẨU"; shift; pool "$@" ;;
    *) fail "Cách dùng: $0 web|front|pool …" ;;
esac
