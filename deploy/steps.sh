# What deploy/office.sh and deploy/nodes.sh do alike; read by them, run by nobody.
PROJECT=/srv/ngonco
SETTINGS=/etc/ngonco.env

fail() {
    echo "$1" >&2
    exit 1
}

set -E
trap 'echo "Chưa xong: lệnh ngay trên không chạy được. Sửa nguyên nhân rồi chạy lại; việc đã làm được giữ nguyên." >&2' ERR

demand_host() {
    case $1 in
        '' | *[!A-Za-z0-9.-]* | .* | -*) fail "“$1” không phải tên miền; ghi như thidua.coquan.gov.vn, không có https:// và dấu /." ;;
    esac
}

demand_file() {
    [ -f "$1" ] && [ -r "$1" ] || fail "Không đọc được tệp $1."
}

demand_password() {
    case $1 in
        '' | *[!A-Za-z0-9._~+-]*) fail "Mật khẩu chỉ gồm chữ không dấu, chữ số và các dấu . _ ~ + -" ;;
    esac
}

demand_root() {
    [ "$(id -u)" = 0 ] || fail "Hãy chạy bằng quyền root."
    [ "$(readlink -f "$(dirname "$0")/..")" = "$PROJECT" ] || fail "Hãy đặt mã nguồn ở $PROJECT rồi chạy lại."
}

# filled FILE NAME=VALUE...: the file with each @NAME@ replaced; none may be left.
filled() {
    text=$(cat "$1")
    shift
    for pair in "$@"; do
        text=${text//"@${pair%%=*}@"/"${pair#*=}"}
    done
    case $text in
        *@[A-Z]*[A-Z0-9]@*) fail "Còn chỗ chưa điền trong mẫu: $(grep -o '@[A-Z_0-9]*@' <<<"$text" | head -1)" ;;
    esac
    printf '%s\n' "$text"
}

packages() {
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"
}

account() {
    id ngonco >/dev/null 2>&1 || useradd --system --home-dir /var/lib/ngonco --shell /usr/sbin/nologin ngonco
    install -d -o ngonco -g ngonco -m 0700 /var/lib/ngonco
}

# environment REQUIREMENTS: the virtual environment, with exactly what is pinned.
environment() {
    [ -x $PROJECT/.venv/bin/python ] || python3 -m venv $PROJECT/.venv
    $PROJECT/.venv/bin/pip install --quiet --require-hashes -r "$PROJECT/$1"
}

# setting NAME VALUE: kept if it stands already, for a key made anew would end every session.
setting() {
    touch $SETTINGS
    chmod 0600 $SETTINGS
    grep -q "^$1=" $SETTINGS || echo "$1=$2" >>$SETTINGS
}

# as_service COMMAND...: flask as the account of the service, with its settings, which only root reads.
as_service() (
    cd $PROJECT
    set -a
    . $SETTINGS
    FLASK_APP=wsgi HOME=/var/lib/ngonco exec runuser -u ngonco -- .venv/bin/flask "$@"
)

# kept_up UNIT: begun again whatever ended it, which the unit of Debian leaves to somebody who comes.
kept_up() {
    install -d "/etc/systemd/system/$1.service.d"
    printf '[Service]\nRestart=always\nRestartSec=1\n' >"/etc/systemd/system/$1.service.d/ngonco.conf"
    systemctl daemon-reload
}

units() {
    cp $PROJECT/deploy/ngonco.service $PROJECT/deploy/systemd/*.service $PROJECT/deploy/systemd/*.timer \
        $PROJECT/deploy/systemd/*.socket /etc/systemd/system/
    systemctl daemon-reload
    systemctl enable --now "$@"
}
