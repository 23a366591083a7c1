"""What stands in deploy/: units closed as far as they can be, templates that are filled."""

import re
import subprocess

import pytest

from tests.served import ROOT

DEPLOY = ROOT / "deploy"
UNITS = [DEPLOY / "ngonco.service", *sorted((DEPLOY / "systemd").glob("*.service"))]
CLOSED = {
    "CapabilityBoundingSet=",
    "LimitCORE=0",
    "MemorySwapMax=0",
    "NoNewPrivileges=yes",
    "PrivateTmp=yes",
    "ProtectHome=yes",
    "ProtectSystem=strict",
    "RestrictSUIDSGID=yes",
    "SystemCallFilter=@system-service",
    "UMask=0077",
    "User=ngonco",
}
TEMPLATES = ["nginx/office.conf", "nginx/nodes.conf", "pgbouncer/pgbouncer.ini"]


def _filled(template, *pairs):
    command = '. deploy/steps.sh; filled "$@"'
    return subprocess.run(  # noqa: S603 - our own script
        ["/bin/bash", "-c", command, "steps", f"deploy/{template}", *pairs],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_every_service_is_closed_and_leaves_no_core(unit):
    assert set(unit.read_text(encoding="utf-8").splitlines()) >= CLOSED


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_script_fills_each_place_of_a_template(template):
    names = set(re.findall(r"@([A-Z_0-9]+)@", (DEPLOY / template).read_text(encoding="utf-8")))
    scripts = "".join((DEPLOY / name).read_text() for name in ("office.sh", "nodes.sh"))
    assert names
    assert {name for name in names if f" {name}=" not in scripts} == set()
    done = _filled(template, *(f"{name}=x/{name.lower()}&" for name in names))
    assert (done.returncode, "@" in done.stdout, "x/" in done.stdout) == (0, False, True)


def test_a_place_that_nothing_fills_is_told():
    done = _filled("nginx/nodes.conf", "NODE_1=10.0.0.1")
    assert (done.returncode, done.stderr) == (1, "Còn chỗ chưa điền trong mẫu: @NODE_2@\n")


@pytest.mark.parametrize("name", ["office.sh", "nodes.sh", "steps.sh"])
def test_the_scripts_are_read_by_the_shell(name):
    done = subprocess.run(["/bin/bash", "-n", str(DEPLOY / name)], check=False)  # noqa: S603
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("demand_host thidua.example.vn", ""),
        (
            "demand_host https://thidua.example.vn/",
            "“https://thidua.example.vn/” không phải tên miền; ghi như thidua.coquan.gov.vn, "
            "không có https:// và dấu /.",
        ),
        ("demand_file khoa.pem", "Không đọc được tệp khoa.pem."),
        ("demand_password a~b-1", ""),
        (
            'demand_password "a\'b"',
            "Mật khẩu chỉ gồm chữ không dấu, chữ số và các dấu . _ ~ + -",
        ),
        (
            "false",
            "Chưa xong: lệnh ngay trên không chạy được. Sửa nguyên nhân rồi chạy lại; việc đã "
            "làm được giữ nguyên.",
        ),
    ],
)
def test_what_a_script_is_told_wrongly_is_said_before_it_begins(asked, said):
    done = subprocess.run(  # noqa: S603 - our own script
        ["/bin/bash", "-c", f"set -e; . deploy/steps.sh; {asked}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr.strip()) == (1 if said else 0, said)


def test_what_nginx_refuses_by_itself_has_a_page_in_vietnamese():
    named = re.findall(
        r"^error_page .* /_nginx/([0-9]+\.html);$",
        (DEPLOY / "nginx" / "proxy.conf").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    pages = {
        page.name: page.read_text(encoding="utf-8") for page in (DEPLOY / "nginx/pages").iterdir()
    }
    assert sorted(named) == sorted(pages) == ["400.html", "413.html", "502.html"]
    assert all('<html lang="vi">' in text for text in pages.values())
