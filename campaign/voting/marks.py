"""Dấu trên phiếu: how a paper is read, and when it is out of form."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from campaign.core.errors import refuse
from campaign.core.numbers import known_id
from campaign.voting.rules import BallotType, Choice

_OUTSIDE = "Phiếu có dòng mà Ông/Bà không được biểu quyết."


def paper_problem(
    ballot_type: BallotType,
    given: Mapping[int, Choice],
    allowed: Collection[int],
    places: int | None,
) -> str | None:
    """Phiếu có đúng thể thức không: a sentence where it is not; a blank paper is in form."""
    if set(given) - set(allowed):
        return _OUTSIDE
    if ballot_type is BallotType.CHOOSE:
        chosen = sum(choice is Choice.YES for choice in given.values())
        if places is not None and chosen > places:
            return f"Chỉ được chọn tối đa {places}; phiếu đang chọn {chosen}."
    return None


def read_marks(
    ballot_type: BallotType, sent: Iterable[tuple[str, str]], lines: Mapping[int, str]
) -> dict[int, Choice]:
    """Dấu trên phiếu as it was sent, line by line: a mark of no line, or two on one, is refused.

    `lines`: what the voter is given, by number; whatever else a form sends is no part of the paper.
    """
    marks: dict[int, Choice] = {}
    for line, choice in _marks_in(ballot_type, sent):
        if line not in lines:
            refuse(_OUTSIDE)
        if line in marks:
            refuse(f"Dòng “{lines[line]}” có hai dấu; mỗi dòng chỉ đánh dấu một lần.")
        if choice not in set(Choice):
            refuse(f"Dấu ở dòng “{lines[line]}” không đọc được; hãy đánh dấu lại.")
        marks[line] = Choice(choice)
    return marks


def _marks_in(
    ballot_type: BallotType, sent: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, str]]:
    """Các dấu trong biểu mẫu đã gửi, as they came: line and mark, by what the kind of paper has."""
    for name, value in sent:
        if ballot_type is BallotType.CHOOSE and name == "chosen":
            yield known_id(value), Choice.YES.value
        elif ballot_type is BallotType.APPROVE and name.startswith("line-"):
            yield known_id(name.removeprefix("line-")), value


def read_paper(
    ballot_type: BallotType,
    sent: Sequence[tuple[str, str]],
    lines: Mapping[int, str],
    *,
    is_blank: bool = False,
) -> dict[int, Choice]:
    """Phiếu như đã gửi: each line is marked, if only as blank, or the whole paper is given blank.

    Nothing is blank by having been forgotten.
    """
    marks = read_marks(ballot_type, sent, lines)
    if is_blank:
        if set(marks.values()) - {Choice.BLANK}:
            refuse("Phiếu đã có dấu nên không phải phiếu trắng; hãy xoá các dấu trước.")
        return dict.fromkeys(lines, Choice.BLANK)
    _demand_marked(ballot_type, marks, lines)
    return marks


def _demand_marked(
    ballot_type: BallotType, marks: Mapping[int, Choice], lines: Mapping[int, str]
) -> None:
    """Phiếu đã đánh dấu: of a choice something is chosen, else no line is forgotten."""
    if ballot_type is BallotType.CHOOSE:
        if not marks:
            refuse("Phiếu chưa chọn dòng nào; muốn bỏ phiếu trắng, hãy bấm “Bỏ phiếu trắng”.")
    elif left := [label for line, label in lines.items() if line not in marks]:
        names = "; ".join(f"“{label}”" for label in left)
        refuse(f"Chưa đánh dấu: {names}. Dòng nào muốn bỏ trống, hãy chọn “Để trống”.")
