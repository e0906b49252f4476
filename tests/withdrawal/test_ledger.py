"""The ledger: whole lines, none lost, none shortened, and a clear word where it is damaged."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ia_workbench.corpus import WithdrawalOutcome
from ia_workbench.kernel import Refused
from ia_workbench.withdrawal import Ledger, LedgerEntry, backups_before

ENTRY = LedgerEntry(
    at="2026-03-02T12:00:00Z",
    outcome=WithdrawalOutcome.DESTROY,
    study="cedar",
    study_guid=uuid.UUID(int=1),
    kind="source",
    guid=uuid.UUID(int=2),
    key="INT-001",
    by="ana",
    sha256="0" * 64,
    counts={"turns": 4},
)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "withdrawals.jsonl")


def test_what_is_added_is_read_again(ledger: Ledger) -> None:
    assert (ledger.withdrawals(), ledger.backups()) == ([], [])
    person = replace(ENTRY, kind="participant", guid=uuid.UUID(int=3), key="P-01", sha256=None, counts={})
    ledger.append([ENTRY])
    ledger.note_backup("2026-03-03T12:00:00Z")
    ledger.append([person])
    assert ledger.withdrawals() == [ENTRY, person]
    assert ledger.backups() == ["2026-03-03T12:00:00Z"]


@settings(deadline=None, max_examples=40)
@given(cut=st.integers(1, 400))
def test_a_line_that_was_cut_off_does_not_count_and_the_next_one_does(
    tmp_path_factory: pytest.TempPathFactory, cut: int
) -> None:
    ledger = Ledger(tmp_path_factory.mktemp("cut") / "withdrawals.jsonl")
    ledger.append([ENTRY])
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole + whole[: min(cut, len(whole) - 2)])
    assert ledger.withdrawals() == [ENTRY]
    later = replace(ENTRY, key="INT-002")
    ledger.append([later])
    assert ledger.withdrawals() == [ENTRY, later]


def test_a_whole_last_line_counts_though_an_editor_took_its_line_end_and_none_is_lost(
    ledger: Ledger, tmp_path: Path
) -> None:
    second = replace(ENTRY, key="INT-002")
    ledger.append([ENTRY, second])
    ledger.path.write_bytes(ledger.path.read_bytes().rstrip(b"\n"))
    assert ledger.withdrawals() == [ENTRY, second]
    third = replace(ENTRY, key="INT-003")
    ledger.append([third])
    assert ledger.withdrawals() == [ENTRY, second, third]
    ledger.path.write_bytes(ledger.path.read_bytes().rstrip(b"\n"))
    other = Ledger(tmp_path / "other.jsonl")
    assert (other.take_in(ledger), other.withdrawals()) == (3, [ENTRY, second, third])


def test_a_damaged_or_newer_line_is_refused_and_never_passed_over(ledger: Ledger) -> None:
    ledger.append([ENTRY, ENTRY])
    text = ledger.path.read_text(encoding="utf-8")
    ledger.path.write_text(text.replace('"kind"', '"knid"', 1), encoding="utf-8")
    with pytest.raises(Refused, match=r"Line 1 of withdrawals\.jsonl cannot be read"):
        ledger.withdrawals()
    ledger.path.write_text(text.replace('"version":1', '"version":2'), encoding="utf-8")
    with pytest.raises(Refused, match="newer program"):
        ledger.lines()


def test_lines_of_another_ledger_are_added_once_and_none_goes(ledger: Ledger, tmp_path: Path) -> None:
    other = Ledger(tmp_path / "other.jsonl")
    ledger.append([ENTRY])
    other.append([ENTRY, replace(ENTRY, key="INT-002")])
    assert (ledger.take_in(other), ledger.take_in(other)) == (1, 0)
    assert [each.key for each in ledger.withdrawals()] == ["INT-001", "INT-002"]


def test_a_backup_of_the_very_second_of_a_withdrawal_may_hold_what_was_withdrawn(ledger: Ledger) -> None:
    for at in ("2026-03-02T11:59:59Z", "2026-03-02T12:00:00Z", "2026-03-02T12:00:01Z"):
        ledger.note_backup(at)
    told = backups_before(ledger, datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert [each.second for each in told] == [59, 0]


def test_a_full_disk_leaves_no_half_line(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.append([ENTRY])
    before = ledger.path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        ledger.append([ENTRY])
    assert ledger.path.read_bytes() == before
