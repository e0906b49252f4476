"""General words that stand for a place, an agency, a date, an age or a number, in English and Spanish."""

import re

from ia_workbench.privacy.rules import IdentifierClass

# By the word that says what it is; the first that stands in the name counts.
KINDS = (
    (r"elementary|primaria", "an elementary school", "una escuela primaria"),
    (r"middle school|secundaria", "a middle school", "una escuela secundaria"),
    (r"high school|preparatoria", "a high school", "una preparatoria"),
    (r"head start|pre-?k|kindergarten|(?:day|child) ?care|guarder[ií]a", "a childcare program", "una guardería"),
    (r"school|academy|escuela|colegio", "a school", "una escuela"),
    (r"college|university|institute|universidad", "a college", "una universidad"),
    (r"packing", "a packing plant", "una empacadora"),
    (r"poultry|meat|foods?", "a food plant", "una planta de alimentos"),
    (r"plant|factory|mill|manufacturing|f[aá]brica", "a factory", "una fábrica"),
    (r"warehouse|logistics|freight|distribution|almac[eé]n", "a warehouse", "un almacén"),
    (r"motel|hotel|inn|suites", "a motel", "un motel"),
    (r"shelter|mission|albergue", "a shelter", "un albergue"),
    (r"hospital|infirmary|medical center", "a hospital", "un hospital"),
    (r"clinic|pediatrics|dental|health|counseling|cl[ií]nica", "a clinic", "una clínica"),
    (r"church|chapel|temple|mosque|synagogue|iglesia", "a place of worship", "un lugar de culto"),
    (r"tribe|nation|band of|rancheria|pueblo of|clan", "a tribe", "una tribu"),
    (r"police|sheriff|polic[ií]a", "the police", "la policía"),
    (r"jail|prison|penitentiary|detention|c[aá]rcel", "a jail", "una cárcel"),
    (r"court|tribunal|juzgado", "the court", "el tribunal"),
    (r"restaurant|cafe|diner|grill|bakery|restaurante", "a restaurant", "un restaurante"),
    (r"store|market|supermarket|tienda|mercado", "a store", "una tienda"),
    (r"laundry|laundromat|lavander[ií]a", "a laundry", "una lavandería"),
    (r"bank|banco", "a bank", "un banco"),
    (r"library|biblioteca", "a library", "una biblioteca"),
    (r"farms?|ranch|rancho", "a farm", "una granja"),
    (r"county|condado|department|division|office|agency|services|bureau|departamento|oficina|"
r"agencia", "the county office", "la oficina del condado"),
    (r"inc|llc|ltd|corp|company|co|group|industries|empresa", "a company", "una empresa"),
)  # fmt: skip
PLACES = (
    (r"bus|l[ií]nea", "a bus route", "una ruta de autobús"),
    (r"route|highway|hwy|interstate|i-|ruta|carretera|exit|rt", "a highway", "una carretera"),
    (
        r"street|st|avenue|ave|road|rd|boulevard|blvd|lane|drive|(?<!family )(?<!juvenile )court|corner|calle|avenida",
        "a street",
        "una calle",
    ),
    (r"county|condado", "a county", "un condado"),
    (r"river|lake|creek|r[ií]o|lago", "a body of water nearby", "un río o lago cercano"),
    (r"park|parque", "a park", "un parque"),
    (r"apartments?|projects|estates|manor|trailer", "a housing complex", "un complejo de viviendas"),
    (r"reservation|rancheria", "a reservation", "una reservación"),
)
SEASONS = (
    (r"jan(?:uary)?|enero|feb(?:ruary)?|febrero", "in winter", "en invierno"),
    (r"mar(?:ch)?|marzo|apr(?:il)?|abril", "in early spring", "a principios de la primavera"),
    (r"may|mayo", "in late spring", "a fines de la primavera"),
    (r"june?|junio|july?|julio|aug(?:ust)?|agosto", "in summer", "en verano"),
    (r"sept?(?:ember)?|sept?iembre|oct(?:ober)?|octubre|nov(?:ember)?|noviembre", "in the fall", "en el otoño"),
    (r"dec(?:ember)?|diciembre|christmas|navidad", "in winter", "en invierno"),
)
BY_MONTH = (
    "",
    *("in winter",) * 2,
    *("in early spring",) * 2,
    "in late spring",
    *("in summer",) * 3,
    *("in the fall",) * 3,
    "in winter",
)
NUMBERS = (
    (r"social security|partly hidden", "[social security number]", "[número de seguro social]"),
    (r"card|bank", "[account number]", "[número de cuenta]"),
    (r"plate", "[plate number]", "[número de placa]"),
    (r"land|building", "[number of the plot]", "[número de la parcela]"),
    (r"case", "[case number]", "[número de caso]"),
)
CONTACTS = (
    (r"mail", "[e-mail address]", "[correo electrónico]"),
    (r"web|online", "[web address]", "[dirección web]"),
    (r"telephone|number", "[telephone number]", "[número de teléfono]"),
)
FACTS = (
    (r"sum of money", "a sum of money", "una suma de dinero"),
    (r"share", "a part", "una parte"),
    (r"measure", "a certain size", "cierto tamaño"),
    (r"term of prison", "some time", "un tiempo"),
    (r"length of time", "some time", "un tiempo"),
    (r"count", "several", "varios"),
    (r"illness", "an illness", "una enfermedad"),
    (r"work", "a job", "un trabajo"),
    (r"schooling", "schooling", "estudios"),
    (r"origin", "of another origin", "de otro origen"),
)
OTHERWISE = {
    IdentifierClass.REPORTER: ("someone who knew the family", "alguien que conocía a la familia"),
    IdentifierClass.PERSON: ("", ""),
    IdentifierClass.CONTACT: ("[contact]", "[contacto]"),
    IdentifierClass.ADDRESS: ("[address]", "[dirección]"),
    IdentifierClass.NUMBER: ("[number]", "[número]"),
    IdentifierClass.PLACE: ("a place nearby", "un lugar cercano"),
    IdentifierClass.ORGANISATION: ("an agency", "una agencia"),
    IdentifierClass.DATE: ("at that time", "en esa época"),
    IdentifierClass.AGE: ("a certain age", "cierta edad"),
    IdentifierClass.RARE_FACT: ("[detail]", "[detalle]"),
}
TABLES = {
    IdentifierClass.ORGANISATION: KINDS,
    IdentifierClass.PLACE: PLACES,
    IdentifierClass.DATE: SEASONS,
}
BY_RULE = {IdentifierClass.NUMBER: NUMBERS, IdentifierClass.CONTACT: CONTACTS, IdentifierClass.RARE_FACT: FACTS}
NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        [
            "zero/cero",
            "one/un/una/uno",
            "two/dos",
            "three/tres",
            "four/cuatro",
            "five/cinco",
            "six/seis",
            "seven/siete",
            "eight/ocho",
            "nine/nueve",
            "ten/diez",
            "eleven/once",
            "twelve/doce",
            "thirteen/trece",
            "fourteen/catorce",
            "fifteen/quince",
            "sixteen/dieciséis",
            "seventeen/diecisiete",
            "eighteen/dieciocho",
            "nineteen/diecinueve",
            "twenty/veinte",
        ]
    )
    for word in words.split("/")
}
TENS = re.compile(r"\b(?:thirt|fort|fift|sixt)y|\b(?:treinta|cuarenta|cincuenta|sesenta)\b", re.IGNORECASE)
YOUNGEST_OF_TENS = 30
AGES = (  # up to this many years
    (1, "an infant", "un bebé"),
    (3, "a toddler", "una criatura"),
    (9, "a young child", "una criatura pequeña"),
    (12, "an older child", "un menor de más edad"),
    (17, "a teenager", "un adolescente"),
    (24, "a young adult", "una persona joven"),
    (64, "an adult", "una persona adulta"),
    (200, "an older adult", "una persona mayor"),
)
WEEKDAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri)day\b|\b(?:lunes|martes|mi[eé]rcoles|jueves|viernes)\b", re.IGNORECASE
)


