"""Thiết lập của máy chủ: read before the application is, and refused in one sentence."""

import argparse
import os
import re
import sys
from typing import NoReturn


def whole(name: str, default: int, most: int) -> int:
    """A whole number of the environment, from one up."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", value) or not 1 <= int(value) <= most:
        sys.exit(f"{name} phải là một số nguyên từ 1 đến {most}, không phải “{value}”.")
    return int(value)


class Arguments(argparse.ArgumentParser):
    """Đối số: what is typed wrongly ends in one sentence."""

    def error(self, message: str) -> NoReturn:
        """Say what is taken; what the library found is said in its own language."""
        del message
        sys.exit("Đối số chưa đúng; chỉ nhận --host ĐỊA_CHỈ và --port SỐ (từ 1 đến 65535).")
