"""Quantities in English: the patterns that `quantities.py` looks for."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

from robot.core.quantities import DAILY, WEEKEND, WORKDAYS, ClockTime, DayPart, Recurrence
from robot.sense.language.feasts import DIGITS, MOST_MONTHS, dated, feast, next_weekday, of_month, of_next_week, year_of
from robot.sense.language.quantity_patterns import (
    DAY_S,
    NamedDay,
    Often,
    Row,
    Tongue,
    clock,
    days_ahead,
    each_while,
    in_the_year,
    lasting,
    months_ahead,
    part_of,
    row,
)

MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NEAR = {"today": 0, "tomorrow": 1}
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
ORDINALS = {"first": 1, "second": 2, "third": 3}
COUNTS = {
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "another": 1.0,
    "two": 2.0,
    "three": 3.0,
    "half": 0.5,
    "half a": 0.5,
    "half an": 0.5,
}
QUARTERS = {"half": 30, "quarter": 15, "a quarter": 15, "three quarters": 45, "3 quarters": 45}
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": DAY_S, "w": 7 * DAY_S}
FEASTS = {
    "christmas eve": "christmas_eve",
    "christmas(?: day)?|xmas": "christmas",
    "new year'?s eve": "new_years_eve",
    "(?:the )?new year(?:'?s(?: day)?)?": "new_year",
    "easter monday": "easter_monday",
    "good friday": "good_friday",
    "easter(?: sunday)?": "easter",
    "ascension(?: day)?": "ascension",
    "whitsun(?:day)?|pentecost": "pentecost",
    "valentine'?s?(?: day)?": "valentine",
    "all saints'?(?: day)?": "all_saints",
    "halloween": "halloween",
}
DAY, MONTH, PART = "|".join(WEEKDAYS), "|".join(MONTHS), "|".join(DayPart)
OF_DAY = rf"(?: (?P<part>{PART})\b)?"
UNIT = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)\b"
COUNT = r"\d+(?:[.,]\d+)?|half an?|an?|one|two|three|another"
LONG = "(?:days?|weeks?|fortnights?|months?|years?)"
UNIT_DAYS, UNIT_MONTHS = {"d": 1, "w": 7, "f": 14}, {"m": 1, "y": 12}
FRACTION = r" and (?:a half|a quarter|three quarters|3 quarters)"
NO_SECOND = r"an? second (?!(?:and|more|from|later|ago|before|after|ahead|to|please|then)\b)[a-z]"  # "a second lamp"
PIECE = (
    rf"(?:(?:(?:a|one|three|3) )?quarters? of an hour|half (?:an? )?(?:hour|minute|day)\b"
    rf"|(?!{NO_SECOND})(?:{COUNT})(?:{FRACTION})?(?: more| extra)?[ -]?{UNIT}(?:{FRACTION})?)"
)
JOINT = r"(?:,? and |, | )"
LEFT = rf"\d+(?!\w|[.,:]\d|\s*(?:{UNIT}|%|percent))"
DURATION = rf"\b{PIECE}(?:{JOINT}{PIECE})*(?:(?:(?<=hour)|(?<=hours)|(?<=minute)|(?<=minutes)){JOINT}{LEFT})?"
ON_CLOCK = r"(?P<hours>\d{1,2})[:h](?P<minutes>[0-5]\d)(?![\w:])"  # behind "in": "1h30"
ONE_PIECE = re.compile(
    rf"(?:(?P<quarters>a|one|three|3) )?quarters? of an hour|half (?:an? )?(?P<half>hour|minute|day)\b"
    rf"|(?P<count>{COUNT})(?P<before>{FRACTION})?(?: more| extra)?[ -]?(?P<unit>{UNIT})(?P<behind>{FRACTION})?"
    rf"|{ON_CLOCK}|(?P<left>\d+)(?!\w)",
    re.IGNORECASE,
)
AT = r"\b(?:at|by|around|about|until|till|for|before|after|to|from|is)\s+(?:about |around |exactly )?"
HOUR = r"(?P<hour>\d{1,2}|one|two|three)"
HOURS = r"\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
BEFORE_HALF = r"at|for|by|until|till|about|around|make (?:it|that)|no|mean|meant|it's|is|put|say|said"
HALF_HOUR = rf"((?:^|, |\b(?:{BEFORE_HALF}) ))half ({HOURS})"
AT_NIGHT = r"(?:at|in the(?: (?:middle|dead) of the)?)"
HALF = (
    r"\s*(?P<half>[ap])\.?m\b\.?|\s+in the (?P<part>morning|afternoon|evening)"
    rf"|\s+{AT_NIGHT} (?P<night>night)\b"
    r"|\s+(?P<today>tonight|this (?:morning|afternoon|evening))"
)
PAST = r"(?P<minutes>\d+|one|two|three|(?:a )?quarter|half)(?: minutes?)? (?P<way>past|after|to|before|till)"
OCLOCK = r"(?:\s*o'?\s?clock)"
NO_UNIT = (
    rf"(?!\w|[.,:]\d|-|{FRACTION}|\s*(?:more\s+)?(?:{UNIT}|%|percent|times|euros?|pounds?|dollars?|people|years?|months?|of\b"
    rf"|(?:{MONTH})\b))"
)


def tongue() -> Tongue:
    """The patterns of English."""
    optional = f"(?:{HALF})?"
    past = row(rf"(?:{AT})?\b{PAST} {HOUR}\b{OCLOCK}?{optional}", _past)
    noon = row(rf"(?:{AT})?\b(?:{PAST} )?(?P<noon>noon|midday|midnight)\b", _noon)
    digital = row(rf"(?:{AT})?\b(?P<hour>\d{{1,2}})[:h](?P<minute>\d\d)\b{optional}", _plain)
    return Tongue(
        prepare=_prepare,
        times=(
            past,
            noon,
            digital,
            row(rf"(?:{AT})?\b{HOUR}{OCLOCK}{optional}", _plain),
            row(rf"(?:{AT})?\b{HOUR}(?:[ .](?P<minute>\d\d))?(?:{HALF})", _plain),
        ),
        behind=(
            past,
            noon,
            digital,
            row(rf"{AT}{HOUR}[ .](?P<minute>\d\d){NO_UNIT}{optional}", _plain),
            row(rf"{AT}{HOUR}(?:{OCLOCK}|{NO_UNIT}){optional}", _plain),
        ),
        duration=row(rf"(?:\b(?:for|of|by)\s+(?:about )?)?{DURATION}", _duration),
        lasting=row(rf"\b(?:in|within)\s+(?:about )?(?:{ON_CLOCK}|{DURATION})", _duration),
        often=(
            row(rf"\b(?:every|each) (?:single )?(?P<each>day|{PART}|weekday|workday|weekend)s?\b", _each),
            row(r"\b(?P<each>daily|everyday|once (?:a|per) day)\b", _each),
            row(r"\b(?:on|for) (?P<each>weekday|workday|weekend)s\b|\b(?:on|for) working (?P<working>day)s\b", _each),
            row(rf"\bevery (?P<names>(?:{DAY})s?(?:(?:,? and |, )(?:{DAY})s?)*)(?: (?P<part>{PART}))?\b", _weekdays),
            row(rf"\b(?:on )?(?P<names>(?:{DAY})s(?:(?:,? and |, )(?:on )?(?:{DAY})s)*)\b", _weekdays),
            row(r"\bevery (?:(?P<count>\d+|two|three|half(?: an)?) )?(?P<unit>hour|minute)s?\b", _interval),
        ),
        days=_days,
        parts=(
            row(
                r"\bin the (?P<part>morning|afternoon|evening)\b",
                lambda found: NamedDay(None, DayPart(found["part"].lower())),
            ),
            row(rf"\b{AT_NIGHT} night\b", lambda _: NamedDay(None, DayPart.NIGHT)),
        ),
    )


def _prepare(line: str) -> str:
    """“Seven oh five” and “ten-minute” as text2num would have them; “half six” in full, as it is meant in Britain and
    Ireland.
    """
    line = re.sub(r"(?<=[a-z])-(?=(?:second|sec|minute|min|hour|day|week|month)s?\b)", " ", line, flags=re.IGNORECASE)
    line = re.sub(rf"{HALF_HOUR}\b", r"\1half past \2", line, flags=re.IGNORECASE)
    return re.sub(
        rf"\b(?:oh|o) ({'|'.join(ONES)})\b",
        lambda found: f"0{ONES.index(found[1].lower()) + 1}",
        line,
        flags=re.IGNORECASE,
    )


def _count(word: str) -> float:
    word = word.lower()
    return COUNTS[word] if word in COUNTS else float(word.replace(",", "."))


def _share(words: str | None) -> float:
    """The fraction of "an hour and a half"."""
    return 0.0 if words is None else QUARTERS.get(words.lower().removeprefix(" and "), 30) / 60


def _duration(found: re.Match[str]) -> timedelta | None:
    seconds: list[float] = []
    below = 60  # seconds of a number that stands behind hours without its unit; behind minutes it is seconds
    for piece in ONE_PIECE.finditer(found[0]):
        if piece["unit"]:
            count = _count(piece["count"]) + _share(piece["before"]) + _share(piece["behind"])
            size = SECONDS[piece["unit"][0].lower()]
            seconds.append(count * size)
            below = size // 60
        elif piece["hours"]:
            seconds.append(3600.0 * int(piece["hours"]) + 60 * int(piece["minutes"]))
        elif piece["half"]:
            seconds.append(SECONDS[piece["half"][0].lower()] / 2)
        elif piece["left"]:
            seconds.append(float(below * int(piece["left"])))
        else:
            seconds.append(900.0 * _count(piece["quarters"] or "a"))
    return lasting(seconds)


def _half(found: re.Match[str], hour: int) -> str:
    """Which half of the day was said, if any."""
    if found["half"]:
        return found["half"].lower() + "m"
    if found["night"]:
        return "am" if hour in {12, 1, 2, 3, 4, 5} else "pm"
    said = found["part"] or found["today"]
    return "" if said is None else ("am" if "morning" in said.lower() else "pm")


def _minutes(word: str) -> int:
    return QUARTERS[word.lower()] if word.lower() in QUARTERS else int(_count(word))


def _way(found: re.Match[str]) -> str:
    return "past" if found["way"].lower() in {"past", "after"} else "to"


def _past(found: re.Match[str]) -> ClockTime | None:
    hour = clock(int(_count(found["hour"])), 0)
    time = None if hour is None else part_of(hour, _minutes(found["minutes"]), _way(found))
    return time if time is None or time.sure else clock(time.hour, time.minute, _half(found, time.hour))


def _noon(found: re.Match[str]) -> ClockTime | None:
    time = ClockTime(0 if found["noon"].lower() == "midnight" else 12)
    return time if found["minutes"] is None else part_of(time, _minutes(found["minutes"]), _way(found))


def _plain(found: re.Match[str]) -> ClockTime | None:
    hour = int(_count(found["hour"]))
    minute = found["minute"] if "minute" in found.re.groupindex else None
    return clock(hour, int(minute or 0), _half(found, hour))


def _each(found: re.Match[str]) -> Often:
    groups = found.groupdict()
    word = str((groups.get("working") and "weekday") or groups["each"]).lower()
    weekdays = {"weekday": WORKDAYS, "workday": WORKDAYS, "weekend": WEEKEND}.get(word, DAILY)
    return Often(Recurrence(weekdays), DayPart(word) if word in set(DayPart) else None)


def _weekdays(found: re.Match[str]) -> Often:
    names = re.findall(DAY, found["names"].lower())
    part = found.groupdict().get("part")
    return Often(Recurrence(frozenset(map(WEEKDAYS.index, names))), DayPart(part.lower()) if part else None)


def _interval(found: re.Match[str]) -> Often | None:
    count = _count(found["count"]) if found["count"] else 1.0
    return each_while(count * SECONDS[found["unit"][0].lower()])


def _of(day: date | None, found: re.Match[str], *, weekly: bool = False) -> NamedDay | None:
    """A day, with the part of it that was said."""
    said = found.groupdict().get("part")
    return None if day is None else NamedDay(day, DayPart(said.lower()) if said else None, weekly)


def _weeks(today: date) -> tuple[Row[NamedDay], ...]:
    """Days of a week that is named with them."""

    def named(name: str) -> date:
        """The next day with this name, which may be one in the week."""
        name = name.lower()
        return today + timedelta(days=NEAR[name]) if name in NEAR else next_weekday(today, WEEKDAYS.index(name))

    def weeks_from(found: re.Match[str]) -> NamedDay | None:
        count = _count(found.groupdict().get("count") or "a") * (1 if found["unit"][0].lower() == "w" else 2)
        return _of(days_ahead(named(found["name"]), 7 * count), found)

    def in_next_week(found: re.Match[str]) -> NamedDay | None:
        return _of(of_next_week(today, WEEKDAYS.index(found["name"].lower())), found)

    from_day = rf"(?P<name>{DAY}|{'|'.join(NEAR)})"
    return (
        row(
            rf"(?<!\bfor )\b(?:in )?(?P<count>{COUNT}) (?P<unit>weeks?|fortnights?)"
            rf" (?:from |on )?(?:next |this |coming )?{from_day}\b{OF_DAY}",
            weeks_from,
        ),
        row(rf"\b(?:on )?(?:next )?{from_day} (?P<unit>week|fortnight)\b{OF_DAY}", weeks_from),
        row(rf"\bnext week,? (?:on )?(?P<name>{DAY})\b{OF_DAY}", in_next_week),
        row(rf"\b(?:on )?(?P<name>{DAY}){OF_DAY},? (?:of |in )?next week\b", in_next_week),
    )


def _days(today: date) -> tuple[Row[NamedDay], ...]:
    """Days as seen from this one."""
    ordinal = r"(?P<day>\d{1,2}(?:st|nd|rd|th)?|first|second|third)"
    year = r"(?:,? (?P<year>\d{4}))?"

    def number(found: re.Match[str]) -> int:
        word = (found["day"] or found.groupdict().get("last") or "").lower()
        return ORDINALS[word] if word in ORDINALS else int(re.sub(r"\D", "", word))

    def dates(found: re.Match[str]) -> NamedDay | None:
        said = found["year"]
        month = MONTHS.index(found["month"].lower()) + 1
        day = dated(today, number(found), month, int(said) if said else None)
        return in_the_year(day, number(found), DayPart(found["part"].lower()) if found["part"] else None)

    def in_digits(found: re.Match[str]) -> NamedDay | None:
        """As in Britain, or as in America where only that can be; none where it may be either."""
        day, month = int(found["day"]), int(found["month"])
        if month <= MOST_MONTHS and day <= MOST_MONTHS and day != month:
            return None
        day, month = (month, day) if month > MOST_MONTHS else (day, month)
        return in_the_year(dated(today, day, month, year_of(found["year"])), day, None)

    def feasted(name: str, found: re.Match[str]) -> NamedDay | None:
        return _of(feast(name, today), found)

    def weekday(found: re.Match[str]) -> NamedDay | None:
        if (found["which"] or "").lower().startswith("last"):
            return _of(next_weekday(today, WEEKDAYS.index(found["name"].lower())) - timedelta(weeks=1), found)
        beyond = (found["which"] or "").lower().startswith(("next", "coming"))
        day = next_weekday(today, WEEKDAYS.index(found["name"].lower()), not_today=beyond)
        return _of(day, found, weekly=True)

    def ahead(found: re.Match[str]) -> NamedDay | None:
        unit, ago = found["unit"][0].lower(), found[0].lower().endswith("ago")
        count = _count(found["count"]) * UNIT_DAYS.get(unit, UNIT_MONTHS.get(unit, 0)) * (-1 if ago else 1)
        return _of((days_ahead if unit in UNIT_DAYS else months_ahead)(today, count), found)

    def this(found: re.Match[str]) -> NamedDay:
        return NamedDay(today, DayPart.NIGHT if "night" in found[0].lower() else DayPart(found["part"].lower()))

    rows: list[Row[NamedDay]] = [
        *_weeks(today),
        row(rf"\b(?:the )?day after tomorrow{OF_DAY}", lambda found: _of(today + timedelta(days=2), found)),
        row(rf"\b(?:the )?day before yesterday{OF_DAY}", lambda found: _of(today - timedelta(days=2), found)),
        row(rf"\btomorrow{OF_DAY}", lambda found: _of(today + timedelta(days=1), found)),
        row(rf"\byesterday{OF_DAY}", lambda found: _of(today - timedelta(days=1), found)),
        row(r"\btonight\b|\bthis (?P<part>morning|afternoon|evening)\b", this),
        row(r"\b(?:later )?today\b", lambda _: NamedDay(today)),
        row(rf"\bin (?:about )?(?P<count>{COUNT}) (?P<unit>{LONG})(?:' time)?\b{OF_DAY}", ahead),
        row(rf"\b(?P<count>{COUNT}) (?P<unit>{LONG}) from (?:now|today)\b{OF_DAY}", ahead),
        row(rf"\b(?P<count>{COUNT}) (?P<unit>{LONG}) ago\b", ahead),
        row(rf"\b(?:on )?(?:the )?{ordinal} (?:of )?(?P<month>{MONTH})\b{year}{OF_DAY}", dates),
        row(rf"\b(?:on )?(?P<month>{MONTH}) (?:the )?{ordinal}\b(?! o'?clock){year}{OF_DAY}", dates),
        row(rf"\b(?:on|by|for|the|{DAY}),? (?:the )?{DIGITS}", in_digits),
        row(
            r"\bon the (?P<day>\d{1,2}(?:st|nd|rd|th)|first|second|third)\b"
            r"|\bthe (?P<last>\d{1,2}(?:st|nd|rd|th))(?=\W*$)",
            lambda f: _of(of_month(today, number(f)), f),
        ),
    ]
    rows += [row(rf"\b(?:on |at )?(?:{words})\b{OF_DAY}", partial(feasted, name)) for words, name in FEASTS.items()]
    rows += [
        row(r"\b(?:on |at )?(?:the |this |next )?weekend\b", lambda found: _of(next_weekday(today, 5), found)),
        row(rf"\b(?:on )?(?P<which>last |this |next |coming |the next )?(?P<name>{DAY})\b{OF_DAY}", weekday),
    ]
    return tuple(rows)
