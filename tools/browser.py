"""The browser of the tests: an installed Chromium or Chrome, else Playwright's own, else the
system's package.
"""

import os
import shutil
import subprocess
import sys

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
)


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


def installed() -> str | None:
    """The path of an installed browser, $BROWSER_PATH first; None where there is none."""
    named = os.environ.get("BROWSER_PATH")
    candidates = [named] if named else [path for name in NAMES if (path := shutil.which(name))]
    return next((path for path in candidates if _runs(path)), None)


def playwrights_own() -> str | None:
    """The path of the browser that Playwright downloaded, if it did."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) and _runs(path) else None  # noqa: PTH110 - a plain question


def path() -> str | None:
    """The browser tests use."""
    return installed() or playwrights_own()


def _try(*command: str) -> None:
    print("Looking for a browser:", " ".join(command), flush=True)
    try:
        subprocess.run(command, check=False)
    except OSError as error:
        print(error, flush=True)


def main() -> None:
    """Make sure there is one; say what to do where there cannot be."""
    if path():
        return
    _try(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium")
    if path():
        return
    sudo = () if os.geteuid() == 0 else ("sudo", "-n")
    if shutil.which("apt-get"):
        _try(*sudo, "apt-get", "update", "-qq")
        _try(*sudo, "apt-get", "install", "-y", "-qq", "chromium")
    if not path():
        sys.exit(
            "The tests need a browser: install Chromium or Chrome, or set BROWSER_PATH to one."
        )


if __name__ == "__main__":
    main()
