"""What the server is told before it serves: refused in one Vietnamese sentence, without a trace."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.leaks import leaks
from tools import settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("value", "number"), [("", 2), (" 3 ", 3), ("64", 64), ("0", None), ("65", None), ("hai", None)]
)
def test_a_number_of_the_server_is_within_its_bounds(monkeypatch, value, number):
    monkeypatch.setenv("WORKERS", value)
    if number is not None:
        assert settings.whole("WORKERS", 2, 64) == number
        return
    with pytest.raises(SystemExit) as refused:
        settings.whole("WORKERS", 2, 64)
    assert str(refused.value) == f"WORKERS phải là một số nguyên từ 1 đến 64, không phải “{value}”."


def test_a_server_that_cannot_begin_says_why_in_one_sentence():
    wrong = "Đối số chưa đúng; chỉ nhận --host ĐỊA_CHỈ và --port SỐ (từ 1 đến 65535)."
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for module, typed, more, said in (
            ("server", ["--port", "x"], {}, wrong),
            ("server", ["--port", "70000"], {}, wrong),
            ("server", ["--nhanh"], {}, wrong),
            (
                "server",
                ["--port", str(port)],
                {},
                f"Cổng {port} đang có chương trình khác dùng; hãy dừng nó, hoặc đổi --port.",
            ),
            (
                "server",
                ["--host", "203.0.113.9", "--port", "8999"],
                {},
                "Không mở được cổng 8999 ở địa chỉ 203.0.113.9; hãy xem lại --host và --port.",
            ),
            (
                "server",
                [],
                {"WORKER_MIB": "to"},
                "WORKER_MIB phải là một số nguyên từ 1 đến 100000, không phải “to”.",
            ),
            (
                "generation",
                ["0", "1"],
                {"SECRET_KEY": ""},
                "Chưa đặt SECRET_KEY: hệ thống dùng thật không có giá trị mặc định (xem README, "
                "phần triển khai).",
            ),
            (
                "serve",
                [],
                {"PORT": "tám"},
                "PORT phải là một số nguyên từ 1 đến 65535, không phải “tám”.",
            ),
        ):
            done = subprocess.run(  # noqa: S603 - our own
                [sys.executable, "-m", f"tools.{module}", *typed],
                env={"PATH": os.environ["PATH"], "PYTHONIOENCODING": "utf-8", **more},
                cwd=ROOT,
                capture_output=True,
                check=False,
                timeout=60,
            )
            told = (done.stdout + done.stderr).decode().strip()
            assert (done.returncode, told, leaks(told)) == (1, said, [])
