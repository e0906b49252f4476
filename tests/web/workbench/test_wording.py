"""The words of the vocabularies: every value of the rooms has one, and keys stay on one line."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from ia_workbench import coding, corpus, findings, masking, privacy, process_map, publication
from ia_workbench.corpus import ConsentScope, Convention, SourceKind
from ia_workbench.privacy import Role
from ia_workbench.web.workbench import wording

VALUES = {
    "kind": SourceKind,
    "standpoint": corpus.STANDPOINTS,
    "consent": ConsentScope,
    "stance": findings.Stance,
    "role": findings.LinkRole,
    "stage": findings.Stage,
    "strength": findings.Strength,
    "release-level": findings.ReleaseLevel,
    "shown": findings.ShownAs,
    "family": findings.SourceFamily,
    "family-short": findings.SourceFamily,
    "confidence": findings.ConfidenceLevel,
    "line": findings.LineKey,
    "node-type": process_map.NodeType,
    "passing": process_map.Passing,
    "blind-spot": findings.BlindSpot,
    "convention": Convention,
    "fit": publication.Fit,
    "outcome": publication.Outcome,
    "access-role": Role,
    "text-state": masking.TextState,
    "mark-state": masking.MarkState,
    "found-by": [*privacy.FoundBy, masking.BY_PERSON],
    "identifier-class": privacy.IdentifierClass,
    "privacy-class": corpus.PrivacyClass,
    "treatment": corpus.Treatment,
    "look-at": corpus.LookAt,
    "memo-about": coding.MemoAbout,
    "coded-unit": coding.CodedUnit,
    "rule-kind": coding.RuleKind,
    "withdrawal": corpus.WithdrawalOutcome,
    "withdrawn-as": corpus.WithdrawalOutcome,
}
WITHOUT_A_LIST = {"taken-out"}  # what a certificate counts; its test is with the certificate


@pytest.mark.parametrize("vocabulary", VALUES)
def test_every_value_of_a_vocabulary_has_a_word(vocabulary: str) -> None:
    known = wording.VOCABULARIES[vocabulary]
    missing = [each for each in VALUES[vocabulary] if str(getattr(each, "value", each)) not in known]  # type: ignore[attr-defined]
    assert not missing
    assert set(wording.VOCABULARIES) == {*VALUES, *WITHOUT_A_LIST}


def test_a_standpoint_that_a_study_added_stands_for_itself() -> None:
    with Flask(__name__).app_context():
        assert wording.word("standpoint", "elder") == "elder"


def test_days_and_moments_are_written_shortly() -> None:
    with Flask(__name__).app_context():
        assert wording.day(date(2026, 3, 2)) == "2 Mar 2026"
        assert wording.moment(datetime(2026, 3, 2, 14, 28, tzinfo=UTC)) == "2 Mar 2026, 14:28"


def test_keys_are_kept_on_one_line_and_everything_else_is_escaped() -> None:
    assert wording.keyed("see E-0062 & N-13..N-14 <b>") == (
        'see <span class="nowrap">E-0062</span> &amp; <span class="nowrap">N-13..N-14</span> &lt;b&gt;'
    )
