"""What countries are called in English and Spanish, as the Unicode locale data has them, for expressions."""

import re

from babel import Locale

LANGUAGES = ("en", "es")
NO_COUNTRIES = frozenset(("EU", "EZ", "UN", "QO", "ZZ", "XA", "XB"))  # unions, and regions that are not known
OTHER_NAMES = ("USA", "United States of America", "Great Britain", "England", "Scotland", "Wales", "Northern Ireland",
               "Holland", "Burma", "Swaziland", "Macedonia", "Ivory Coast", "East Timor", "Czech Republic", "Korea",
               "Democratic Republic of the Congo", "Republic of the Congo", "People's Republic of China", "Palestine",
               "Estados Unidos de América", "EE. UU.", "Inglaterra", "Escocia", "Gales")  # fmt: skip


def country_names() -> tuple[str, ...]:
    """Return the names of countries, the longer first; of `Trinidad & Tobago` also `Trinidad and Tobago`."""
    names = set(OTHER_NAMES)
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code not in NO_COUNTRIES:
                plain = name.replace("’", "'").partition(" (")[0]
                names |= {plain, plain.replace(" & ", " and "), plain.replace("St. ", "Saint ")}
    return tuple(sorted(names, key=lambda each: (-len(each), each)))


COUNTRIES = "|".join(re.escape(each).replace(r"\ ", " ") for each in country_names())
# Whoever lives where the study is lives there; no country of so many points at anyone.
TOO_MANY = frozenset(("united states", "united states of america", "usa", "us", "estados unidos", "ee. uu."))
