"""Dates and ages in English and Spanish, in the forms that people say and write.

Days, months and years alone point at somebody together with other things (quasi-identifiers); so does the age of a
child. Ages over 89 point by themselves (45 CFR 164.514(b)(2)(i)(C)): they are told apart by their rule.
"""

import re

from ia_workbench.privacy.deidentification.patterns import Match, Pattern
from ia_workbench.privacy.rules import IdentifierClass

DATE, AGE = IdentifierClass.DATE, IdentifierClass.AGE
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|sept?iembre|octubre|noviembre|diciembre"
)
SHORT_MONTHS = r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|ene|abr|ago|dic)\b\.?"
MONTH = rf"(?:(?:{MONTHS})\b|{SHORT_MONTHS})"
WEEKDAYS = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|martes|mi[eé]rcoles|"
    "jueves|viernes|s[aá]bado|domingo"
)
ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|"
    "sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty[- ]first|twenty[- ]second|twenty[- ]third|"
    "twenty[- ]fourth|twenty[- ]fifth|twenty[- ]sixth|twenty[- ]seventh|twenty[- ]eighth|twenty[- ]ninth|thirtieth|"
    "thirty[- ]first|primero"
)
SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|"
    "diecis[eé]is|diecisiete|dieciocho|diecinueve"
)
TENS = (
    "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|veinte|treinta|cuarenta|"
    "cincuenta|sesenta|setenta|ochenta|noventa"
)
COUNT = rf"(?:\d{{1,3}}|(?:{TENS})(?:[- ](?:{SMALL}))?|{SMALL}|veinti[a-zéóú]{{3,6}})"
AN_AGE = rf"(?:\d{{1,3}}|(?:{TENS})(?:[- ](?:{SMALL}))?|{SMALL})"
YEAR = r"(?:1[5-9]|20)\d\d"
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th|º|ª)?|{ORDINALS})"
WEEKDAY_BEFORE = rf"(?:(?:{WEEKDAYS})\b,? ?(?:the |el |, )?)?"
YEAR_AFTER = rf"(?:,? (?:of |de |del )?(?:{YEAR}|'\d\d)\b)?"
CLOCK = r"(?:,?(?: at| T|T)? ?\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?)?"
DURATIONS = r"(?:day|week|month|year|d[ií]a|semana|mes|año)(?:e?s)?"
CHILD = (
    r"(?:kids?|child(?:ren)?|sons?|daughters?|boys?|girls?|twins?|brothers?|sisters?|"
    r"siblings?|baby|babies|nephews?|nieces?|"
    r"grand(?:son|daughter|child|children|kids)s?|stepsons?|stepdaughters?|oldest|youngest|"
    r"eldest|middle one|older one|younger one|"
    r"hij[oa]s?|niñ[oa]s?|herman[oa]s?|niet[oa]s?|beb[eé]s?|gemel[oa]s|mayor|menor)"
)


def _written(*pieces: str) -> re.Pattern[str]:
    return re.compile("".join(pieces), re.IGNORECASE)


def _is_month(match: Match) -> bool:
    """`may` and `march` are words of every day, and so are small `mar` and `sept`: a month alone has a capital."""
    word = match.group(1)
    is_spanish = word.lower().rstrip(".") in MONTHS.split("|")[12:] or word.lower() == "septiembre"
    return word[0].isupper() or is_spanish


def _is_day(match: Match) -> bool:
    numbers = [int(each) for each in re.findall(r"\d+", match.group())[:2]]
    return len(numbers) == 2 and 1 <= min(numbers) <= 12 and 1 <= max(numbers) <= 31


def _is_not_amount(match: Match) -> bool:
    after = match.string[match.end() : match.end() + 12].lower().lstrip()
    before = match.string[max(0, match.start() - 5) : match.start()].upper()
    return not after.startswith(("dollar", "euro", "pound", "people", "mile", "square", "percent", "%")) and not any(
        each in before for each in ("$", "€", "£", "EUR", "SEK", "GBP", "USD", "PLN", "NO. ")
    )


