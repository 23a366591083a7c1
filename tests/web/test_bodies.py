"""A form that the view reads itself: in words known before it came, and gone when it is
answered.
"""

from io import BytesIO

import pytest
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from campaign.extensions import csrf
from campaign.web.bodies import in_known_words, own_fields

KNOWN = ("yes", "no", "chosen", "12", "line-12", "line-")
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def fields_of(app, monkeypatch):
    """`fields_of(body)`: its fields in known words, as a view gets them; tokens are no
    matter here.
    """
    monkeypatch.setattr(csrf, "protect", lambda: None)

    def read(body):
        with (
            app.test_request_context("/", method="POST", data=body, content_type=FORM),
            own_fields() as fields,
        ):
            return in_known_words(fields, KNOWN)

    return read


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (b"", []),
        (b"&&", []),
        (b"line-12=yes&chosen=12", [("line-12", "yes"), ("chosen", "12")]),
        (b"line%2d12=%79es&chosen=1%32", [("line-12", "yes"), ("chosen", "12")]),
        (b"line-12=yes&line-12=no", [("line-12", "yes"), ("line-12", "no")]),
        (b"line-13=maybe", [("line-?", "?")]),
        (b"other", [("?", "?")]),
        (b"line-12", [("line-12", "?")]),
        (b"line-12=yes=no", [("line-12", "?")]),
        (b"line-12=ye+", [("line-12", "?")]),
        (b"line-12=%ff%zz%", [("line-12", "?")]),
        (b"line-12=\xff\x00", [("line-12", "?")]),
    ],
)
def test_a_form_is_read_in_known_words_only(fields_of, body, fields):
    assert fields_of(body) == fields


def test_no_word_of_the_form_comes_into_being(fields_of):
    ((name, value),) = fields_of(b"line-12=yes")
    assert (name is KNOWN[4], value is KNOWN[0]) == (True, True)


def test_what_was_sent_is_overwritten_when_it_is_answered(app, monkeypatch):
    monkeypatch.setattr(csrf, "protect", lambda: None)
    with app.test_request_context("/", method="POST", data=b"line-12=yes", content_type=FORM):
        with own_fields() as fields:
            assert [bytes(piece) for piece in fields[0]] == [b"line-12", b"yes"]
        assert [bytes(piece) for piece in fields[0]] == [bytes(7), bytes(3)]


@pytest.mark.parametrize(
    ("length", "content_type", "refusal"),
    [
        (10, "multipart/form-data; boundary=x", BadRequest),
        (300 * 1024, FORM, RequestEntityTooLarge),
    ],
)
def test_another_kind_of_form_and_one_too_long_are_refused(app, length, content_type, refusal):
    with (
        app.test_request_context(
            "/",
            method="POST",
            input_stream=BytesIO(bytes(length)),
            content_length=length,
            content_type=content_type,
        ),
        pytest.raises(refusal),
        own_fields(),
    ):
        pass
