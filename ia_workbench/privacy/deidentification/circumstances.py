"""Circumstances that point at someone together with other things: sums, shares, terms of prison, land, work, illness.

Most of what is told here is what an interview is about, so only what singles out by its exactness is proposed as a
rule: sums of four figures, terms of prison, numbers of plots. The rest (`THOROUGH`: any sum, share, measure, length of
time, illness, work, schooling) is proposed where a study asks for it, as before a text is given to others.
"""

import re

from ia_workbench.privacy.deidentification.dates import COUNT, DURATIONS
from ia_workbench.privacy.deidentification.patterns import Match, Pattern
from ia_workbench.privacy.rules import IdentifierClass

FACT, NUMBER = IdentifierClass.RARE_FACT, IdentifierClass.NUMBER
CODES = (
    "EUR|USD|GBP|CHF|PLN|TRY|TRL|SEK|NOK|DKK|CZK|HUF|RON|BGN|UAH|RUB|ATS|DEM|FRF|ITL|ESP|NLG|CAD|AUD|MXN|COP|ARS|CLP|"
    "PEN|GTQ|HNL|CRC|DOP|BRL|JPY|CNY|INR|KRW|PHP|VND|ZAR|NGN|KES|CYP|MDL|GEL|AMD|RSD|HRK"
)
MONEY_WORDS = (
    r"dollars?|cents?|bucks|euros?|pounds?(?: sterling)?|pence|pesos?|quetzales|lempiras?|colones|soles|reales|"
    r"d[oó]lares|libras?(?: esterlinas)?|francs?|francos?|marks?|marcos|schillings?|liras?|lira|"
    r"zlotys?|złoty|kron(?:a|er|or|e)|"
    r"coronas|forints?|roubles?|rubles?|rublos|rupees?|rupias|yen|yuan|hryvnias?|drachmas?|crowns?|"
    r"guilders?|lev[as]?|lei|leu"
)
ORIGIN_BEFORE = r"(?:(?-i:[A-Z][a-z]{2,14}) )?"  # Turkish liras, US dollars
SUM = r"\d{1,3}(?:[.,  ] ?\d{3}){1,5}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?"
MANY = r"(?: (?:hundred|thousand|million|billion|grand|mil|millones|k))?"
IN_BRACKETS = rf"(?: ?\((?:(?:{CODES})\b|[^\W\d_]{{2,4}}\b)[^()]{{0,60}}\))?"
ABOUT = r"(?:(?:approximately|about|some|around|nearly|almost|over|unos|cerca de|aproximadamente) )?"
MONEY = (
    rf"(?<![\w.,]){ABOUT}(?:(?:{CODES}|US\$|[$€£¥]) ?(?:{SUM}){MANY}(?![\w%])"
    rf"|(?:{SUM}){MANY} ?(?:{ORIGIN_BEFORE}(?:{MONEY_WORDS})|{CODES}|[€£$])(?!\w)){IN_BRACKETS}"
)
FIGURES_THAT_SINGLE_OUT = 4
MONEY_IN_WORDS = (
    r"\b(?:(?:a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
    r"seventy|eighty|ninety|hundred|thousand|million|and|a few|several)[ -]){1,8}(?:dollars|bucks|euros|pounds|pesos)\b"
    r"|\b(?:(?:cien|ciento|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|setecientos|"
    r"ochocientos|novecientos|"
    r"mil|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|"
    r"noventa|y) ){1,8}(?:d[oó]lares|euros|pesos)\b"
)
TIME = rf"(?:{COUNT}|an?|half an?|several)(?: and a half)? {DURATIONS}(?:[’'])?"
LONG_TIME = rf"{TIME}(?:,? (?:and |y )?{TIME}){{0,2}}(?: and a half| y medi[oa])?"
PRISON = (
    r"(?:imprisonment|prison|jail|custody|detention|hard labou?r|probation|parole|community "
    r"service|prisi[oó]n|c[aá]rcel|reclusi[oó]n|arresto|libertad (?:condicional|vigilada))"
)


def _singles_out(match: Match) -> bool:
    """A sum of four figures or more, or in millions; `$15 an hour` is what many are paid."""
    figures = re.split(r"[.,]\d{1,2}(?!\d)", re.sub(r"(?<=\d)[.,  ] ?(?=\d{3})", "", match.group()))[0]
    return sum(map(str.isdigit, figures)) >= FIGURES_THAT_SINGLE_OUT or "illion" in match.group()


def _any_case(written: str) -> re.Pattern[str]:
    return re.compile(written, re.IGNORECASE)


