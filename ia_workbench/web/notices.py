"""What was just done, said on the next page. The address carries a word from this list, never free text."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import request

from ia_workbench.web.marking import marked as _
from ia_workbench.web.translating import gettext

NOTICES = {
    "saved": _("Saved."),
    "keys-kept": _("Your keys are saved."),
    "signed-out": _("You are signed out."),
    "answer-sent": _("Your answer was sent. Thank you."),
    "answer-changed": _("Your answer was changed."),
    "brought": _("The files are stored. They are read when the workbench is started again."),
    "cancelled": _("No more files are read. Those that were read still wait."),
    "described": _("The records are changed."),
    "imported": _("The source is in the study."),
    "imported-all": _("The files are in the study."),
    "discarded-all": _("The files were not imported."),
    "memos-made": _("The memos are beside the source."),
    "memo-removed": _("The memo was removed."),
    "memo-restored": _("The memo is back."),
    "memo-added": _("The memo is stored."),
    "discarded": _("The file was not imported."),
    "taught": _("The study knows this way of writing turns now."),
    "forgotten": _("The study has forgotten this way of writing turns."),
    "record-changed": _("The record is changed."),
    "attribute-defined": _("The study has the attribute now."),
    "attribute-removed": _("The attribute is removed, with all that was said there."),
    "terms-kept": _("The terms are noted. Sources under them are held to them from now on."),
    "corrected": _("The text is corrected. Look at what became of the coded words."),
    "joined": _("The labels are joined, in the text and in the record. A masked text must be made anew."),
    "split": _("The labels are back. Say in the record who speaks under which, if it said so before."),
    "settled": _("Settled."),
    "withdrawn": _("The source is withdrawn. See below what was done, and what a person must still do."),
    "participant-withdrawn": _(
        "The participant is withdrawn. See below what was done, and what a person must still do."
    ),
    "withdrawn-later": _(
        "It is withdrawn here, but readers of the community still have what rests on it: their store could not be "
        "reached. It is tried again at the next release or withdrawal, or when the workbench is started again."
    ),
    "words-left": _(
        "It is withdrawn, but deleted words may still be in the files of this home: somebody was using them. Run "
        "`ia-workbench doctor --apply-withdrawals` once nobody is."
    ),
    "code-added": _("The code is in the codebook."),
    "code-changed": _("The code is changed."),
    "code-moved": _("The code is moved."),
    "code-merged": _("The codes are merged. The codings are with this one now."),
    "code-removed": _("The code is removed."),
    "split-ended": _("The sorting is ended. What was not sorted keeps its code."),
    "coded": _("The words are coded."),
    "uncoded": _("The coding was removed."),
    "autocoded": _("The words are coded, as one batch. It can be taken back as one."),
    "batch-taken-back": _("The batch is taken back. See below what was kept."),
    "coding-changed": _("The coding is changed."),
    "linked": _("The words are linked to the finding."),
    "unlinked": _("The link was removed."),
    "resolved": _("The note on how it was weighed is saved."),
    "searched": _("The search for negative cases is recorded."),
    "moved": _("The finding has moved."),
    "drafted": _("The finding is drafted."),
    "masked": _("The mask is saved. A second person must confirm it."),
    "confirmed": _("The mask is confirmed."),
    "mask-made": _("The masked text is made. A second person must sign it."),
    "mask-signed": _("The masked text is signed."),
    "mask-sent-back": _("The masked text went back to be masked again."),
    "applied-everywhere": _("The decision holds in all sources now."),
    "identity-changed": _("The identity is changed, in every source."),
    "released": _("The finding is released."),
    "released-later": _(
        "The finding is released, but its readers do not have it yet: the copy failed. It is taken up again at the "
        "next release, or when the workbench is started again."
    ),
    "taken-back": _("The finding was taken from its readers."),
    "taken-back-later": _(
        "The finding is withdrawn, but its readers still have it: the copy failed. Take it from them again on its "
        "release page, or start the workbench again."
    ),
    "answered": _("The answer was sent to the member."),
    "published": _("The codebook version is published."),
    "agreement-recorded": _("The agreement is recorded. It counts from their next page on."),
    "agreement-ended": _("The agreement is ended. They are shown no evidence from their next page on."),
    "limit-saved": _("Which sources they read is saved. It counts from their next page on."),
    "user-disabled": _("The user was disabled and signed out."),
}


def saying(said: str, address: str) -> str:
    """Return an address of ours with another notice than it had."""
    parts = urlsplit(address)
    others = [(name, value) for name, value in parse_qsl(parts.query) if name != "said"]
    return parts._replace(query=urlencode([*others, ("said", said)])).geturl()


def notice() -> str | None:
    """Return the sentence for this request's `said` word, None when there is none."""
    said = NOTICES.get(request.args.get("said", ""))
    return gettext(said) if said else None