# What follows a number that is no age: `she was two hours late`.
NO_AGE_AFTER = (
    r"(?! ?(?:[%$:]|o'clock|a\.?m|p\.?m|percent|dollars?|minutes?|hours?|days?|weeks?|"
    r"months?(?! old)|miles?|feet|pounds?|of|people|kids|children|times?|in|who|that|the|at|"
    r"more|visits?|points?|blocks?|steps?|behind|late)\b)"
)

# What is counted and no name: `Interview 1, parent`.
NUMBERED = re.compile(
    r"(?:interview|room|route|page|table|section|part|chapter|question|figure|unit|step|line|bus|"
    r"group|session|visit|item|"
    r"note|form|level|grade|floor|phase|day|week|appendix|exhibit|entrevista|grupo|página|cuadro|parte|sesión|visita|"
    r"pregunta|paso|línea|piso)\b",
    re.IGNORECASE,
)

# A day and a year in Spanish words: `el veintiuno de marzo de dos mil doce`
DAY_IN_WORDS = (
    r"(?:primero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|diecis[eé]is|"
    r"diecisiete|dieciocho|diecinueve|veinte|veinti[a-zéóú]{3,6}|treinta(?: y uno)?)"
)
YEAR_IN_WORDS = r"(?: del? (?:dos mil|mil novecientos)(?: [a-zéó]{3,12}(?: y [a-z]{3,6})?)?)"

