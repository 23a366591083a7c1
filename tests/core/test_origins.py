"""Where a request was begun, and which network it comes from."""

import pytest

from campaign.core.origins import is_foreign, network, origin_of


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://A.example/x?y", "https://a.example"),
        ("http://a.example:80/", "http://a.example:80"),
        ("/x", ""),
        ("", ""),
        ("http://[bad", ""),
        ("javascript:x", ""),
    ],
)
def test_the_origin_of_an_address(address, origin):
    assert origin_of(address) == origin


@pytest.mark.parametrize(
    ("address", "its"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", ""),
        ("x", "x"),
    ],
)
def test_the_network_of_an_address(address, its):
    assert network(address) == its


HERE = frozenset({"https://a.example"})


@pytest.mark.parametrize(
    ("fetch_site", "origin", "referrer", "foreign"),
    [
        ("same-origin", None, None, False),
        ("Same-Origin", "https://b.example", "https://b.example/", False),
        ("none", None, None, False),
        ("same-site", "https://a.example", "https://a.example/", True),
        ("cross-site", "https://a.example", "https://a.example/", True),
        ("", "https://a.example", "https://a.example/", True),
        (None, "https://A.example", "https://b.example/", False),
        (None, "https://b.example", "https://a.example/", True),
        (None, "null", None, True),
        (None, None, "https://a.example/x", False),
        (None, None, "https://b.example/x", True),
        (None, None, "", True),
        (None, None, None, False),
    ],
)
def test_the_browser_is_believed_first_then_the_origin_then_the_page_before(
    fetch_site, origin, referrer, foreign
):
    assert is_foreign(fetch_site=fetch_site, origin=origin, referrer=referrer, own=HERE) is foreign


def test_who_names_no_origin_is_no_browser():
    assert not is_foreign(fetch_site=None, origin=None, referrer=None, own=frozenset())
