"""What stands when it is over, beside what was acknowledged.

`python -m prove.afterwards` reads the diaries in `$PROVE_DIARIES` and the instance that the
environment names, and tells as JSON what was lost and how what nobody knew had ended.
"""

import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prove.diary import End, Entry, read


@dataclass
class Verdict:
    """Kết quả: what is lost, half or doubled, in words; and counts."""

    lost: list[str] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    told: list[str] = field(default_factory=list)

    def demand(self, holds: object, sentence: str) -> None:
        """Note `sentence` as a loss unless it holds."""
        if not holds:
            self.lost.append(sentence)

    def count(self, entries: Iterable[Entry]) -> None:
        """Add what was sent to the figures."""
        for entry in entries:
            self.counts[entry.kind][entry.end.value] += 1


def settled(entries: list[Entry], before: str | None) -> set[str | None]:
    """The values that may stand after `entries` about one cell: the last that was acknowledged, and
    each that nobody knows the end of since.
    """
    may: set[str | None] = {before}
    for entry in entries:
        if entry.end is End.ACKNOWLEDGED:
            may = {entry.value}
        elif entry.end is End.UNKNOWN:
            may.add(entry.value)
    return may


def check_cells(
    verdict: Verdict, sent: list[list[Entry]], standing: dict[str, str], kind: str
) -> None:
    """Each cell of `kind` holds what was acknowledged last; a cell has one writer."""
    for entries in sent:
        by_key: dict[str, list[Entry]] = defaultdict(list)
        for entry in (entry for entry in entries if entry.kind == kind):
            by_key[entry.key].append(entry)
        for key, about in by_key.items():
            stands = standing.get(key, "")
            if not any(entry.end is End.ACKNOWLEDGED for entry in about):
                continue
            verdict.demand(
                stands in settled(about, None),
                f"{kind} {key}: “{stands}” stands, not what was acknowledged last",
            )
            if about[-1].end is End.UNKNOWN:
                verdict.counts[kind]["in" if stands == about[-1].value else "out"] += 1
            verdict.counts[kind]["in"] += sum(entry.extra == "conflict" for entry in about)


def check_times(
    verdict: Verdict, sent: list[list[Entry]], standing: Counter[str], kind: str, times: int
) -> None:
    """What was acknowledged is there `times` times, what nobody knows of as often or not at all."""
    ends: dict[str, set[End]] = defaultdict(set)
    for entry in (entry for entries in sent for entry in entries if entry.kind == kind):
        ends[entry.key].add(entry.end)
    for key, seen in ends.items():
        count = standing[key]
        if End.ACKNOWLEDGED in seen:
            verdict.demand(count == times, f"{kind} {key}: acknowledged, {count} of {times}")
        else:
            verdict.demand(count in {0, times}, f"{kind} {key}: half, {count} of {times}")
        if seen == {End.UNKNOWN}:
            verdict.counts[kind]["in" if count else "out"] += 1


@dataclass
class Papers:
    """What the diaries tell of one ballot."""

    given: dict[int, dict[int, str]] = field(default_factory=dict)
    """Member → line → choice, of papers that are in."""
    unknown: dict[int, dict[int, str]] = field(default_factory=dict)
    receipts: list[str] = field(default_factory=list)
    is_closed: bool = False


def papers_of(sent: list[list[Entry]]) -> dict[int, Papers]:
    """By ballot; the paper of a member is the same however often it is sent."""
    ballots: dict[int, Papers] = defaultdict(Papers)
    choices: dict[str, dict[int, str]] = {}
    for entry in (entry for entries in sent for entry in entries):
        if entry.kind == "close" and entry.end is End.ACKNOWLEDGED:
            ballots[int(entry.key)].is_closed = True
        if entry.kind not in {"paper", "receipt", "seen"}:
            continue
        ballot, member = (int(part) for part in entry.key.split(":"))
        if entry.kind == "receipt":
            ballots[ballot].receipts.append(entry.value)
            continue
        if entry.kind == "paper":
            pairs = (pair.split("=") for pair in entry.value.split(","))
            choices[entry.key] = {int(line): choice for line, choice in pairs}
        if entry.end is End.ACKNOWLEDGED:
            ballots[ballot].given[member] = choices.get(entry.key, {})
            ballots[ballot].unknown.pop(member, None)
        elif entry.end is End.UNKNOWN and member not in ballots[ballot].given:
            ballots[ballot].unknown[member] = choices[entry.key]
    return ballots