CIRCUMSTANCES = (
    Pattern("sum of money", FACT, _any_case(MONEY), _singles_out),
    Pattern("term of prison", FACT, _any_case(rf"\b{LONG_TIME}(?= (?:of |in |de |en )?{PRISON}\b)")),
    Pattern(
        "term of prison",
        FACT,
        _any_case(
            r"\b(?:sentenced? (?:him |her |them |the applicant )?(?:to|of)|condenad[oa]s? a|penas? "
            rf"de|sentence (?:of|from)) ({LONG_TIME})(?!\w)"
        ),
        group=1,
    ),
    Pattern(
        "number of land",
        NUMBER,
        _any_case(
            r"\b(?:plots?|parcels?|lots?|sheet(?:/plan)?|plan|folio|deed|parcela|hoja"
            r"(?:/plano)?|plano|finca|tomo|solar|pol[ií]gono) ?((?:nos?\.? ?|n[.º°]{1,2} ?|n[uú]m"
            r"(?:ero|\.)? ?|numbers? )(?:\d[\w/.-]{0,14}\w|\d)(?: of block [A-Z0-9]{1,4})?)"
            r"(?!\w)"
        ),
        group=1,
    ),
    Pattern(
        "number of land",
        NUMBER,
        _any_case(
            r"\b(?:sheet|plan|folio|hoja|plano)(?:/(?:plan|plano))? (\d[\w/.-]{0,14}/\d[\w/.-]{0,14}\w|"
            r"\d{1,4}/\w{1,8})(?!\w)"
        ),
        group=1,
    ),
    Pattern(
        "number of a building",
        NUMBER,
        _any_case(
            r"\b(?:located|situated|indicated|registered|lives?|lived|living|situad[oa]|ubicad[oa]|"
            r"inscrit[oa]) (?:at|by|under|in|as|con el|en el|bajo el) (nos?\.? ?\d{1,5}[a-z]?|n[.º°]{1,2} "
            r"?\d{1,5}[a-z]?)(?!\w)"
        ),
        group=1,
    ),
)

