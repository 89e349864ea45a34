"""Quantities in French: the patterns that `quantities.py` looks for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

from robot.core.quantities import DAILY, WEEKEND, WORKDAYS, ClockTime, DayPart, Recurrence
from robot.sense.language.feasts import DIGITS, dated, feast, next_weekday, of_month, of_next_week, year_of
from robot.sense.language.quantity_patterns import (
    DAY_S,
    NamedDay,
    Often,
    Row,
    Tongue,
    clock,
    days_ahead,
    each_while,
    earlier,
    in_the_year,
    lasting,
    months_ahead,
    row,
)

MONTHS = (
    *("janvier", "fevrier", "mars", "avril", "mai", "juin"),
    *("juillet", "aout", "septembre", "octobre", "novembre", "decembre"),
)
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
COUNTS = {"un": 1.0, "une": 1.0, "encore une": 1.0, "deux": 2.0, "trois": 3.0, "zero": 0.0, "demi": 0.5}
SECONDS = {"s": 1, "m": 60, "h": 3600, "j": DAY_S}
PARTS = {
    "matin": DayPart.MORNING,
    "midi": DayPart.NOON,
    "apres-midi": DayPart.AFTERNOON,
    "soir": DayPart.EVENING,
    "nuit": DayPart.NIGHT,
}
FEASTS = {
    "(?:la )?veille de noel|(?:le )?reveillon de noel": "christmas_eve",
    "(?:le jour de )?noel": "christmas",
    "(?:la )?saint[ -]sylvestre|(?:le )?reveillon(?: du nouvel an)?": "new_years_eve",
    "(?:le )?nouvel an|(?:le )?(?:premier|1er) de l'an|(?:le )?jour de l'an": "new_year",
    "(?:le )?lundi de paques": "easter_monday",
    "(?:le )?vendredi saint": "good_friday",
    "paques": "easter",
    "l'ascension": "ascension",
    "(?:la )?pentecote": "pentecost",
    "(?:la )?saint[ -]valentin": "valentine",
    "(?:la )?toussaint": "all_saints",
    "halloween": "halloween",
}
IDIOMS = {8.0: 7.0, 15.0: 14.0}  # « dans huit jours » is in a week, « dans quinze jours » in two
WEEKS = {"8 jours": 1, "8": 1, "une semaine": 1, "15 jours": 2, "15": 2, "deux semaines": 2}  # « mardi en huit »
NEAR = {"aujourd'hui": 0, "demain": 1}
DAY, MONTH, PART = "|".join(WEEKDAYS), "|".join(MONTHS), "|".join(PARTS)
OF_DAY = rf"(?:,? (?:(?:a|dans la|dans l'|au|en fin d'|en fin de) ?)?(?P<part>{PART})\b)?"
UNIT = r"(?:secondes?|minutes?|mn|min|heures?|h|jours?|semaines?)\b"
LONG = "(?:jours?|semaines?|quinzaines?(?: de jours)?|mois|ans?|annees?)"
UNIT_MONTHS = {"m": 1, "a": 12}
COUNT = r"\d+(?:[.,]\d+)?|une?|deux|trois"
HALF = r" et (?:demie?|quart|un quart|trois quarts|3 quarts)\b| trois quarts\b| 3 quarts\b"
PIECE = (
    r"(?:(?:(?:un|trois|3) )?quarts? d'heure|(?:une )?demi[ -](?:heure|minute|journee)"
    rf"|(?:{COUNT})\s?{UNIT}(?:{HALF})?)"
)
JOINT = r"(?:,? et |, | )"
LEFT = rf"\d+(?!\w|[.,:]\d|\s*(?:{UNIT}|%|pour))"
DURATION = (
    rf"\b{PIECE}(?:{JOINT}{PIECE})*"
    rf"(?:(?:(?<=heure)|(?<=heures)|(?<=minute)|(?<=minutes)|(?<= h)){JOINT}{LEFT}|(?<=\dh){LEFT})?"
)
ON_CLOCK = r"(?P<hours>\d{1,2})\s?(?:h|:)\s?(?P<minutes>[0-5]\d)(?![\w:])"  # behind « dans » : « 1h30 »
ONE_PIECE = re.compile(
    rf"(?:(?P<quarters>un|trois|3) )?quarts? d'heure|(?:une )?demi[ -](?P<half>heure|minute|journee)"
    rf"|(?P<count>{COUNT})\s?(?P<unit>{UNIT})(?P<share>{HALF})?|{ON_CLOCK}|(?P<left>\d+)(?!\w)",
    re.IGNORECASE,
)
BEHIND = r"(?:\b(?:a|vers|des|jusqu'a|avant|apres)\s+)(?:environ )?"
AT = r"(?:\b(?:a|vers|pour|des|jusqu'a|avant|apres|est|environ)\s+)(?:environ )?"
HOUR = r"(?P<hour>\d{1,2}|une|deux|trois|zero)"
MINUTE = (
    r"(?:\s+(?P<more>trois quarts|3 quarts)\b"
    r"|\s*(?P<minute>\d{1,2}|une|deux|trois)(?:\s*(?:minutes?|mn|min)\b|(?!\w|[.,:]\d))"
    r"|\s+et (?P<share>demie?|quart|un quart)\b"
    r"|\s+moins (?P<less>(?:le |un )?quart|\d{1,2}|une|deux|trois)(?:\s*minutes?)?\b)?"
)
OF = (
    r"(?:\s+(?:du (?P<part>matin|soir)|de l'(?P<noon>apres-midi)|de la (?P<night>nuit)"
    r"|ce (?P<today>matin|soir)))?"
)


def tongue() -> Tongue:
    """The patterns of French; they look at a line without accents."""
    full = rf"\b{HOUR}\s*(?:heures?|h)(?![a-z]){MINUTE}{OF}"
    digital = rf"\b(?P<hour>\d{{1,2}}):(?P<minute>\d\d)\b{OF}"
    noon = rf"\b(?P<hour>midi|minuit)\b{MINUTE}"
    return Tongue(
        prepare=_prepare,
        times=tuple(row(rf"(?:{AT})?{one}", _time) for one in (full, digital, noon)),
        behind=(*(row(rf"{BEHIND}{one}", _time) for one in (full, digital)), row(rf"(?:{AT})?{noon}", _time)),
        duration=row(rf"(?:\b(?:pour|de|pendant)\s+)?{DURATION}", _duration),
        lasting=row(rf"\b(?:dans|pendant|durant|d'ici|au bout d(?:e|')|encore)\s*(?:{ON_CLOCK}|{DURATION})", _duration),
        often=(
            row(r"\btous les (?P<each>jour)s\b(?! de semaine)|\bchaque (?P<one>jour)\b", _each),
            row(r"\bquotidiennement\b|\bune fois par jour\b", _each),
            row(rf"\b(?:tous les|toutes les|chaque) (?P<each>{PART})s?\b", _each),
            row(r"\b(?:tous les jours de|les jours de|en) (?P<each>semaine)\b|\bles (?P<one>jours ouvrables)\b", _each),
            row(r"\b(?:tous les|chaque|les) (?P<each>week-?end)s?\b", _each),
            row(
                rf"\b(?:tous les|chaque|les) (?P<names>(?:{DAY})s?(?:(?:,? et |, )(?:les )?(?:{DAY})s?)*)\b", _weekdays
            ),
            row(rf"\ble (?P<names>(?:{DAY})(?:(?:,? et |, )le (?:{DAY}))+)\b(?! (?:\d|prochain))", _weekdays),
            row(r"\btoutes les (?:(?P<count>\d+|deux|trois|demi)[ -])?(?P<unit>heure|minute)s?\b", _interval),
            row(r"\bchaque (?P<unit>heure|minute)\b", _interval),
        ),
        days=_days,
        parts=(
            row(r"\b(?:le |dans la |dans l'|au )(?P<part>matin|matinee|soir|soiree|apres-midi)\b", _part),
            row(r"\b(?:la|en pleine) nuit\b", lambda _: NamedDay(None, DayPart.NIGHT)),
        ),
    )


def _prepare(line: str) -> str:
    """Spellings that the patterns need not know."""
    line = re.sub(r"\bpour[ -]cents?\b", "%", line, flags=re.IGNORECASE)
    line = re.sub(r"\b(?:après|apres)[ -]midi\b", "après-midi", line, flags=re.IGNORECASE)
    return re.sub(r"\bweek[ -]end\b", "week-end", line, flags=re.IGNORECASE)


def _count(word: str) -> float:
    word = word.lower()
    return COUNTS[word] if word in COUNTS else float(word.replace(",", "."))


def _share(words: str | None) -> float:
    if words is None:
        return 0.0
    return 0.5 if "demi" in words else (0.75 if "quarts" in words else 0.25)


def _duration(found: re.Match[str]) -> timedelta | None:
    seconds: list[float] = []
    below = 60  # seconds of a number that stands behind hours without its unit; behind minutes it is seconds
    for piece in ONE_PIECE.finditer(found[0]):
        if piece["unit"]:
            unit = piece["unit"].lower()
            size = 7 * DAY_S if unit.startswith("sem") else SECONDS[unit[0]]
            seconds.append((_count(piece["count"]) + _share(piece["share"])) * size)
            below = size // 60
        elif piece["hours"]:
            seconds.append(3600.0 * int(piece["hours"]) + 60 * int(piece["minutes"]))
        elif piece["half"]:
            seconds.append({"h": 1800.0, "m": 30.0, "j": DAY_S / 2}[piece["half"][0].lower()])
        elif piece["left"]:
            seconds.append(float(below * int(piece["left"])))
        else:
            seconds.append(900.0 * _count(piece["quarters"] or "un"))
    return lasting(seconds)


def _half(found: re.Match[str], hour: int) -> str:
    """Which half of the day was said, if any."""
    groups = found.groupdict()
    if groups.get("night"):
        return "am" if hour in {12, 1, 2, 3, 4, 5} else "pm"
    if groups.get("noon"):
        return "pm"
    said = groups.get("part") or groups.get("today")
    return "" if not said else ("am" if said.lower() == "matin" else "pm")


def _time(found: re.Match[str]) -> ClockTime | None:
    word = found["hour"].lower()
    if word in {"midi", "minuit"}:
        time: ClockTime | None = ClockTime(12 if word == "midi" else 0)
    else:
        hour = int(_count(word))
        time = clock(hour, 0, _half(found, hour))
    if time is None:
        return None
    groups = found.groupdict()
    if groups.get("less"):
        return earlier(time, 15 if "quart" in groups["less"] else int(_count(groups["less"])))
    if groups.get("share"):
        return time._replace(minute=30 if "demi" in groups["share"] else 15)
    if groups.get("more"):
        return time._replace(minute=45)
    minute = int(_count(groups.get("minute") or "zero"))
    return time._replace(minute=minute) if minute < 60 else None


def _each(found: re.Match[str]) -> Often:
    groups = found.groupdict()
    word = str(groups.get("each") or groups.get("one") or "jour").lower()
    weekdays = WORKDAYS if word in {"semaine", "jours ouvrables"} else (WEEKEND if word.startswith("week") else DAILY)
    return Often(Recurrence(weekdays), PARTS.get(word))


def _weekdays(found: re.Match[str]) -> Often:
    return Often(Recurrence(frozenset(map(WEEKDAYS.index, re.findall(DAY, found["names"].lower())))))


def _interval(found: re.Match[str]) -> Often | None:
    count = found.groupdict().get("count")
    return each_while((_count(count) if count else 1.0) * SECONDS[found["unit"][0].lower()])


def _of(day: date | None, found: re.Match[str], *, weekly: bool = False) -> NamedDay | None:
    """A day, with the part of it that was said."""
    said = found.groupdict().get("part")
    return None if day is None else NamedDay(day, PARTS[said.lower()] if said else None, weekly)


def _weeks(today: date) -> tuple[Row[NamedDay], ...]:
    """Days of a week that is named with them."""

    def weeks_from(found: re.Match[str]) -> NamedDay | None:
        name, weeks = found["name"].lower(), WEEKS[found["weeks"].lower()]
        day = today + timedelta(days=NEAR[name]) if name in NEAR else next_weekday(today, WEEKDAYS.index(name))
        return _of(days_ahead(day, 7 * weeks), found)

    def in_next_week(found: re.Match[str]) -> NamedDay | None:
        return _of(of_next_week(today, WEEKDAYS.index(found["name"].lower())), found)

    return (
        row(
            rf"\b(?:le |d')?(?P<name>{DAY}|{'|'.join(NEAR)}),? (?:en|dans) (?P<weeks>{'|'.join(WEEKS)})\b{OF_DAY}",
            weeks_from,
        ),
        row(rf"\bla semaine prochaine,? (?:le )?(?P<name>{DAY})\b{OF_DAY}", in_next_week),
        row(rf"\b(?:le )?(?P<name>{DAY}){OF_DAY},? (?:de )?la semaine prochaine\b", in_next_week),
    )


def _days(today: date) -> tuple[Row[NamedDay], ...]:
    """Days as seen from this one."""
    ordinal = r"(?P<day>\d{1,2}(?:er)?|premier|deux|trois)"
    year = r"(?: (?P<year>\d{4}))?"

    def number(found: re.Match[str]) -> int:
        word = found["day"].lower()
        return {"premier": 1, "deux": 2, "trois": 3}[word] if word.isalpha() else int(word.removesuffix("er"))

    def dates(found: re.Match[str]) -> NamedDay | None:
        said = found["year"]
        month = MONTHS.index(found["month"].lower()) + 1
        day = dated(today, number(found), month, int(said) if said else None)
        return in_the_year(day, number(found), PARTS[found["part"].lower()] if found["part"] else None)

    def in_digits(found: re.Match[str]) -> NamedDay | None:
        day = int(found["day"])
        return in_the_year(dated(today, day, int(found["month"]), year_of(found["year"])), day, None)

    def feasted(name: str, found: re.Match[str]) -> NamedDay | None:
        return _of(feast(name, today), found)

    def weekday(found: re.Match[str]) -> NamedDay | None:
        name = WEEKDAYS.index(found["name"].lower())
        if found["last"]:
            return _of(next_weekday(today, name) - timedelta(weeks=1), found)
        day = next_weekday(today, name, not_today=bool(found["next"]))
        return _of(day, found, weekly=True)

    def ahead(found: re.Match[str]) -> NamedDay | None:
        count, unit = _count(found["count"]), found["unit"][0].lower()
        way = -1 if found[0].lower().startswith("il") else 1
        if unit in UNIT_MONTHS:
            return _of(months_ahead(today, way * count * UNIT_MONTHS[unit]), found)
        days = IDIOMS.get(count, count) if unit == "j" else count * {"s": 7, "q": 14}[unit]
        return _of(days_ahead(today, way * days), found)

    rows: list[Row[NamedDay]] = [
        *_weeks(today),
        row(rf"\bapres[ -]demain{OF_DAY}", lambda found: _of(today + timedelta(days=2), found)),
        row(rf"\bavant[ -]hier{OF_DAY}", lambda found: _of(today - timedelta(days=2), found)),
        row(rf"\bdemain{OF_DAY}", lambda found: _of(today + timedelta(days=1), found)),
        row(rf"\bhier{OF_DAY}", lambda found: _of(today - timedelta(days=1), found)),
        row(rf"\b(?:ce|cet|cette) (?P<part>{PART})\b", lambda found: _of(today, found)),
        row(rf"\baujourd'hui{OF_DAY}", lambda found: _of(today, found)),
        row(rf"\bdans (?:environ )?(?P<count>{COUNT}) (?P<unit>{LONG})\b{OF_DAY}", ahead),
        row(rf"\bil y a (?:environ )?(?P<count>{COUNT}) (?P<unit>{LONG})\b(?! de\b)", ahead),
        row(rf"\b(?:le )?(?:(?:{DAY}) )?{ordinal} (?P<month>{MONTH})\b{year}{OF_DAY}", dates),
        row(rf"\b(?:le|{DAY}|le {DAY}) {DIGITS}", in_digits),
        row(
            rf"\ble {ordinal}\b(?! ?(?:heures?|h|minutes?|fois|%)\b){OF_DAY}",
            lambda f: _of(of_month(today, number(f)), f),
        ),
    ]
    rows += [row(rf"\b(?:a |pour )?(?:{words})\b{OF_DAY}", partial(feasted, name)) for words, name in FEASTS.items()]
    rows += [
        row(r"\b(?:le |ce )?week-end(?: prochain)?\b", lambda found: _of(next_weekday(today, 5), found)),
        row(rf"\b(?:le )?(?P<name>{DAY})(?:(?P<next> prochain)|(?P<last> dernier))?\b{OF_DAY}", weekday),
    ]
    return tuple(rows)


def _part(found: re.Match[str]) -> NamedDay:
    said = found["part"].lower()
    return NamedDay(None, PARTS[{"matinee": "matin", "soiree": "soir"}.get(said, said)])
