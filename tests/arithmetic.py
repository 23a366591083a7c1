"""Phép tính in ra: takes a printed line apart and works it out, as with a pencil.

line      = [ words ": " ] [ sum { ", " bound } " = " ] number [ " %" | " điểm" ]
bound     = "không dưới 0" | ["chưa đạt nên "] "không quá " number | "làm tròn lên" |
            "bỏ phần lẻ" | "ít nhất 1"
sum       = product { ("+" | "−") product }
product   = factor { ("×" | "÷") factor }
factor    = ( "(" sum ")" | "(-" number ")" | number "/" number | number ) [ "%" ]
number    = digits in groups of three parted by dots, a comma before the decimals
"""

import re
from fractions import Fraction
from math import ceil, floor

_TOKEN = re.compile(r"\s*(\d[\d.]*(?:,\d+)?|[()+−×÷/%-])")
_NUMBER = re.compile(r"-?(\d{1,3}(\.\d{3})*|\d+)(,\d+)?")
_BOUND = re.compile(
    r", (?:chưa đạt nên )?(không dưới|không quá|làm tròn lên|bỏ phần lẻ|ít nhất)"
    r"(?: ([\d.]+(?:,\d+)?))?"
)
_ROUNDED = re.compile(r", làm tròn (đến số nguyên|(một|hai|ba|bốn) chữ số)$")
WORDS = ("đạt, đủ ", "quy đổi ")


def number(text: str) -> Fraction:
    """Số viết kiểu Việt Nam, exactly."""
    assert _NUMBER.fullmatch(text), text
    return Fraction(text.replace(".", "").replace(",", "."))


def worked_out(text: str) -> Fraction:
    """Giá trị của một biểu thức."""
    tokens, end = [], 0
    while end < len(text):
        token = _TOKEN.match(text, end)
        assert token, f"{text!r} at {end}"
        tokens.append(token[1])
        end = token.end()
    value = _sum(tokens)
    assert not tokens, f"{text!r}: left {tokens}"
    return value


def _sum(tokens: list[str]) -> Fraction:
    value = _product(tokens)
    while tokens and tokens[0] in "+−":
        value = value + _product(tokens) if tokens.pop(0) == "+" else value - _product(tokens)
    return value


def _product(tokens: list[str]) -> Fraction:
    value = _factor(tokens)
    while tokens and tokens[0] in "×÷":
        value = value * _factor(tokens) if tokens.pop(0) == "×" else value / _factor(tokens)
    return value


def _factor(tokens: list[str]) -> Fraction:
    first = tokens.pop(0)
    if first == "(":
        value = _sum(tokens)
        assert tokens.pop(0) == ")"
    elif first == "-":
        value = -number(tokens.pop(0))
    else:
        value = number(first)
    if tokens and tokens[0] == "/":
        tokens.pop(0)
        value /= number(tokens.pop(0))
    if tokens and tokens[0] == "%":
        tokens.pop(0)
        value /= 100
    return value


def rounded(value: Fraction, places: int) -> Fraction:
    """Half-up, away from zero."""
    scaled = abs(value) * 10**places
    return Fraction(floor(scaled + Fraction(1, 2)), 10**places) * (-1 if value < 0 else 1)


def check(line: str) -> Fraction:
    """The stated number of a line, after it was worked out and found to be what the line gives."""
    left, equals, right = line.rpartition(" = ")
    assert equals, line
    stated, _, unit = right.partition(" ")
    assert unit in {"", "%", "điểm"}, line
    body = left.rpartition(": ")[2]
    for words in WORDS:
        body = body.removeprefix(words)
    body = _ROUNDED.sub("", body)
    expression = _BOUND.sub("", body)
    value = Fraction(0) if expression == "không đạt" else worked_out(expression)
    places = len(stated.partition(",")[2])
    value = (
        rounded(value * 100 if unit == "%" else value, places)
        if not any(f", {whole}" in body for whole in ("làm tròn lên", "bỏ phần lẻ"))
        else value
    )
    for kind, bound in _BOUND.findall(body):
        if kind == "làm tròn lên":
            value = Fraction(ceil(value))
        elif kind == "bỏ phần lẻ":
            value = Fraction(floor(value))
        else:
            value = min(value, number(bound)) if kind == "không quá" else max(value, number(bound))
    assert value == number(stated), f"{line!r} gives {value}"
    return number(stated)