_ILL = (
    r"(?:\w{4,}(?:itis|osis|oses|emia|aemia|oma|pathy|algia|plegia|trophy|phrenia|opia|"
    r"lepsy|sclerosis|cardia|itides|patía|plejía|frenia|lepsia))"
)
_LAY = (
    r"cancer|leuk(?:a)?emia|tumou?r|diabetes|diabetic|asthma|epilepsy|autism|autistic|"
    r"schizophreni[ac]|psychotic|psychosis|"
    r"bipolar(?: disorder)?|cerebral palsy|down syndrome|hiv|aids|hepatitis|tuberculosis|stroke|heart attack|"
    r"multiple sclerosis|lupus|seizures?|miscarriage|stillbirth|amputat\w{2,5}|paraly[sz]\w{2,4}|paraplegi[ac]|"
    r"fetal alcohol\w*(?: syndrome| disorder)?|c[aá]ncer|asma|epilepsia|autismo|esquizofrenia|sida|derrame"
)
_ILLNESS = (
    r"(?:(?:severe|chronic|acute|mild|paranoid|major|type (?:1|2|one|two)|strong|degenerative|"
    rf"psychotic) ){{0,2}}(?:{_ILL}|{_LAY}|(?:fracture|loss|amputation) of (?:the )?"
    rf"(?:\w+ ){{1,4}}?(?:\w+)|(?:eye|heart|kidney|liver|lung|back|mental|psychiatric|psychotic)[- "
    r"](?:disease|condition|illness|problems?|disorder|failure|injury))"
)
_WORK = (
    r"\w{3,}(?:ologist|iatrist|iatrician|grapher|keeper|smith|wright|monger|driver|maker|worker|"
    r"dresser|cleaner|operator|"
    r"guard|officer|soldier|captain|sergeant|colonel|major|lieutenant)|teacher|professor|lecturer|"
    r"lawyer|solicitor|barrister|"
    r"advocate|journalist|editor|accountant|engineer|architect|physician|doctor|surgeon|dentist|"
    r"nurse|midwife|pharmacist|"
    r"veterinarian|electrician|plumber|carpenter|mason|painter|welder|mechanic|farmer|fisherman|"
    r"butcher|baker|cook|chef|"
    r"waiter|waitress|barber|hairdresser|tailor|watchman|caretaker|janitor|guard|soldier|conscript|sailor|pilot|police "
    r"officer|policeman|firefighter|fireman|paramedic|librarian|clerk|secretary|receptionist|cashier|salesman|manager|"
    r"director|publisher|writer|author|poet|musician|singer|actor|actress|artist|student|pensioner|businessman|"
    r"businesswoman|shopkeeper|trader|broker|banker|civil servant|public servant|priest|imam|rabbi|"
    r"pastor|politician|mayor|"
    r"headman|deputy|senator|translator|interpreter|technician|programmer|scientist|researcher|"
    r"abogad[oa]|maestr[oa]|profesor[a]?|ingenier[oa]|m[eé]dic[oa]|enfermer[oa]|periodista|contador[a]?|carpinter[oa]|"
    r"albañil|pintor[a]?|cociner[oa]|mesero|mesera|camionero|chofer|conductor[a]?|jornalero|"
    r"campesin[oa]|soldado|polic[ií]a"
)
_TRADE = rf"(?:(?:[a-z]+[- ]){{0,3}}?(?:{_WORK}))"
THOROUGH = (
    Pattern("sum of money", FACT, _any_case(rf"{MONEY}|{MONEY_IN_WORDS}")),
    Pattern(
        "share",
        FACT,
        _any_case(
            r"(?<![\w.,])(?:(?:at least|less than|more than|about|some) )?\d{1,3}(?:[.,]\d{1,2})?"
            r"(?: ?%)?(?: ?(?:to|and|-|–|y|a) ?\d{1,3}(?:[.,]\d{1,2})?)? ?(?:%|per ?cent\b|"
            r"por ciento\b)"
        ),
    ),
    Pattern(
        "measure",
        FACT,
        _any_case(
            r"(?<![\w.,])\d{1,6}(?:[.,]\d{1,3})?(?: ?[x×] ?\d{1,5}(?:[.,]\d{1,3})?)? ?"
            r"(?:m²|m2|sq\.? ?(?:m|ft|feet)|square (?:met(?:er|re)s?|feet)|hectares?|acres?|km/h|"
            r"kph|mph|kg|kilos?|grams?|g|mg|mm|cm|metros?|met(?:er|re)s?|kilomet(?:er|re)s?|kil[oó]metros|"
            r"km|miles?|feet|pounds?|libras|kilogram(?:me)?s?)(?!\w)"
        ),
    ),
    Pattern("length of time", FACT, _any_case(rf"\b{LONG_TIME}(?!\w)")),
    Pattern(
        "count",
        FACT,
        _any_case(
            rf"\b(?:{COUNT}|twenty[- ]\w{{3,5}}|seventy[- ]\w{{3,5}})(?: (?:other|different|more|"
            r"dependent|minor|young|additional|otr[oa]s))? (?:children|kids|siblings|brothers|sisters|"
            r"sons|daughters|persons|people|offences|offenses|hearings|plots|packages|letters|houses|"
            r"rooms|hijos|hijas|hermanos|hermanas|personas|habitaciones|penas|cartas)\b"
            r"(?: of land)?"
        ),
    ),
    Pattern("illness", FACT, _any_case(rf"\b{_ILLNESS}\b")),
    Pattern(
        "illness",
        FACT,
        _any_case(
            r"\b(?:diagnosed with|suffer(?:s|ed|ing)? from|diagnosticad[oa] (?:con|de)) "
            r"((?:an? )?(?:[\w-]+ ){0,3}?[\w-]+)(?=[,.;:)]| (?:and|by|at|in|when|which|that|y|en|"
            r"por)\b)"
        ),
        group=1,
    ),
    Pattern(
        "work",
        FACT,
        _any_case(
            r"\b(?:was|is|were|are|as|by profession|becoming|become|became|former|retired|an?|the "
            rf"(?:post|position|job) of(?: an?)?|es|era|como|de) ((?:an? |un |una )?{_TRADE})s?\b"
            r"(?: by profession)?"
        ),
        group=1,
    ),
    Pattern(
        "work",
        FACT,
        _any_case(
            r"\b(?:work(?:s|ed|ing)?|employed|serv(?:es|ed|ing)|trabaja(?:ba)?|trabaj[oó]) "
            r"(?:as|como|de) ((?:an? |the |un |una )?(?:[\w-]+ ){0,3}?[\w-]+?)(?=[,.;:)]| "
            r"(?:at|in|for|by|of|and|when|en|para|por|y)\b)"
        ),
        group=1,
    ),
    Pattern(
        "schooling",
        FACT,
        _any_case(
            r"\b(?:vocational|technical|primary|secondary|high|graduate|medical|law|boarding|night)[- "
            r"](?:high[- ])?school(?: (?:diplomas?|graduate|teacher|student))?\b|\b(?:bachelor|"
            r"master|doctor)(?:'s)?(?: degree)?(?: of| in) \w+(?: \w+)?|\b(?:GED|PhD|MBA|diploma|"
            r"degree) in \w+(?: \w+)?"
        ),
    ),
    Pattern(
        "family",
        FACT,
        _any_case(
            r"\b(?:widow(?:er)?s?|divorcee|orphans?|twins?|triplets?|adopted|stepchild"
            r"(?:ren)?|viud[oa]s?|hu[eé]rfan[oa]s?|gemel[oa]s|mellizos)\b|\b(?:gave birth to|dio "
            r"a luz a) (?:an? |un |una )?\w+"
        ),
    ),
    Pattern(
        "day of the week",
        IdentifierClass.DATE,
        _any_case(
            r"\b(?:last |next |this |on |every |el |los )?(?:(?-i:Monday|Tuesday|Wednesday|Thursday|"
            r"Friday|Saturday|Sunday)s?|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo)\b"
            r"(?: (?:morning|afternoon|evening|night))?"
        ),
    ),
    Pattern(
        "time of day",
        IdentifierClass.DATE,
        _any_case(r"(?<![\w.:])\d{1,2}[:.]\d{2} ?(?:[ap]\.?m\.?|hours|h|horas)(?!\w)|(?<![\w.:])\d{1,2} ?[ap]\.m\."),
    ),
)