def _check_ballots(verdict: Verdict, sent: list[list[Entry]]) -> None:
    from sqlalchemy import select

    from campaign.core.vote_rules import Mode
    from campaign.extensions import db
    from campaign.voting import queries
    from campaign.voting.models import Ballot, OpenVote
    from campaign.voting.rules import BallotState

    for number, papers in papers_of(sent).items():
        ballot = db.session.get(Ballot, number)
        verdict.demand(ballot is not None, f"ballot {number} is gone")
        if ballot is None:
            continue
        is_secret = ballot.mode is Mode.SECRET
        verdict.counts["ballot"]["secret" if is_secret else "open"] += 1
        voted, lines = queries.voted(ballot), queries.lines_of([number])[number]
        may = set(papers.given) | set(papers.unknown)
        verdict.demand(set(papers.given) <= set(voted), f"ballot {number}: a paper is lost")
        verdict.demand(set(voted) <= may, f"ballot {number}: a paper nobody gave")
        if not is_secret:
            for line in lines:
                stands = {
                    row.member_id: row.choice.value
                    for row in db.session.scalars(
                        select(OpenVote).where(OpenVote.line_id == line.id)
                    )
                }
                wanted = {
                    member: choices.get(line.id, stands.get(member))
                    for member, choices in (papers.unknown | papers.given).items()
                    if member in voted
                }
                verdict.demand(stands == wanted, f"ballot {number}: votes by name differ")
        if ballot.state is not BallotState.CLOSED:
            verdict.demand(not papers.is_closed, f"ballot {number}: its closing is lost")
            continue
        verdict.counts["ballot"]["closed"] += 1
        _check_count(verdict, ballot, papers, voted, lines)


def _check_count(verdict: Verdict, ballot: Any, papers: Papers, voted: Any, lines: Any) -> None:
    """A closed ballot counts each paper once; receipts stand in its list."""
    count = len(voted)
    verdict.demand(ballot.voted_count == count, f"ballot {ballot.id}: {ballot.voted_count} counted")
    chosen = papers.unknown | papers.given
    for line in lines:
        yes = sum(chosen[member].get(line.id) == "yes" for member in voted)
        verdict.demand(
            (line.yes, line.no) == (yes, count - yes),
            f"ballot {ballot.id}, line {line.position}: {line.yes} yes, given {yes} of {count}",
        )
    published = ballot.receipts or []
    is_of_all = not published or len(published) == len(set(published)) == count
    verdict.demand(is_of_all, f"ballot {ballot.id}: {len(published)} receipts of {count} papers")
    for receipt in papers.receipts:
        verdict.counts["receipt"]["found"] += receipt in published
        verdict.demand(receipt in published, f"ballot {ballot.id}: a receipt is not in its list")


def _standing_cells() -> dict[str, str]:
    """Cells of reports by `report:field`, as text."""
    from sqlalchemy import select

    from campaign.extensions import db
    from campaign.reporting.models import ClaimedValue, Narrative, SelfScore

    cells = {}
    for text in db.session.scalars(select(Narrative)):
        cells[f"{text.report_id}:n:{text.task_id}"] = text.text
    for value in db.session.scalars(select(ClaimedValue)):
        cells[f"{value.report_id}:v:{value.indicator_id}:note"] = value.note
        cells[f"{value.report_id}:v:{value.indicator_id}:source"] = value.source
    for score in db.session.scalars(select(SelfScore)):
        cells[f"{score.report_id}:s:{score.criterion_id}:explanation"] = score.explanation
    return cells


