"""Which reads are in the trail since less than a minute."""

from ia_workbench.web.reads import SAME_FOR, RecentReads

READS = {1: frozenset({"INT-001"})}


def test_a_read_is_new_in_the_first_minute_of_a_machine_and_again_when_a_minute_has_passed() -> None:
    seconds = [0.5]
    recent = RecentReads(lambda: seconds[-1])
    assert recent.without_known("ana", "reading.code", READS) == READS
    recent.remember("ana", "reading.code", READS)
    seconds.append(seconds[0] + SAME_FOR - 1)
    assert recent.without_known("ana", "reading.code", READS) == {}
    assert recent.without_known("ben", "reading.code", READS) == READS
    seconds.append(seconds[0] + SAME_FOR + 1)
    assert recent.without_known("ana", "reading.code", READS) == READS
