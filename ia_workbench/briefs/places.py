"""The places a template may name: what each shows, and inside which list it stands.

`templates/README.md` lists them for the people who edit a template in Word; a test keeps the two the same.
"""

from dataclasses import dataclass
from enum import StrEnum


class PlaceKind(StrEnum):
    """What stands at a place."""

    TEXT = "text"
    PICTURE = "picture"
    LIST = "list"


@dataclass(frozen=True)
class Place:
    """A name that a template may use. `inside` is the list it belongs to, empty for the whole brief."""

    name: str
    meaning: str
    kind: PlaceKind = PlaceKind.TEXT
    inside: str = ""


def _list(name: str, meaning: str, /, **inner: str) -> tuple[Place, ...]:
    places = (Place(inner_name, inner_meaning, inside=name) for inner_name, inner_meaning in inner.items())
    return (Place(name, meaning, PlaceKind.LIST), *places)


def _texts(**meanings: str) -> tuple[Place, ...]:
    return tuple(Place(name, meaning) for name, meaning in meanings.items())


_QUOTE = {
    "words": "the masked words in quotation marks, or a paraphrase without them",
    "speaker": "who spoke, as readers may know it",
    "key": "the evidence key, and the key of the source within this brief",
    "translation": "the words in English, where they were said in another language",
}
_RULE_LINE = {"mark": "✓ or –", "line": "what the line asks for", "observed": "what was found"}
_CONCERN = {
    "concern": "what a member raised, in full, in quotation marks",
    "ticked": "the language where it is not English, whether it could harm someone, which quotes not to use",
    "answer_label": "when the team answered, and whether something changed",
    "answer": "the team's answer",
}

PLACES: tuple[Place, ...] = (
    *_texts(
        number="the number of the brief among the study's, empty before the release",
        of="how many findings the study has released",
        study="the study's title",
        site="the site",
        question="the study's question",
        finding="the key of the finding",
        title="the finding's title",
        strength="Established, Emerging or Thin",
        strength_mark="● ◐ or ◌, beside the word",
        stage="the stage of the finding",
        released="when and to whom the finding was released",
        statement="the finding",
        plain="the finding in plain words",
        plain_es="the same in Spanish",
        content_note="a note before hard content",
        matters="why it matters to families",
        family_words="the family excerpt that stands first, in quotation marks",
        family_speaker="who said it",
        family_key="its evidence key, and the key of its source within this brief",
        family_translation="the excerpt in English, where it was said in another language",
        where="where it happens, in words",
        step_note="what happens at the step",
    ),
    Place("map_strip", "the steps around the finding as a picture, with its description", PlaceKind.PICTURE),
    *_list(
        "levers",
        "how it is produced: one for each lever",
        lever="the key of the lever",
        name="its name",
        explanation="by which text or practice",
        evidence="the keys of the evidence that anchors it, in brackets",
    ),
    *_texts(how_we_know="independent units, sources, kinds, offices and months, in one sentence"),
    *_list(
        "families",
        "the convergence row: one for each source family",
        family="the source family",
        mark="■ ◪ ☒ □ or ⬚",
        cell="supports, mixed, dissonant, silent or not examined",
        supports="the keys of evidence that supports",
        others="the keys of evidence that contradicts or complicates",
    ),
    *_list("quotes_left", "excerpts in support, the first half", **_QUOTE),
    *_list("quotes_right", "excerpts in support, the second half", **_QUOTE),
    *_list("did_not_fit", "evidence that contradicts or complicates", **_QUOTE, weighed="how it was weighed"),
    *_texts(silent="which source families were silent and which were not examined"),
    *_list("numbers", "evidence from numbers", **_QUOTE),
    *_texts(no_numbers="a sentence where no numbers are linked"),
    *_list("rule_left", "the lines of the evidence rule, the first half", **_RULE_LINE),
    *_list("rule_right", "the lines of the evidence rule, the second half", **_RULE_LINE),
    *_texts(
        rule="how many lines are met, of which rule; what the finding hangs on; waiver and override",
        confidence="the judgement of confidence",
        strengths="what already works",
    ),
    *_list(
        "recommendations",
        "proposed actions",
        action="what to do",
        lever="the lever it aims at",
        owner="who might own it",
        horizon="by when",
        sign="what families would notice",
    ),
    *_texts(no_recommendations="a sentence where there are none"),
    *_texts(positions="the positions of the community accountability body, in words"),
    *_list("concerns", "what members raised, with the answers", **_CONCERN),
    *_list("dissent", "what members said for whom the finding does not fit", **_CONCERN),
    *_texts(
        agency_response="the agency's response, in its own words",
        agency_note="when it was received, or that there is none",
        provenance="software, version of the finding and hash of the package",
    ),
)


def place_at(name: str, inside: str) -> Place | None:
    """Return the place of this name inside a list, else of the whole brief; None when a template may not use it."""
    fitting = [place for place in PLACES if place.name == name and place.inside in (inside, "")]
    return max(fitting, key=lambda place: place.inside != "", default=None)
