"""The browser of the tests: a headless shell, which costs half; else an installed Chromium or
Chrome, else Playwright's own, else the system's package.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

SHELLS = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)
APT = ("-qq", "-o", "Acquire::Retries=0", "-o", "Acquire::http::Timeout=20")


def _runs(path: str) -> bool:
    """Whether a browser starts at all: a distribution's stub may only print an advertisement."""
    try:
        return (
            subprocess.run(
                [path, "--version"], capture_output=True, timeout=30, check=False
            ).returncode
            == 0
        )
    except (OSError, subprocess.TimeoutExpired):
        return False


def _first(names: tuple[str, ...]) -> str | None:
    return next((path for name in names if (path := shutil.which(name)) and _runs(path)), None)


def _named() -> str | None:
    """$BROWSER_PATH, which is all that is asked for where it is set."""
    return os.environ.get("BROWSER_PATH")


@cache
def _playwrights_own() -> Path:
    """Where Playwright keeps the browser that it downloads, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def shell() -> str | None:
    """A Chromium without windows, tabs and a viewer of PDF; None where there is none."""
    if found := _first(SHELLS):
        return found
    kept = _playwrights_own().parents[2].glob("chromium_headless_shell-*/*/*headless*shell")
    return next((str(path) for path in sorted(kept, reverse=True) if _runs(str(path))), None)


def whole() -> str | None:
    """A browser with all that people have, the viewer of PDF too; None where there is none."""
    if named := _named():
        return named if _runs(named) else None
    if found := _first(NAMES):
        return found
    own = _playwrights_own()
    return str(own) if own.exists() and _runs(str(own)) else None


def path() -> str | None:
    """The browser tests use."""
    return (None if _named() else shell()) or whole()


def _try(*command: str) -> bool:
    print("Looking for a browser:", " ".join(command), flush=True)
    try:
        return subprocess.run(command, check=False).returncode == 0
    except OSError as error:
        print(error, flush=True)
        return False


def _from_the_system(package: str) -> None:
    """Install a package of Debian's; where its lists are old, once more with new ones."""
    if not shutil.which("apt-get"):
        return
    sudo = () if os.geteuid() == 0 else ("sudo", "-n")
    install = (*sudo, "apt-get", "install", "-y", *APT, package)
    if not _try(*install) and _try(*sudo, "apt-get", "update", *APT):
        _try(*install)


def main() -> None:
    """Make sure there is one, the cheap one where it can be; say what to do where there cannot."""
    if not whole():
        _try(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium")
        _playwrights_own.cache_clear()
    if not whole():
        _from_the_system("chromium")
    if not whole():
        sys.exit(
            "The tests need a browser: install Chromium or Chrome, or set BROWSER_PATH to one."
        )
    if not _named() and not shell():
        _from_the_system("chromium-headless-shell")


if __name__ == "__main__":
    main()