DATES = (
    Pattern(
        "day in words",
        DATE,
        _written(rf"\b{WEEKDAY_BEFORE}(?:el )?{DAY_IN_WORDS} de {MONTH}(?:{YEAR_IN_WORDS}|{YEAR_AFTER})(?!\w)"),
    ),
    Pattern(
        "year in words", DATE, _written(rf"\b(?:en|de|año) ({YEAR_IN_WORDS[4:-1].removeprefix('del? ')})\b"), group=1
    ),
    Pattern(
        "day and month",
        DATE,
        _written(
            rf"\b{WEEKDAY_BEFORE}(?:the |el )?{DAY}(?: and {DAY}| y {DAY}| ?- ?{DAY})?(?: day)? "
            rf"(?:of |de )?{MONTH}{YEAR_AFTER}{CLOCK}(?!\w)"
        ),
    ),
    Pattern(
        "month and day",
        DATE,
        _written(
            rf"\b{WEEKDAY_BEFORE}{MONTH} (?:the )?{DAY}(?!\d|-year|-month)\b(?: ?(?:-|to|through) "
            rf"?{DAY}\b)?{YEAR_AFTER}{CLOCK}(?!\w)"
        ),
    ),
    Pattern(
        "month and year",
        DATE,
        _written(
            rf"\b{MONTH}(?:(?:,? (?:and|to|y|until|through) | ?- ?){MONTH})?,? (?:of |de |del )?(?:{YEAR}|'\d\d)\b"
        ),
    ),
    Pattern("month", DATE, _written(rf"\b(?:(?:early|mid|late|end of|beginning of)[- ])?({MONTHS})\b"), _is_month),
    Pattern(
        "date in digits",
        DATE,
        _written(
            rf"(?<![\w./-]){YEAR}[-./]\d{{1,2}}[-./]\d{{1,2}}(?:T\d\d:\d\d(?::\d\d)?(?:\.\d{{1,6}})?Z"
            rf"?|{CLOCK})(?![\w/])"
        ),
    ),
    Pattern(
        "date in digits",
        DATE,
        _written(rf"(?<![\w./-])\d{{1,2}}([-./])\d{{1,2}}\1(?:{YEAR}|\d\d){CLOCK}(?![\w/])"),
        _is_day,
    ),
    Pattern("date in digits", DATE, _written(r"(?<![\w./,$-])\d{1,2}/\d{1,2}(?![\w/%]|[.,]\d)"), _is_day),
    Pattern("month in digits", DATE, _written(rf"(?<![\w./-])\d{{1,2}}[/-]{YEAR}(?![\w/])")),
    Pattern(
        "weekday and day",
        DATE,
        _written(
            rf"\b(?:{WEEKDAYS})\b,? (?:the |el )?(?:\d{{1,2}}(?:st|nd|rd|th)?|{ORDINALS})\b(?! "
            r"(?:time|visit|of us|ones?|o'clock|a\.?m|p\.?m|in|at)\b)(?!:)"
        ),
    ),
    Pattern(
        "day of a month",
        DATE,
        _written(
            r"\b(?:on|by|until|before|after|since|from|around|about) the (\d{1,2}(?:st|nd|rd|"
            r"th))\b(?! (?:floor|grade|time|street|st|avenue|ave|visit|day))"
        ),
        group=1,
    ),
    Pattern("day of a month", DATE, _written(r"\bel (?:d[ií]a )?(\d{1,2})\b(?= (?:de este|del)|[,.])"), group=1),
    Pattern(
        "season and year",
        DATE,
        _written(
            r"\b(?:(?:early|late|the|mid)[- ])?(?:spring|summer|fall|autumn|winter|christmas|"
            r"thanksgiving|easter|halloween|primavera|verano|otoño|invierno|navidad)(?: break| eve| "
            rf"day)?,? (?:of |de |del )?{YEAR}\b"
        ),
    ),
    Pattern(
        "holiday",
        DATE,
        _written(
            r"\b(?:Christmas(?: Eve| Day)?|Thanksgiving|Easter|Halloween|New Year's(?: Eve| Day)?|"
            r"(?:All |St\.? |Saint )?[A-Z][a-z]{2,15}(?:s'|'s) Day|Mother's Day|Father's Day|"
            r"Valentine's Day|Fourth of July|Memorial Day|Labor Day|Juneteenth|Nochebuena|"
            r"Navidad)\b"
        ),
    ),
    Pattern(
        "years",
        DATE,
        _written(rf"(?<![\w.,/$-])(?:{YEAR}) ?(?:-|to|and|/) ?(?:{YEAR}|\d\d)(?![\w/]|[.,]\d)"),
        _is_not_amount,
    ),
    Pattern("year", DATE, _written(rf"(?<![\w.,/$-]){YEAR}(?:'?s)?(?![\w/-]|[.,]\d)"), _is_not_amount),
    Pattern(
        "year in words",
        DATE,
        _written(
            r"\b(?:nineteen (?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- "
            r"](?:one|two|three|four|five|six|seven|eight|nine))?)|twenty (?:ten|eleven|twelve|"
            r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[- ](?:one|two|"
            r"three|four|five|six|seven|eight|nine))?)|two thousand(?: and)? (?:one|two|three|four|"
            r"five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
            r"seventeen|eighteen|nineteen|twenty))\b(?![- ](?:dollars|people))"
        ),
    ),
    Pattern(
        "so long ago",
        DATE,
        _written(
            rf"\b(?:about |almost |over |nearly )?{COUNT}(?: and a half)? {DURATIONS} (?:ago|earlier|"
            r"later|before|after|prior|from now|antes|despu[eé]s)\b"
            r"(?: (?:the|my|her|his|our|their) (?:birth|death|wedding|funeral|accident|divorce|surgery|"
            r"arrest|removal)\b)?"
        ),
    ),
    Pattern("so long ago", DATE, _written(rf"\b(?:hace|dentro de) (?:casi |unos |unas )?{COUNT} {DURATIONS}\b")),
)

AGES = (
    Pattern(
        "age over 89",
        AGE,
        _written(
            r"\b(?:9\d|1[01]\d|ninet(?:y|ies)(?:[- ](?:one|two|three|four|five|six|seven|eight|"
            r"nine))?)[- ]years?[- ]olds?\b"
        ),
    ),
    Pattern("age", AGE, _written(rf"\b{AN_AGE}(?:[- ]and[- ]a[- ]half)?[- ](?:year|month|week|day)s?[- ]olds?\b")),
    Pattern("age", AGE, _written(rf"\b{AN_AGE} ?(?:,|and|or|y) {AN_AGE}[- ](?:year|month|week)s?[- ]olds?\b")),
    Pattern("age", AGE, _written(r"\b\d{1,3} ?(?:y/?o|yrs?(?:[ .]+old)?)\b\.?")),
    Pattern(
        "age",
        AGE,
        _written(
            rf"\b(?:aged?|ages)(?: of| about| is| was|:)?:? ({AN_AGE}(?:(?:,? (?:and|to|or) |, | ?- "
            rf"?){AN_AGE}){{0,4}})\b(?! (?:group|children))"
        ),
        group=1,
    ),
    Pattern(
        "age",
        AGE,
        _written(rf"\b(?:turn(?:s|ed|ing)?|turned) ({AN_AGE})\b(?! (?:him|her|me|us|them|it|into|corners?|times?))"),
        group=1,
    ),
    Pattern(
        "age",
        AGE,
        _written(
            r"\b(?:(?:she|he|who)(?:'s| is| was| were| had just turned)|(?:I|they)(?:'m|'re| am| "
            rf"was| were)|{CHILD}(?:'s| is| was| are| were)) (?:only |about |almost |just |like |"
            rf"barely |now |already |maybe )?({AN_AGE}(?:(?:,? (?:and|or) |, ){AN_AGE}){{0,4}})\b(?! "
            r"?(?:[%$:]|o'clock|a\.?m|p\.?m|percent|dollars?|minutes?|hours?|days?|weeks?|"
            r"months?(?! old)|miles?|feet|pounds?|of|people|kids|children|times?|in|who|that|the|at|"
            r"more|visits?|points?|blocks?|steps?|behind|late)\b)"
        ),
        group=1,
    ),
    Pattern(
        "age after a name",
        AGE,
        re.compile(
            rf"\b[A-Z][a-zà-ÿ]{{2,20}} (?:is|was|just turned|turned) (?:only |about |almost |just |"
            rf"now )?({AN_AGE})\b{NO_AGE_AFTER}"
        ),
        group=1,
    ),
    Pattern(
        "ages of children",
        AGE,
        _written(
            rf"\b{CHILD},? (?:who (?:is|are|was|were) )?(?:\()?({AN_AGE}(?:(?:,? and |, |,? y "
            rf"){AN_AGE}){{1,4}})\b(?! ?(?:o'clock|a\.?m|p\.?m|times|days|weeks|hours|minutes|months|"
            r"miles))"
        ),
        group=1,
    ),
    Pattern("ages of children", AGE, _written(rf"\b{CHILD}(?:,| \() ?({AN_AGE})(?=[,).;])"), group=1),
    Pattern(
        "age after a name",
        AGE,
        re.compile(r"\b[A-Z][a-zà-ÿ]{1,20},? \(?(\d{1,2})(?=\)|,(?! (?:19|20)\d\d))"),
        lambda m: not (re.match(MONTH, m.group().lower()) or NUMBERED.match(m.group())),
        1,
    ),
    Pattern(
        "years of life",
        AGE,
        _written(
            r"\b(?:in (?:his|her|my|their) )((?:early |mid[- ]|late )?(?:teens|twenties|thirties|"
            r"forties|fifties|sixties|seventies|eighties|nineties|[2-9]0'?s))\b"
        ),
        group=1,
    ),
    Pattern(
        "school grade",
        AGE,
        _written(
            r"\b(?:1[0-2]th|[4-9]th|1st|2nd|3rd|first|second|third|fourth|fifth|sixth|seventh|"
            r"eighth|ninth|tenth|eleventh|twelfth)[- ]grade(?:rs?)?\b|\bgrade (?:\d{1,2}|one|two|"
            r"three|four|five|six|seven|eight|nine|ten)\b|\bkindergart(?:en|ner)s?\b"
        ),
    ),
    Pattern(
        "age",
        AGE,
        _written(
            rf"\b(?:tiene|ten[ií]a|cumpli[oó]|cumple|de|con) ({COUNT} (?:años|meses|añitos|mesecitos))\b(?: de edad)?"
        ),
        group=1,
    ),
    Pattern("age", AGE, _written(rf"\b{COUNT} (?:años|meses) de edad\b|\bedad de {COUNT}\b(?: (?:años|meses))?")),
    Pattern("age", AGE, _written(rf"\b{AN_AGE} years? of age\b")),
)
