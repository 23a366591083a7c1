"""Renew static/vendor from npm: `make vendor`; needs npm, nothing runs in production."""

import hashlib
import re
import subprocess
import tarfile
import tempfile
from pathlib import Path

from tools import stylesheets

ROOT = Path(__file__).parent.parent
VENDOR = ROOT / "static" / "vendor"
ICONS = (
    "arrow-counterclockwise",
    "arrow-down",
    "arrow-up",
    "bar-chart",
    "bell",
    "box-arrow-right",
    "building",
    "calendar",
    "chat-left-text",
    "check-circle",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "clipboard-check",
    "clock",
    "download",
    "exclamation-triangle",
    "eye",
    "file-earmark-image",
    "file-earmark-pdf",
    "file-earmark-spreadsheet",
    "file-earmark-text",
    "flag",
    "gear",
    "house",
    "info-circle",
    "list-check",
    "lock",
    "megaphone",
    "paperclip",
    "pencil",
    "people",
    "person",
    "plus-lg",
    "printer",
    "search",
    "shield-check",
    "trash",
    "trophy",
    "unlock",
    "upload",
    "x-circle",
)
CLASSES = frozenset(
    {
        "align-self-center",
        "btn",
        "btn-primary",
        "btn-sm",
        "card",
        "d-block",
        "d-inline",
        "d-inline-block",
        "form-select",
        "fw-normal",
        "justify-content-center",
        "mb-0",
        "mb-1",
        "mb-2",
        "mb-3",
        "me-auto",
        "mt-1",
        "mt-2",
        "mt-3",
        "mt-4",
        "pt-1",
        "px-2",
        "small",
        "visually-hidden",
    }
)
"""What the pages use of Bootstrap, besides its reboot of plain elements."""

PACKAGES = {
    "bootstrap": ("5.3.9", "MIT", {"dist/css/bootstrap.css": VENDOR / "bootstrap.css"}),
    "@fontsource/be-vietnam-pro": (
        "5.3.0",
        "OFL-1.1",
        {
            f"files/be-vietnam-pro-{subset}-{weight}-normal.woff2": VENDOR
            / f"be-vietnam-pro-{subset}-{weight}.woff2"
            for subset in ("latin", "vietnamese")
            for weight in (400, 600)
        },
    ),
    "bootstrap-icons": ("1.13.2", "MIT", {}),
    "axe-core": ("4.14.1", "MPL-2.0", {"axe.min.js": ROOT / "tests" / "vendor" / "axe.min.js"}),
}


def fetch(name: str, version: str, folder: Path) -> Path:
    """Download and unpack one package; give the folder of its files."""
    packed = subprocess.run(
        ["npm", "pack", "--silent", f"{name}@{version}"],  # noqa: S607
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()[-1]
    target = folder / name.replace("/", "_")
    with tarfile.open(folder / packed) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def sprite(icons: Path) -> str:
    """One SVG with a <symbol> for each icon."""
    symbols = []
    for name in ICONS:
        text = (icons / f"{name}.svg").read_text(encoding="utf-8")
        body = re.sub(r"^<svg[^>]*>|</svg>\s*$", "", text.strip()).strip()
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 16 16">{"".join(body.splitlines())}</symbol>'
        )
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def main() -> None:
    """Fetch everything and write the list of what is here."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        for name, (version, licence, files) in PACKAGES.items():
            package = fetch(name, version, Path(scratch))
            if name == "bootstrap-icons":
                target = VENDOR / "icons.svg"
                target.write_text(sprite(package / "icons"), encoding="utf-8")
                files = {"icons": target}  # noqa: PLW2901 - made of many files
            for source, target in files.items():
                target.parent.mkdir(parents=True, exist_ok=True)
                if source != "icons":
                    content = (package / source).read_bytes()
                    if target.suffix == ".css":
                        content = stylesheets.reduced(content.decode(), CLASSES).encode()
                    target.write_bytes(content)
                shown = f"{name}, what the pages use of it" if target.suffix == ".css" else name
                digest = hashlib.sha256(target.read_bytes()).hexdigest()
                rows.append(
                    f"| {target.relative_to(ROOT)} | {shown} | {version} | {licence} | "
                    f"`{digest[:16]}…` |"
                )
    table = "\n".join(
        ["| file | package | version | licence | SHA-256 |", "|---|---|---|---|---|", *rows]
    )
    (VENDOR / "README.md").write_text(
        "# Files of others\nRenewed by `make vendor`; nothing is loaded from any other "
        f"host.\n\n{table}\n",
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