def _standing_marks() -> dict[str, str]:
    """Marks by `sheet:field`, as text."""
    from sqlalchemy import select

    from campaign.extensions import db
    from campaign.scoring.actions import shown
    from campaign.scoring.models import Mark

    return {
        f"{mark.sheet_id}:m:{mark.participation_id}:{mark.criterion_id}": shown(mark)
        for mark in db.session.scalars(select(Mark))
    }


def _standing_files() -> Counter[str]:
    """Files by `report:hash`: rows, each checked against what the store holds."""
    from sqlalchemy import select

    from campaign.extensions import db
    from campaign.reporting.models import Evidence

    rows = db.session.execute(select(Evidence.report_id, Evidence.sha256)).all()
    return Counter(f"{report}:{digest}" for report, digest in rows)


def _standing_imports() -> Counter[str]:
    from sqlalchemy import select

    from campaign.extensions import db
    from campaign.honours.models import PastAward

    return Counter(db.session.scalars(select(PastAward.number)))


def _standing_versions() -> Counter[str]:
    from sqlalchemy import select

    from campaign.extensions import db
    from campaign.reporting.models import ReportVersion

    return Counter(map(str, db.session.scalars(select(ReportVersion.report_id))))


def _check_store(verdict: Verdict) -> None:
    """Every row has its file; files of no row are left over from a kill, swept, and then none."""
    from campaign.archive import stored

    left = stored.orphans(datetime.now(UTC) + timedelta(seconds=1), timedelta(0))
    stored.sweep(left)
    checked = stored.verify(lambda _number, _total: None)
    for finding in checked.findings:
        verdict.demand(False, f"file {finding.damage.value}: {finding.file}")  # noqa: FBT003
    verdict.told.append(
        f"{checked.files} stored files as their rows say; {len(left)} of no row swept"
    )


def _check_record(verdict: Verdict) -> None:
    """The record proves the data, and the database itself is whole."""
    from sqlalchemy import text

    from campaign.extensions import db
    from campaign.proof import actions

    if db.engine.dialect.name == "sqlite":
        whole = db.session.execute(text("PRAGMA integrity_check")).scalars().all()
        broken = db.session.execute(text("PRAGMA foreign_key_check")).all()
        verdict.demand(whole == ["ok"] and not broken, f"SQLite: {whole[:3]} {broken[:3]}")
    db.session.remove()
    finding = actions.verify(by_name="prove", tell=lambda _words: None)
    for fault in finding.faults:
        verdict.demand(False, f"record: {fault.text}")  # noqa: FBT003
    verdict.demand(finding.fault_count == len(finding.faults), "record: more faults than told")
    verdict.told.append(
        f"record whole: {finding.head.number} entries, {finding.row_count} rows, "
        f"{finding.file_count} files"
    )


def main() -> None:
    """Compare, and tell."""
    from wsgi import app

    sent = read(Path(os.environ["PROVE_DIARIES"]))
    verdict = Verdict()
    for entries in sent:
        verdict.count(entries)
    with app.app_context():
        check_cells(verdict, sent, _standing_cells(), "cell")
        check_cells(verdict, sent, _standing_marks(), "mark")
        check_times(verdict, sent, _standing_files(), "file", 1)
        check_times(verdict, sent, _standing_imports(), "import", _rows_of_an_import())
        check_times(verdict, sent, _standing_versions(), "submission", 1)
        _check_ballots(verdict, sent)
        _check_store(verdict)
        _check_record(verdict)
    refused = Counter(
        f"{entry.kind}: {entry.extra}"
        for entries in sent
        for entry in entries
        if entry.end is End.REFUSED and entry.extra != "conflict"
    )
    json.dump(
        {
            "lost": verdict.lost,
            "counts": verdict.counts,
            "told": verdict.told,
            "refused": refused.most_common(5),
        },
        sys.stdout,
    )


def _rows_of_an_import() -> int:
    from prove.clients import ROWS_OF_AN_IMPORT

    return ROWS_OF_AN_IMPORT


if __name__ == "__main__":
    main()
