"""Đóng túi BagIt trong tiến trình riêng: this file is run by itself, bags one folder, then is gone.

Standard input is {"folder": path, "info": {field: text}}.
"""

import json
import logging
import sys

import bagit


def main() -> None:
    """Bag the folder in place, with two kinds of checksum."""
    given = json.loads(sys.stdin.buffer.read())
    logging.getLogger("bagit").setLevel(logging.WARNING)
    bagit.make_bag(given["folder"], given["info"], checksums=["sha256", "sha512"])


if __name__ == "__main__":
    main()
