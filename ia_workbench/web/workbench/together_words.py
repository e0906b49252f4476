"""What the scripts of the reading page say of others at work there, and of acts that wait in the browser."""

from typing import Any

from ia_workbench.web.translating import gettext as _


def together_words() -> dict[str, Any]:
    """Return what scripts say of others at work here, and of acts that wait in this browser."""
    return {
        "offline": _("Offline. {count} changes wait here and go out by themselves."),
        "offlineOne": _("Offline. 1 change waits here and goes out by itself."),
        "someoneElse": _(
            "Somebody else is signed in in this browser now. What you did waits here until you sign in again."
        ),
        "signedOut": _("You are signed out. What you do here is kept in this browser; sign in again to send it."),
        "corrected": _("The text was corrected meanwhile. Open the page again; what waits here goes along."),
        "takenUp": _("{count} changes from before were still waiting here; they are sent now."),
        "takenUpOne": _("1 change from before was still waiting here; it is sent now."),
        "leftAt": _("{source}: {count} changes wait"),
        "leftOne": _("{source}: 1 change waits"),
        "notYetSent": _("Not everything is sent yet"),
        "unsent": _(
            "{count} changes are not sent. They stay in this browser, for you alone, and go out when you sign in here "
            "again and open this source."
        ),
        "unsentOne": _(
            "1 change is not sent. It stays in this browser, for you alone, and goes out when you sign in here again "
            "and open this source."
        ),
        "stay": _("Stay signed in"),
        "signOutNow": _("Sign out all the same"),
        "conflict": _("Somebody else was here first"),
        "keepTheirs": _("Keep theirs"),
        "doMine": _("Do mine again"),
        "goneNow": _("The coding was removed."),
        "removed": _("Remove the coding."),
        "codingIs": _("{code}, {place}: “{words}”"),
        "turnShort": _("turn {turn}"),
        "cannotUndo": _("This cannot be undone as it stands"),
        "leaveIt": _("Leave it and undo what came before"),
        "lookAtIt": _("Look at it"),
        "copied": _("Copied: the code and the words."),
        "notFound": _("These very words are not near to where they stood. Look at the place and code them there."),
        "foundAgain": _("The same words were found"),
        "codeThem": _("Code these words"),
        "notThese": _("Not these"),
        "alsoHere": _("Also here: {names}."),
        "nobodyHere": _("Nobody else is here."),
        "youAreHidden": _("You are hidden."),
        "nowShown": _("Others see now when you are at a source."),
        "nowHidden": _("You are hidden now: nobody sees where you are."),
        "others": others_words(),
        "anAct": waiting_words(),
    }


def others_words() -> dict[str, list[str]]:
    """Return what is said of what others did, by the sort of act: of one thing, and of several."""
    return {
        "coded": [_("{who} coded 1 place."), _("{who} coded {count} places.")],
        "uncoded": [_("{who} removed 1 coding."), _("{who} removed {count} codings.")],
        "changed": [_("{who} changed 1 coding."), _("{who} changed {count} codings.")],
        "codebook": [_("{who} changed the codebook."), _("{who} changed the codebook.")],
    }


def waiting_words() -> dict[str, str]:
    """Return what is still to be done by an act that waits, by its kind."""
    return {
        "apply": _("to be coded"),
        "several": _("to be given several codes"),
        "remove": _("to be removed"),
        "resize": _("to be put on other words"),
        "recode": _("to be given another code"),
        "mark": _("to be marked"),
        "rate": _("to be rated"),
        "undo": _("to be undone"),
        "redo": _("to be redone"),
        "leave": _("to be left"),
    }