def generalised(words: str, kind: IdentifierClass, *, rule: str = "", language: str = "en") -> str:
    """Return general words for what stands in a text: `Lincoln Elementary` is `an elementary school`.

    Empty for people: a name gives way to another name (`pseudonym_of`). `rule` tells numbers and contacts apart.
    `language` is `en` or `es`; every other reads English.
    """
    table = BY_RULE.get(kind)
    found = _from(table, rule) if table else _from(TABLES.get(kind, ()), words)
    if kind is IdentifierClass.AGE:
        found = _age(words)
    if kind is IdentifierClass.DATE and found is None:
        found = _date(words)
    return (found or OTHERWISE[kind])[language == "es"]


def _from(table: tuple[tuple[str, str, str], ...], words: str) -> tuple[str, str] | None:
    for written, english, spanish in table:
        if re.search(rf"(?<![^\W_])(?:{written})(?![^\W\d_])", words, re.IGNORECASE):
            return english, spanish
    return None


def _age(words: str) -> tuple[str, str] | None:
    if re.search(r"month|week|day|mes", words, re.IGNORECASE):
        return AGES[0][1:]
    if re.search(r"grade|kinder", words, re.IGNORECASE):
        return "a school child", "una criatura en edad escolar"
    found = [int(each) for each in re.findall(r"\d+", words)]
    if TENS.search(words):  # what follows, as in thirty-one, makes no other age of it
        return next(each[1:] for each in AGES if each[0] >= YOUNGEST_OF_TENS)
    found += [NUMBER_WORDS[each] for each in re.findall(r"[a-zé]+", words.lower()) if each in NUMBER_WORDS]
    if len(found) > 1 and max(found) < 18:
        return "young", "de corta edad"
    years = found[0] if found else None
    return None if years is None else next((each[1:] for each in AGES if years <= each[0]), None)


def _date(words: str) -> tuple[str, str] | None:
    numbers = re.search(r"(?:\d{4}[-./])?(\d{1,2})[-./]\d{1,2}", words)
    if numbers and 1 <= int(numbers.group(1)) <= 12:
        english = BY_MONTH[int(numbers.group(1))]
        return next((each[1:] for each in SEASONS if each[1] == english), None)
    if WEEKDAY.search(words):
        return "on a weekday", "un día de semana"
    if re.search(r"ago|hace|earlier|later|before|after|antes|despu", words):
        return "some time before or after", "algún tiempo antes o después"
    if re.fullmatch(r"(?:1[5-9]|20)\d\d(?:'?s)?", words.strip()):
        return "that year", "ese año"
    return None
