#!/bin/bash
# One office on one Debian machine: PostgreSQL, the service, nginx, reminders, backup, deep check.
#   sudo /srv/ngonco/deploy/office.sh thidua.coquan.gov.vn /etc/ssl/ngonco.pem /etc/ssl/ngonco.key
# It can be run again after an upgrade: settings and data that stand are left.
set -euo pipefail
. "$(dirname "$0")/steps.sh"
[ $# = 3 ] || fail "Cách dùng: $0 TÊN-MIỀN TỆP-CHỨNG-THƯ TỆP-KHOÁ"
demand_root
name=$1 certificate=$2 key=$3
demand_host "$name"
demand_file "$certificate"
demand_file "$key"

packages python3-venv postgresql nginx
account
environment requirements.txt

runuser -u postgres -- psql -qtAc "SELECT 1 FROM pg_roles WHERE rolname = 'ngonco'" | grep -q 1 \
    || runuser -u postgres -- createuser ngonco
runuser -u postgres -- psql -qtAc "SELECT 1 FROM pg_database WHERE datname = 'ngonco'" | grep -q 1 \
    || runuser -u postgres -- createdb --owner ngonco ngonco

setting SECRET_KEY "$(python3 -c 'import secrets; print(secrets.token_hex(32))')"
setting DATABASE_URL "postgresql:///ngonco?host=/var/run/postgresql"
setting NGONCO_INSTANCE /var/lib/ngonco
setting EVIDENCE_URL /var/lib/ngonco/evidence
setting BALLOT_KEYS /var/lib/ngonco/ballot-keys
setting PACKAGES /var/lib/ngonco/packages
setting LOGS /var/lib/ngonco/logs
setting PUBLIC_URL "https://$name"
setting TRUSTED_PROXIES 1
install -d -o ngonco -g ngonco -m 0700 /backup

as_service db upgrade
as_service install-catalogue
units ngonco.socket ngonco.service ngonco-remind.timer ngonco-backup.timer ngonco-verify.timer
systemctl reload ngonco.service

filled $PROJECT/deploy/nginx/office.conf NAME="$name" CERTIFICATE="$certificate" KEY="$key" \
    >/etc/nginx/sites-available/ngonco
ln -sf ../sites-available/ngonco /etc/nginx/sites-enabled/ngonco
rm -f /etc/nginx/sites-enabled/default
nginx -t -q
kept_up nginx
systemctl reload-or-restart nginx
as_service doctor || true
echo "Đã xong. Người quản trị đầu tiên: cd $PROJECT && FLASK_APP=wsgi flask create-admin (README, Deploy)."
