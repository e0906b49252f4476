"""Time: always in UTC, in whole seconds."""

from datetime import UTC, datetime

from ia_workbench.kernel import iso_utc, parse_iso_utc, utc_now


def test_moments_are_written_in_utc_and_read_back() -> None:
    moment = datetime(2026, 3, 2, 14, 28, tzinfo=UTC)
    assert iso_utc(moment) == "2026-03-02T14:28:00Z"
    assert parse_iso_utc("2026-03-02T14:28:00Z") == parse_iso_utc("2026-03-02T16:28:00+02:00") == moment
    assert parse_iso_utc("2026-03-02T14:28:00") == moment
    assert utc_now().microsecond == 0
