"""Nơi gửi yêu cầu: whether a request was begun by a page of this very site."""

from ipaddress import IPv6Address, IPv6Interface, ip_address
from urllib.parse import urlsplit

OWN = frozenset({"same-origin", "none"})
"""What a browser says of requests by our own pages, and by the person's own hand (address bar,
bookmark).
"""


def origin_of(address: str) -> str:
    """Nguồn của một địa chỉ: scheme, host and port, in small letters; empty where there is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}".lower() if parts.scheme and parts.netloc else ""


def network(address: str) -> str:
    """Mạng của một địa chỉ: an IPv6 visitor has any number of addresses, all of one network."""
    try:
        origin = ip_address(address)
    except ValueError:
        return address
    if isinstance(origin, IPv6Address):
        return str(IPv6Interface((origin, 64)).network)
    return str(origin)


def is_foreign(
    *, fetch_site: str | None, origin: str | None, referrer: str | None, own: frozenset[str]
) -> bool:
    """Yêu cầu từ nơi khác: as the browser says; where it says nothing, by the origin it names.

    Who names none at all is no browser, and can make nobody's browser send anything.
    """
    if fetch_site is not None:
        return fetch_site.lower() not in OWN
    if origin is not None:
        return origin.lower() not in own
    return referrer is not None and origin_of(referrer) not in own
