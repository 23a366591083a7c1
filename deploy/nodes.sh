#!/bin/bash
# Two web nodes behind nginx, one PostgreSQL behind PgBouncer, files in an object store.
#   on each web node:      nodes.sh web SETTINGS-FILE
#   where nginx stands:    nodes.sh front NAME CERTIFICATE KEY NODE-1 NODE-2
#   PostgreSQL:            nodes.sh primary LISTEN NETWORK PASSWORD       (NETWORK such as 10.0.7.0/24)
#   its standby:           nodes.sh standby PRIMARY-HOST LISTEN PASSWORD NETWORK
#   before both:           nodes.sh pool PRIMARY-HOST LISTEN PASSWORD
# Once the primary is gone for good: nodes.sh promote on the standby, then nodes.sh pool with its host.
# SETTINGS-FILE is the same on both nodes: SECRET_KEY, DATABASE_URL=postgresql://ngonco:…@POOL:6432/ngonco,
# DATABASE_POOLED=1, EVIDENCE_URL=s3://…, AWS_…, BALLOT_KEYS and PACKAGES (folders that both nodes
# reach), LISTEN (this node's own address, the only line that differs), PUBLIC_URL, TRUSTED_PROXIES=1.
set -euo pipefail
. "$(dirname "$0")/steps.sh"
demand_root

web() {
    demand_file "$1"
    packages python3-venv
    account
    environment requirements-s3.txt
    while IFS='=' read -r name value; do
        case $name in [A-Z]*) setting "$name" "$value" ;; esac
    done <"$1"
    setting NGONCO_INSTANCE /var/lib/ngonco
    setting LOGS /var/lib/ngonco/logs
    . $SETTINGS
    for folder in "$BALLOT_KEYS" "$PACKAGES"; do
        [ -d "$folder" ] || fail "Chưa có thư mục chung $folder: hãy gắn thư mục ấy vào máy này trước."
        runuser -u ngonco -- test -w "$folder" \
            || fail "Tài khoản ngonco (uid $(id -u ngonco), gid $(id -g ngonco)) không ghi được vào $folder: hãy chown rồi chạy lại."
    done
    install -d /etc/systemd/system/ngonco.service.d
    cat >/etc/systemd/system/ngonco.service.d/node.conf <<UNIT
[Service]
ExecStart=
ExecStart=$PROJECT/.venv/bin/python -m tools.server --host $LISTEN --port 8000
ReadWritePaths=$BALLOT_KEYS $PACKAGES
UNIT
    install -d /etc/systemd/system/ngonco-metrics.service.d
    printf '[Service]\nReadWritePaths=%s %s\n' "$BALLOT_KEYS" "$PACKAGES" \
        >/etc/systemd/system/ngonco-metrics.service.d/node.conf
    as_service db upgrade
    as_service install-catalogue
    units ngonco.service ngonco-remind.timer # two runs at once do no harm
    if [ -d /backup ]; then
        units ngonco-backup.timer ngonco-verify.timer
    fi
    as_service doctor
}

front() {
    demand_host "$1"
    demand_file "$2"
    demand_file "$3"
    packages nginx
    install -d /etc/nginx/conf.d
    filled $PROJECT/deploy/nginx/nodes.conf NODE_1="$4" NODE_2="$5" >/etc/nginx/conf.d/ngonco-upstream.conf
    filled $PROJECT/deploy/nginx/office.conf NAME="$1" CERTIFICATE="$2" KEY="$3" \
        | sed '/^upstream/,/^}/d' >/etc/nginx/sites-available/ngonco
    ln -sf ../sites-available/ngonco /etc/nginx/sites-enabled/ngonco
    nginx -t -q
    kept_up nginx
    systemctl reload-or-restart nginx
}

CLUSTER=/etc/postgresql/15/main

# What was acknowledged stands on the standby too, so nothing is written while there is none: the
# settings for that come last.
primary() {
    demand_password "$3"
    packages postgresql-15
    access "$1" "$2"
    pg_ctlcluster 15 main restart
    if ! runuser -u postgres -- psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = 'ngonco'" | grep -q 1; then
        printf "CREATE ROLE ngonco LOGIN REPLICATION PASSWORD '%s'" "$3" | runuser -u postgres -- psql -q
        runuser -u postgres -- createdb --owner ngonco ngonco
    fi
    install -m 0644 $PROJECT/deploy/postgresql/primary.conf $CLUSTER/conf.d/ngonco.conf
    pg_ctlcluster 15 main restart
}

standby() {
    demand_password "$3"
    packages postgresql-15
    access "$2" "$4"
    pg_ctlcluster 15 main stop || true
    mv /var/lib/postgresql/15/main "/var/lib/postgresql/15/main.$(date +%s)"
    PGPASSWORD=$3 runuser -u postgres -w PGPASSWORD -- pg_basebackup -h "$1" -U ngonco -R -X stream -c fast \
        -D /var/lib/postgresql/15/main
    pg_ctlcluster 15 main start
}

# access LISTEN NETWORK: who may come in, and where.
access() {
    echo "listen_addresses = '$1'" >$CLUSTER/conf.d/ngonco-address.conf
    grep -q " ngonco " $CLUSTER/pg_hba.conf || echo "host all,replication ngonco $2 scram-sha-256" >>$CLUSTER/pg_hba.conf
}

pool() {
    demand_password "$3"
    packages pgbouncer
    filled $PROJECT/deploy/pgbouncer/pgbouncer.ini DATABASE_HOST="$1" DATABASE_PORT=5432 LISTEN="$2" \
        FOLDER=/etc/pgbouncer PID=/run/postgresql/pgbouncer.pid LOG=/var/log/postgresql/pgbouncer.log \
        >/etc/pgbouncer/pgbouncer.ini
    printf '"ngonco" "%s"\n' "$3" >/etc/pgbouncer/userlist.txt
    chown postgres:postgres /etc/pgbouncer/pgbouncer.ini /etc/pgbouncer/userlist.txt
    chmod 0640 /etc/pgbouncer/pgbouncer.ini /etc/pgbouncer/userlist.txt
    kept_up pgbouncer
    systemctl enable pgbouncer
    systemctl restart pgbouncer # a reload changes no address, and waits for a primary that is gone
}

case ${1-} in
    web) [ $# = 2 ] || fail "Cách dùng: $0 web TỆP-THIẾT-LẬP"; web "$2" ;;
    front) [ $# = 6 ] || fail "Cách dùng: $0 front TÊN-MIỀN CHỨNG-THƯ KHOÁ MÁY-1 MÁY-2"; shift; front "$@" ;;
    primary) [ $# = 4 ] || fail "Cách dùng: $0 primary ĐỊA-CHỈ-NGHE MẠNG MẬT-KHẨU"; shift; primary "$@" ;;
    standby) [ $# = 5 ] || fail "Cách dùng: $0 standby MÁY-CHÍNH ĐỊA-CHỈ-NGHE MẬT-KHẨU MẠNG"; shift; standby "$@" ;;
    promote) [ -d $CLUSTER ] || fail "Máy này không có PostgreSQL của Ngọn Cờ."; pg_ctlcluster 15 main promote ;;
    pool) [ $# = 4 ] || fail "Cách dùng: $0 pool MÁY-POSTGRESQL ĐỊA-CHỈ-NGHE MẬT-KHẨU"; shift; pool "$@" ;;
    *) fail "Cách dùng: $0 web|front|primary|standby|promote|pool …" ;;
esac
