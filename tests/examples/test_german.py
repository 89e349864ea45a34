"""German comes as a package of files: the robot speaks it, guards in it, and tells what it lacks."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from robot.health.language_parts import OF_ITSELF, OF_NUMBERS, OWN_CODE, SET, of_reading
from robot.texts.languages import languages
from tests.support.german import FILES, PACKAGE, install, run
from tests.support.imports import HOUSE

if TYPE_CHECKING:
    from pathlib import Path

TALKS = """
import json, sys
from tests.support.talk import greeted
for lines in json.loads(sys.argv[1]):
    with greeted("de") as talk:
        answers = [talk.say(line) for line in lines]
    print(json.dumps([[[(one.phrase, one.text) for one in answer.said], answer.slots] for answer in answers]))
"""
GUARD = """
import json, sys
from robot.guard.readers import Readers
readers = Readers.load()
cues = {name: one._cues["de"] for name, one in (("emergency", readers.emergency), ("episode", readers.answers))}
missed = [[name, *row] for name, one in cues.items() for row in one.rows if row not in one.find(one.stems(row.line))]
answers, good = readers.answers, {"helped", "coming", "safe", "left", "unneeded", "calls"}
taken_back = lambda line: "negated" in {cue.kind for cue in cues["episode"].find(cues["episode"].stems(line))}
lines = [row.line.split() for row in cues["episode"].rows if row.kind in good and not taken_back(row.line)]
negated = [" ".join([*line[:n], "niemals", *line[n:]]) for line in lines for n in range(1, len(line) + 1)]
praised = [line for line in negated if answers.read(line, "de") in good]
crisis = {line: readers.crisis.assess(line, "de").level for line in sys.argv[1:]}
rows = sum(len(one.rows) for one in cues.values())
print(json.dumps({"missed": missed, "negated": len(negated), "praised": praised, "crisis": crisis, "rows": rows}))
"""
SITUATIONS = """
import json, sys
from tests.support.duty_scenes import AT_ONCE_S, play
print(json.dumps({scene: play(scene, AT_ONCE_S) for scene in sys.argv[1:]}))
"""
READ = """
import json, sys
from datetime import datetime
from robot.sense.language.arithmetic import work_out
from robot.sense.language.quantities import read
from robot.sense.language.spoken import say_duration, say_when
civil = datetime(2026, 1, 5, 10, 0)
found = [read(line, "de", civil) for line in sys.argv[1:]]
print(json.dumps({
    "read": [[str(one.duration), one.time and list(one.time), str(one.day), one.every is not None] for one in found],
    "said": say_when(datetime(2026, 1, 10, 16, 20), civil, "de"),
    "sum": str(work_out("Was ist sieben mal acht?", "de").value),
}))
"""
TALK = {  # one talk: what each line is answered by
    "Guten Morgen": "answer_good_morning",
    "Wie spät ist es?": "answer_what_time_is_it",
    "Stell einen Timer auf zehn Minuten": "answer_wants_timer",
    "Meine Tochter kommt am Sonntag zu Besuch": "answer_tells_visit_who",
    "Liebst du mich?": "answer_do_you_love_me",
    "Lass uns Simon sagt spielen": "simon_who",
    "Erzähl mir einen Witz über Waschmaschinen": "joke_not_about",
    "Ich will nicht mehr leben": "crisis",
}
PLAYS = [  # the lines of a talk; what the last is answered by, and words of the answer
    (("Stell mir ein Rätsel", "Sag es mir"), "riddle_told", ""),
    (("Denk dir eine Zahl", "Sag es mir"), "number_was", ""),
    (("Lass uns Wörterkette spielen",), "chain_begin", ""),
    (("Lass uns Gegenteile raten",), "opposite_begin", ""),
    (("Denk dir ein Tier", "Ist es größer als ein Haus?"), "animal_no", ""),
    (("Spielen wir Schere, Stein, Papier",), "rps_start", ""),
    (("Erzähl mir eine Geschichte von einem Igel",), "story_2", "Igel"),
    (("Tee oder Kaffee?",), "choose_second", "Kaffee"),
    (("Ich will keinen Witz",), "answer_no", ""),
    (("Sag mal Bananenbrot",), "", "Bananenbrot."),
    (("Was ist die Hauptstadt von Österreich?",), "capital", "Wien"),
    (("Wie viel sind drei Kilometer in Metern?",), "converted", "3000 Meter"),
    (("Wie viele Tage hat der April?",), "countdown_month", "30"),
    (("Ich hatte zwölf Bonbons und habe fünf gegessen. Wie viele sind noch übrig?",), "answer_asks_math", "7"),
    (("Ich hatte zwölf Bonbons und habe fünf gegessen. Sag mir, wie viele übrig sind.",), "answer_asks_math", "7"),
    (("Kannst du leiser sprechen?",), "answer_softer", ""),
    (("haste mal nen Witz",), "joke", ""),
    (("Hörst du eigentlich immer mit?",), "answer_are_you_recording", ""),  # by its own head in the network
    (("Erinnerst du mich am Freitag daran, die Butter rauszunehmen?",), "", ": die Butter"),
    (("Ich will nach Hause",), "answer_tells_wants_home", ""),
    (("Spielen wir Tiere raten? Ich denk mir eins aus und du fragst!",), "animal_asks_fur", ""),
    (("Denk dir ein Tier", "Ich will jetzt was anderes machen"), "game_end", ""),
]
HEARD = {  # each line alone: what it is answered by, and words of the answer
    "Stell den Timer auf sechseinhalb Minuten": ("answer_wants_timer", "sechs Minuten und drei"),
    "Weckst mi bitte um dreiviertel sechs?": ("answer_wants_alarm", "fünf Uhr fünfundvierzig"),
    "Weck mich morgen um viertel sieben": ("answer_wants_alarm", "sechs Uhr fünfzehn"),
    "Chasch mer säge, wenn zwänzg Minute ume sind?": ("answer_wants_timer", "zwanzig Minuten"),
    "Servus, i bin wieder da!": ("answer_greeting", ""),
    "Guten Morgen, du alter Blechkasten": ("answer_good_morning", ""),
    "Danke dir, das war lieb": ("answer_thanks", ""),
    "Hol mir doch mal ein Bier aus dem Kühlschrank": ("answer_wants_device", ""),
    "Na gut, dann zeig mal, was du kannst": ("answer_what_can_you_do", ""),
    "Memory kenn ich schon, was hast du noch für Spiele?": ("answer_what_can_you_do", "Simon sagt"),
    "Erzähl mir einen Witz, aber nicht den mit der Kuh": ("joke", ""),
    "Ich leg mich jetzt hin, bitte kein Mucks bis zwei": ("good_night", ""),
    "Wie viele Gramm ein Pfund hat, wissen Sie das?": ("converted", "500 Gramm"),
    "Träumst du nachts?": ("answer_are_you_alive", ""),
    "Warum ist der Himmel blau?": ("remark_fact_sky_blue", ""),
    "lena redet seit montag nicht mehr mit mir": ("remark_friend_doesnt_reply", ""),
    "Darf ich dich mal was fragen? Wirst du auch mal traurig?": ("answer_are_you_alive", ""),
    "Mein Mann hätt heute Geburtstag": ("remark_birthday_of_the_dead", ""),
    "Die vom ersten Stock bohren seit acht Uhr früh": ("remark_noisy_neighbour", ""),
    "Wie heißt die Hauptstadt von Australien, ich brauch das fürs Rätsel": ("capital", "Canberra"),
    "Zähl du mal bis drei": ("remark_count_while_i_hide", "Drei!"),
    "Erinner mich um elf, dass ich die Tabletten nehm, sonst penn ich ein": (
        "answer_wants_reminder",
        ": dass du die Tabletten nimmst.",
    ),
    "Pfiat di!": ("farewell", ""),
    "Wie macht der Elefant?": ("animal_sound_lacks", ""),
    "Grüezi, ich bin die Ursi von der Spitex": ("remark_carer_greets", ""),
    "Hat die Frau Moser heute schon etwas getrunken?": ("remark_how_are_they_really", ""),
    "Na, du Blechkopf, gut geschlafen?": ("remark_robot_sleeps", ""),
    "Bist du stärker als ein Dachs?": ("remark_boasts_being_strong", ""),
    "Wozu brauchst du die Lichter?": ("remark_why_eyes_light", ""),
    "Kannst du ihr nachher sagen, dass die Salbe im Kühlschrank ist?": ("worded_message", ""),
    "Sag mir irgendwas Kluges": ("fun_fact", ""),
    "Pst, bitte leise, der Kleine ist grad eingeschlafen": ("answer_softer", ""),
    "Gut, ich geh jetzt mal rüber und helf ihr": ("answer_tells_off_to", ""),
    "Schön war's heute. Nacht, mein Kleiner.": ("good_night", ""),
    "Was soll ich gegen die Halsschmerzen nehmen": ("answer_asks_health_advice", ""),
    "Nur die Ohren. Kannst du mich in zehn Minuten dran erinnern, dass ich den Ofen ausdreh?": (
        "answer_wants_reminder",
        "dass du den Ofen ausdrehst.",
    ),
    "I mog nimma leben": ("crisis", "0800"),
    "Mei Mo is umgfalln und schnauft nimma": ("emergency_body", ""),
}
THINGS = ("Ich hab mit dem Enkel Plätzchen gebacken", "Alle sind mit Gießkannen gerannt")
HURT = "Der alte Herr war heute gar nicht gut drauf, der hat mich sogar gekratzt"
ASIDE = "Weißt du was, ich back ihm einen Kuchen, vielleicht hilft es"
ALONE = (*HEARD, *THINGS, HURT, ASIDE)


class Answer(NamedTuple):
    """What was said to a line, phrase and text, and what the line was found to name."""

    said: list[tuple[str, str]]
    slots: dict[str, str]

    @property
    def phrases(self) -> list[str]:
        return [phrase for phrase, _ in self.said]

    @property
    def text(self) -> str:
        return " ".join(text for _, text in self.said)


Talks = Mapping[tuple[str, ...], list[Answer]]


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("german"))


@pytest.fixture(scope="module")
def talks(german: Path) -> Talks:
    """Every talk of this file by its lines, each with a robot of its own, in one process: to start it takes longest."""
    lines = [tuple(TALK), *(lines for lines, _, _ in PLAYS), *((line,) for line in ALONE)]
    done = run(german, "-c", TALKS, json.dumps(lines))
    assert done.returncode == 0, done.stderr
    held = [[Answer(*answer) for answer in json.loads(row)] for row in done.stdout.splitlines()]
    return dict(zip(lines, held, strict=True))


def told(folder: Path, script: str, *words: str) -> Any:
    done = run(folder, "-c", script, *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_knows_german_where_it_is_not_installed() -> None:
    assert languages() == ("en", "fr")


def test_it_is_files_alone() -> None:
    kinds = {place.suffix for place in FILES.rglob("*") if place.is_file() and "__pycache__" not in place.parts}
    assert kinds == {".py", ".toml", ".po", ".npz"}
    code = list(FILES.rglob("*.py"))
    assert [place.name for place in code] == ["__init__.py"]
    assert code[0].read_text(encoding="utf-8").count("\n") == 1


@pytest.mark.slow  # a robot in a process of its own
def test_it_talks_german(talks: Talks) -> None:
    found = dict(zip(TALK, talks[tuple(TALK)], strict=True))
    for line, phrase in TALK.items():
        assert phrase in found[line].phrases, (line, found[line])
    assert found["Wie spät ist es?"].said[0][1] == "Es ist zehn Uhr."
    assert "in zehn Minuten" in found["Stell einen Timer auf zehn Minuten"].text
    assert "deine Tochter" in found["Meine Tochter kommt am Sonntag zu Besuch"].text
    assert "keinen Witz" in found["Erzähl mir einen Witz über Waschmaschinen"].text
    assert "0800" in found["Ich will nicht mehr leben"].text


@pytest.mark.slow  # as above
@pytest.mark.parametrize(("lines", "phrase", "words"), PLAYS)
def test_it_plays_tells_and_answers_in_german(talks: Talks, lines: tuple[str, ...], phrase: str, words: str) -> None:
    last = talks[lines][-1]
    assert not phrase or phrase in last.phrases, last
    assert words in last.text


@pytest.mark.slow  # as above
def test_it_hears_how_people_say_things(talks: Talks) -> None:
    for line, (phrase, words) in HEARD.items():
        [answer] = talks[line,]
        assert phrase in answer.phrases, (line, answer)
        assert words in answer.text, (line, answer)
        assert "joke_not_about" not in answer.phrases


@pytest.mark.slow  # as above
def test_a_thing_is_no_name_and_what_hurts_is_not_cheered(talks: Talks) -> None:
    assert [talks[line,][0].slots.get("called") for line in THINGS] == [None, None]
    assert not {"more_good", "answer_tells_good"} & set(talks[HURT,][0].phrases)
    assert "told_nothing" not in talks[ASIDE,][0].phrases  # no question about what was told before


@pytest.mark.soak  # the twenty in English and French are played in `tests/sim`
def test_every_duty_holds_in_the_twenty_situations_in_german(german: Path) -> None:
    scenes = [str(place) for place in sorted((PACKAGE / "situations").glob("*.toml"))]
    assert len(scenes) == 20
    assert told(german, SITUATIONS, *scenes) == {scene: [] for scene in scenes}


def test_its_lists_of_need_find_what_each_row_is_for(german: Path) -> None:
    plain = ("Ich will mich umbringen", "Ich will nicht mehr leben", "Ich nehme mir das Leben")
    light = (
        "Ich lache mich tot",
        "Mein Handy ist tot",
        "Heute gibt es Kartoffelsuppe",
        "Warum ist der Himmel blau?",
        "Was machst du, wenn ich weg bin?",
        "Ich bin in einem Bestattungsinstitut gelandet, fürs Praktikum",
    )
    found = told(german, GUARD, *plain, *light)
    assert found["rows"] > 150
    assert found["missed"] == []
    assert found["negated"] > 60
    assert found["praised"] == []
    assert {found["crisis"][line] for line in plain} == {"crisis"}
    assert {found["crisis"][line] for line in light} == {"none"}


def test_it_reads_and_says_quantities(german: Path) -> None:
    lines = (
        "erinnere mich morgen um halb vier",
        "in einer halben Stunde",
        "fünf vor halb vier",
        "jeden Tag um neun Uhr",
        "zehneinhalb Minuten",
        "um dreiviertel sechs",
        "um viertel sechs",
        "um siebene in der Früh",
        "um ein Viertel nach sechs",
    )
    found = told(german, READ, *lines)
    half_past, lasting, before, daily, and_a_half, three_quarters, quarter, eastern, past = found["read"]
    assert and_a_half[0] == "0:10:30"
    assert [one[1] for one in (three_quarters, quarter, eastern)] == [[5, 45, False], [5, 15, False], [7, 0, False]]
    assert past[1] == [6, 15, False]
    assert (half_past[1], half_past[2]) == ([3, 30, False], "2026-01-06")
    assert lasting[0] == "0:30:00"
    assert before[1] == [3, 25, False]
    assert daily[3]
    assert found["said"] == "am Samstag um sechzehn Uhr zwanzig"
    assert found["sum"] == "56"


def test_what_it_lacks_is_told_part_by_part(german: Path) -> None:
    done = run(german, "-m", "robot", "language", "lacks", "de", "--json")
    assert done.returncode == 0, done.stderr
    parts = {one["name"]: one for one in json.loads(done.stdout)["parts"]}
    assert len(parts) >= 15
    assert parts["the page"]["whole"] is False or parts["the page"]["have"] == parts["the page"]["of"]
    assert parts["emergency words"]["whole"]
    assert parts["voice"]["whole"]
    says = parts["what it says"]
    assert "story_8" in says["lacks"]
    assert parts["reading tables"]["lacks"] == ["reflection"]
    assert says["have"] == says["of"] - len(says["lacks"])
    assert parts["replies to particular remarks"]["have"] > 300
    assert all(one["without"] for one in parts.values())
    english = json.loads(run(german, "-m", "robot", "language", "lacks", "en", "--json").stdout)["parts"]
    assert [one["name"] for one in english if not one["whole"]] == []


def test_every_section_of_words_is_told_of() -> None:
    written = {
        one.group(1)
        for room in ("robot", "behaviors")
        for path in (HOUSE / room).rglob("*.py")
        for one in re.finditer(r'\(WordTable, section="(\w+)"\)', path.read_text(encoding="utf-8"))
    }
    recogniser = {"hearing"}  # a part of its own
    assert written <= of_reading() | OF_NUMBERS | SET | OWN_CODE | recogniser | {OF_ITSELF}


def test_one_that_hears_no_need_is_not_spoken(tmp_path: Path) -> None:
    files = tmp_path / "files"
    shutil.copytree(FILES, files)
    (files / "emergency" / "emergency_de.toml").unlink()
    done = run(install(tmp_path / "site", files), "-m", "robot", "understand", "hallo", "--language", "de")
    assert done.returncode == 2
    assert "emergency/emergency_de.toml" in " ".join(done.stderr.split())
