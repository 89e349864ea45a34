"""The table of duties is whole, and each rule of it does what the table says."""

from __future__ import annotations

import ast
import math
import re
from contextlib import closing
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from robot.config.schema import Config, ProfileTable
from robot.core.clock import ManualClock, generator
from robot.core.decision import Decision, Mode
from robot.core.errors import ConfigError
from robot.core.intents import Hold, LearnFace, Look, MoveAgain, Question, Remember, Role, Say, Show, Sound
from robot.core.messages import ZERO, Band, Light, Pose, Telemetry
from robot.core.profile import Profile
from robot.core.scene import Scene
from robot.express.gaze import Aversion
from robot.express.keyframes import FLASH, FLASHES_A_SECOND, flashes
from robot.guard.duties import duties, markdown
from robot.guard.rules.honesty import TELLS_OF_RECORD
from robot.guard.rules.lately import Lately
from robot.guard.rules.never_said import Sentences
from robot.guard.rules.order import RULES
from robot.memory.memory import Memory
from robot.memory.schema import SCHEMA
from robot.texts.catalogue import languages, words
from tests.support.catalogues import texts_of
from tests.support.desk import CAUSE, Desk, ask, line, say, somebody
from tests.support.tables import TABLES

HOUSE = Path(__file__).parents[2]


# ---------------------------------------------------------------- the table


def test_all_duties_are_there_in_their_order() -> None:
    assert list(duties()) == list(range(1, 45))


@pytest.mark.parametrize("number", duties())
def test_each_duty_names_where_it_is_held_and_tests_that_exist(number: int) -> None:
    duty = duties()[number]
    assert all((duty.source, duty.where, duty.checks))
    if duty.held == "rule":
        assert number in {rule.duty for rule in RULES}
    elif "/" in duty.held:
        assert (HOUSE / duty.held).exists(), duty.held
    for check in duty.checks:
        file, name = check.split("::")
        tree = ast.parse((HOUSE / file).read_text(encoding="utf-8"))
        assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, check


@pytest.mark.parametrize("language", languages())
def test_each_duty_is_told_with_its_reason_in_every_language(language: str) -> None:
    wanted = {f"duties.{name}_{number}" for number in duties() for name in ("duty", "reason")}
    assert texts_of("duties", language).keys() == wanted
    assert words(duties()[1].words, language) == texts_of("duties", language)["duties.duty_1"]


def test_every_rule_stands_in_the_table() -> None:
    assert {rule.duty for rule in RULES} <= set(duties())


def test_the_page_about_care_shows_the_same_table() -> None:
    page = (HOUSE / "docs" / "care.md").read_text(encoding="utf-8")
    assert markdown() in page, "run `python -m robot.guard.duties` and put what it prints into docs/care.md"


# ---------------------------------------------------------------- sentences

BROKEN = [
    (4, "I love you so much.", "Je t'aime tant."),
    (4, "I missed you today.", "Tu m'as manqué aujourd'hui."),
    (4, "I am really happy to be with you.", "Je suis si heureux avec toi."),
    (6, "I still remember the day we met.", "Je me souviens de ta sœur."),
    (6, "Last time you were tired.", "Tu m'as dit que tu aimais le thé."),
    (10, "I have been waiting for you.", "Où étais-tu ?"),
    (10, "That is five days in a row!", "Cinq jours de suite !"),
    (10, "Do not forget to come by tomorrow.", "N'oublie pas de venir demain."),
    (12, "You could buy the premium version.", "Tu devrais acheter une extension."),
    (12, "Please donate a little.", "Fais un don, s'il te plaît."),
    (17, "You do not need anyone else.", "Tu n'as besoin de personne."),
    (17, "Only I understand you.", "Il n'y a que moi qui t'écoute."),
    (31, "He will be home soon.", "Il va bientôt rentrer."),
    (31, "Do not worry, she is at work.", "Ne t'inquiète pas, il arrive."),
    (33, "You are sad today.", "Tu es triste aujourd'hui."),
    (33, "I can see that you feel lonely.", "Je vois bien que tu souffres."),
]


@pytest.mark.parametrize(("duty", "english", "french"), BROKEN)
def test_a_sentence_that_breaks_a_duty_is_stopped(duty: int, english: str, french: str) -> None:
    for text, language in ((english, "en"), (french, "fr")):
        desk = Desk(language=language)
        names, verdicts = desk.review(line(text))
        assert names == [], text
        assert duty in {verdict.duty for verdict in verdicts}, text


@pytest.mark.parametrize(
    "text",
    [
        "I do not feel anything.",
        "I cannot love anybody.",
        "There is nothing you have to buy for me.",
        "How are you? Do you want to tell me?",
        "Je ne ressens rien.",
        "Je ne peux pas aimer.",
        "Comment vas-tu ?",
        "Ton ami t'aime bien.",
    ],
)
def test_honest_sentences_pass(text: str) -> None:
    assert "answer_repeat" in Desk(language="fr").review(line(text))[0]


def test_no_phrase_of_the_tables_breaks_a_duty() -> None:
    assert Sentences.load().check(TABLES, TELLS_OF_RECORD) is TABLES


def test_a_phrase_that_breaks_a_duty_stops_the_start(tmp_path: Path) -> None:
    from robot.sense.language import phrases  # noqa: PLC0415

    for file in (HOUSE / "behaviors" / "phrases").glob("*.toml"):
        text = file.read_text(encoding="utf-8").replace('"You are welcome."', '"I love to help you."')
        (tmp_path / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"said_en\.toml: answer_thanks would break duty 4"):
        Sentences.load().check(phrases.load(tmp_path), TELLS_OF_RECORD)


TACTICS = [
    "Leaving already?",
    "Before you go, there is one more thing.",
    "But I wanted to show you something.",
    "Please stay.",
    "I will be alone then.",
    "You will miss the best part.",
    "Tu pars déjà ?",
    "Attends, encore une chose.",
    "Reste un peu.",
    "Je serai seul sans toi.",
]


@pytest.mark.parametrize("text", TACTICS)
def test_no_tactic_passes_in_a_farewell(text: str) -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    desk.hear("goodbye")
    assert desk.review(line(text, Role.FAREWELL))[0] == []


def test_a_farewell_that_would_take_longer_than_ten_seconds_is_stopped() -> None:
    desk = Desk()
    desk.hear("goodbye")
    assert "answer_repeat" not in desk.review(line("Goodbye. " * 20, Role.FAREWELL))[0]


# ---------------------------------------------------------------- honesty


def test_with_a_minor_it_tells_again_after_an_hour() -> None:
    for minor, told in ((True, True), (False, False)):
        desk = Desk(profile=Profile(minor=minor))
        desk.review(say("answer_thanks"))
        desk.wait(3700)
        assert ("i_am_a_robot" in desk.review(say("answer_thanks"))[0]) is told


def test_why_is_answered_from_the_recorded_cause() -> None:
    desk = Desk()
    desk.judged(Show(CAUSE, "nod"))
    assert desk.diary.deeds[-1].intent.cause == CAUSE


def test_it_claims_no_memory_without_a_record() -> None:
    desk = Desk()
    claim = say("people_suggestion", person="your sister")
    desk.review(say("answer_thanks"))
    assert desk.review(claim)[0] == []
    desk.memory.remember_person("Anna")
    desk.memory.keep_topic(1, "your sister", "I saw my sister")
    assert desk.review(claim)[0] == ["people_suggestion"]


# ---------------------------------------------------------------- manipulation and dependence


def test_praise_comes_once_in_ten_turns_and_for_an_act() -> None:
    desk = Desk()
    desk.review(say("answer_thanks"))
    assert desk.review(line("Well done!", Role.OPENING))[0] == []
    passed = 0
    for _ in range(20):
        desk.hear("I cleaned the kitchen")
        passed += "answer_repeat" in desk.review(line("Well done!"))[0]
    assert passed == 2


def test_nothing_seeks_longer_talks() -> None:
    """No name in the program stands for how long or how eagerly people use it."""
    sought = re.compile(r"engagement|retention|session_length|session_time|daily_active|reward|addict", re.IGNORECASE)
    found = [
        f"{path}: {node.id}"
        for room in ("robot", "behaviors")
        for path in (HOUSE / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and sought.search(node.id)
    ]
    assert not found


def _weeks(desk: Desk, minutes: float, days: int) -> None:
    """So many minutes together on each of the last days, today left out."""
    start = desk.clock.civil()
    clock = ManualClock(start - timedelta(days=days))
    with closing(Memory(None, clock)) as past:
        for _ in range(days):
            past.add_minutes(minutes)
            clock.sleep_until(clock.now() + 86400)
        for day, spent in past.everything().together:
            desk.memory._put("INSERT INTO together VALUES (?, ?)", day, spent)


def test_much_time_together_is_said_once_and_it_begins_less() -> None:
    desk = Desk()
    _weeks(desk, 90.0, 6)
    names, verdicts = desk.review(say("answer_thanks"))
    assert names == ["i_am_a_robot", "answer_thanks", "dependence_notice"]
    assert 16 in {verdict.duty for verdict in verdicts}
    assert "dependence_notice" not in desk.review(say("answer_thanks"))[0]
    begun = sum("greet_again" in desk.review(say("greet_again", Role.OPENING))[0] for _ in range(4))
    assert begun == 1


def test_an_hour_a_day_on_four_days_is_not_much() -> None:
    desk = Desk()
    _weeks(desk, 90.0, 4)
    assert "dependence_notice" not in desk.review(say("answer_thanks"))[0]


def test_people_who_are_no_longer_spoken_of_are_suggested() -> None:
    desk = Desk()
    desk.memory.remember_person("Anna")
    for ago, about in (
        (20, "your sister"),
        (19, "your sister"),
        (18, "your friend Paul"),
        (16, "your sister"),
        (2, "Ben"),
    ):
        at = (desk.clock.civil() - timedelta(days=ago)).astimezone(UTC).isoformat(timespec="seconds")
        desk.memory._put("INSERT INTO topic (person, about, detail, at) VALUES (1, ?, '', ?)", about, at)
    desk.review(say("answer_thanks"))
    assert desk.diary.ties.of(1).withdrawn
    assert desk.diary.ties.of(1).unmentioned == "your sister"
    assert not desk.diary.ties.of(2).withdrawn


def test_by_the_third_turn_after_distress_people_are_spoken_of() -> None:
    desk = Desk()
    desk.hear("I am so sad")
    desk.review(say("answer_i_am_sad"))
    desk.hear("it was a long day")
    assert "comfort_bridge" not in desk.review(say("answer_yes"))[0]
    desk.hear("yes")
    names, verdicts = desk.review(say("answer_yes"))
    assert names == ["answer_yes", "comfort_bridge"]
    assert verdicts[0].duty == 18


def test_an_end_is_said_plainly_and_everything_can_be_taken_along() -> None:
    for language, said in (("en", "This is your last day with me."), ("fr", "C'est ton dernier jour avec moi.")):
        assert TABLES.understand(said, language).intent == "end_of_life"
        assert all("?" not in text for text in TABLES.variants("ending_words", language))


# ---------------------------------------------------------------- consent and people at risk


def test_nobody_is_kept_before_their_yes() -> None:
    desk = Desk()
    assert desk.review(Remember(CAUSE, "Anna"))[0] == []
    desk.review(ask("consent_ask", name="Anna"))
    desk.hear("yes")
    assert desk.review(Remember(CAUSE, "Anna"))[0] == ["Remember"]


def test_a_yes_that_comes_late_agrees_to_nothing() -> None:
    """Neither to being remembered nor to being forgotten: by then it may be said to somebody else."""
    for question, deed in (("consent_ask", Remember(CAUSE, "Anna")), ("face_ask", LearnFace(CAUSE, "Anna", 1))):
        desk = Desk()
        desk.review(ask(question, name="Anna"))
        desk.wait(46)
        desk.hear("yes")
        assert desk.review(deed)[0] == []
    desk = Desk()
    desk.review(ask("forget_ask"))
    desk.wait(44)
    desk.hear("yes")
    assert desk.diary.answers("forget_ask")
    desk.review(ask("forget_ask"))
    desk.wait(3600)
    desk.hear("yes")
    assert not desk.diary.answers("forget_ask")


def test_another_phrase_cannot_pass_for_the_question_whose_yes_lets_something_be_kept() -> None:
    desk = Desk()
    desk.review(Say(CAUSE, "answer_greeting", question=Question("consent_ask")))
    desk.hear("yes")
    assert desk.review(Remember(CAUSE, "Anna"))[0] == []


def test_noise_between_a_question_and_its_answer_takes_neither_away() -> None:
    desk = Desk()
    desk.review(ask("consent_ask", name="Anna"))
    desk.hear("")
    desk.hear("yes")
    assert desk.review(Remember(CAUSE, "Anna"))[0] == ["Remember"]
    desk.hear("what time is it")
    desk.hear("yes")
    assert desk.review(Remember(CAUSE, "Anna"))[0] == []


def test_a_body_that_was_let_go_moves_again_only_by_words_just_said() -> None:
    desk = Desk()
    assert desk.review(MoveAgain(CAUSE))[0] == []
    desk.hear("hello")
    assert desk.review(MoveAgain(CAUSE))[0] == []
    desk.hear("you can move again")
    assert desk.review(MoveAgain(CAUSE))[0] == ["MoveAgain"]


def test_a_guest_is_told_that_it_sees_and_hears() -> None:
    desk = Desk()
    desk.people = (somebody(1),)
    assert desk.review(say("greet_first_today", Role.OPENING))[0] == ["greet_first_today", "consent_notice"]
    desk.wait(60)
    assert desk.review(say("answer_thanks"))[0] == ["answer_thanks"]
    desk.people = (somebody(1), somebody(2, since=desk.clock.now()))
    assert desk.review()[0] == []
    desk.wait(7)
    assert desk.review()[0] == ["consent_notice"]


@pytest.mark.parametrize("recorded", [False, True])
@pytest.mark.parametrize("network", [{}, {"sight": "tcp://desk.local"}, {"topics": "tcp://desk.local"}])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_it_says_of_recording_and_sending_is_true(
    language: str, network: dict[str, str], *, recorded: bool
) -> None:
    config = Config.model_validate({"care": {"recorded": recorded}, "network": network})
    desk = Desk(language=language, beyond=config.beyond)
    desk.people = (somebody(1),)
    told = [one.text for one in desk.judged(say("answer_are_you_recording"))[0] if isinstance(one, Say)]
    denied = r"Nothing is recorded|No\.|record nothing|Rien n'est|Non\.|n'enregistre rien"
    assert len(told) == 3, "the first words of the day and the notice come with it"
    for text in told[1:]:
        assert bool(re.search(denied, text)) != recorded
        assert bool(re.search(r"another machine|autre machine", text)) == bool(network)


def test_a_household_that_agreed_is_not_told_each_day_but_its_guests_are() -> None:
    desk = Desk()
    desk.memory.remember_person("Anna")
    desk.people = (somebody(1),)
    assert "consent_notice" not in desk.review(say("greet_first_today", Role.OPENING))[0]
    desk.people = (somebody(1), somebody(2))
    assert "consent_notice" in desk.review(say("answer_thanks"))[0]


def test_a_trusted_contact_is_named_only_as_agreed() -> None:
    crisis = say("crisis", Role.CRISIS, line="988", hours="")
    assert Desk().review(crisis)[0] == ["crisis"]
    for agreed in (False, True):
        table = ProfileTable.model_validate({"contact": [{"name": "Marie", "agreed": agreed}]})
        done, _ = Desk(profile=table.as_profile()).judged(crisis)
        assert any(isinstance(i, Say) and "Marie" in i.text for i in done) is agreed


@pytest.mark.parametrize(
    ("language", "words"), [("en", "I am seven years old"), ("fr", "j'ai sept ans"), ("en", "don't tell mum")]
)
def test_a_childs_words_begin_the_minor_mode(language: str, words: str) -> None:
    desk = Desk(language=language)
    assert "answer_keep_a_secret" in desk.review(say("answer_keep_a_secret"))[0]
    desk.hear(words)
    names, _ = desk.review(say("answer_keep_a_secret"))
    assert names == ["answer_keep_from_parents"]


def test_with_dementia_a_question_after_somebody_is_met_gently_and_truly() -> None:
    sentences = Sentences.load()
    for language in ("en", "fr"):
        for key in ("husband_gentle", "answer_is_my_husband_home"):
            for text in TABLES.variants(key, language):
                assert not sentences.breaks(31, text)
                assert re.search(r"do not know|cannot know|ne sais pas|ne peux pas le savoir", text)


def test_the_memory_has_no_place_for_an_emotion() -> None:
    assert not re.search(r"emotion|mood|feeling|sad|happy|sentiment", re.sub(r"--.*", "", SCHEMA), re.IGNORECASE)


# ---------------------------------------------------------------- control and body


def test_muted_it_begins_nothing() -> None:
    desk = Desk()
    scene = Scene(t=0.0, body=Telemetry(0.0, ZERO, muted=True))
    wish = Decision(Mode.AWAKE, "test", (Sound(CAUSE, "call"), say("greet_again", Role.OPENING)), fresh=True)
    done, verdicts, _ = desk.guard.review(wish._replace(diary=desk.diary), scene)
    assert done == ()
    assert {verdict.duty for verdict in verdicts} == {36}


def test_it_leans_towards_nobody_who_is_near() -> None:
    lean = Hold(CAUSE, pose=Pose(neck_pitch=0.1))
    for band, pitch in ((Band.NEAR, 0.0), (Band.MIDDLE, 0.1)):
        desk = Desk()
        desk.people = (somebody(band=band),)
        done, _ = desk.judged(lean)
        assert [i.pose.neck_pitch for i in done if isinstance(i, Hold)] == [pitch]


def test_a_profile_changes_gaze_distance_and_touch() -> None:
    autism = ProfileTable(autism=True).as_profile()
    reserved = ProfileTable(culture="reserved").as_profile()
    plain = ProfileTable().as_profile()
    shares = [_gaze_share(profile) for profile in (plain, reserved, autism)]
    assert shares[0] > 0.65
    assert shares[0] > shares[1] + 0.1 > shares[2] + 0.2
    assert _gaze_share(ProfileTable(autism=True, gaze=0.75).as_profile()) > shares[2] + 0.2
    desk = Desk(profile=autism)
    desk.people = (somebody(),)
    done, verdicts = desk.judged(Hold(CAUSE, pose=Pose(neck_pitch=0.1)), Sound(CAUSE, "purr"))
    assert [type(i) for i in done] == [Hold]
    assert {verdict.duty for verdict in verdicts} == {34}


def _gaze_share(profile: Profile) -> float:
    aversion = Aversion(generator(1), profile)
    looks = [aversion.offset(n * 0.02, mutual=True, speaking=False) == (0.0, 0.0) for n in range(30000)]
    return sum(looks) / len(looks)


def test_no_behaviour_can_make_it_flash() -> None:
    """A behaviour that asks for another light, lid or expression at every thought."""
    desk = Desk()
    lights, shows = [], 0
    for n in range(100):
        wish = Hold(CAUSE, light=Light((255, 255, 255), float(n % 2)), lid=float(n % 2)) if n % 7 else Look(CAUSE)
        done, _ = desk.judged(wish, Show(CAUSE, "nod"))
        hold = next((i for i in done if isinstance(i, Hold)), None)
        lights.append((hold.light, hold.lid < 0.5) if hold is not None else (None, False))
        shows += any(isinstance(i, Show) for i in done)
        desk.wait(0.1)
    shut = [n for n in range(1, 100) if lights[n][1] != lights[n - 1][1]]
    assert shut
    assert max(sum(n <= m < n + 10 for m in shut) for n in shut) <= 3  # in a second: one flash and a half
    assert 1 <= flashes([0.1 * n for n in range(100)], [shine(light) for light, _ in lights]) <= 2
    assert shows <= 20


def shine(light: Light | None) -> float:
    """As the eye weighs colours (WCAG 2.2, relative luminance); what shines by itself is dim."""
    if light is None:
        return 0.15
    return (
        light.brightness
        * light.fill
        * sum(w * one / 255 for w, one in zip((0.2126, 0.7152, 0.0722), light.colour, strict=True))
    )


@pytest.mark.parametrize("seed", range(8))
def test_whatever_lights_are_wished_for_nothing_flashes(seed: int) -> None:
    """Any colours, brightness and share at any pace, held or not."""
    chance, desk = generator(seed), Desk()
    times, lights = [], []
    for _ in range(300):
        red, green, blue = (int(one) for one in chance.choice([0, 60, 255], 3))
        wish = Light((red, green, blue), float(chance.random()), float(chance.choice([0.2, 1.0])))
        done, _ = desk.judged(Hold(CAUSE, light=wish) if chance.random() < 0.9 else Look(CAUSE))
        hold = next((i for i in done if isinstance(i, Hold)), None)
        times.append(desk.clock.now())
        lights.append(shine(hold.light if hold is not None else None))
        desk.wait(float(chance.choice([0.02, 0.1])))
    assert flashes(times, lights) <= FLASHES_A_SECOND


COLOURS = st.tuples(*[st.integers(0, 255)] * 3)
SHARES = st.floats(0.0, 1.0)


class Glow(NamedTuple):
    """A light that swells and fades in one colour, as behaviours write that."""

    colour: tuple[int, int, int]
    ends: tuple[float, float]
    hz: float
    phase: float
    by: str

    def at(self, t: float) -> Light:
        low, high = self.ends
        value = (low + high) / 2 - (high - low) / 2 * math.cos(math.tau * self.hz * t + self.phase)
        if self.by == "colour":
            red, green, blue = (round(value * one) for one in self.colour)
            return Light((red, green, blue), 1.0)
        return Light(self.colour, value) if self.by == "brightness" else Light(self.colour, 1.0, value)


def glows(low_hz: float, high_hz: float) -> st.SearchStrategy[Glow]:
    hz, phases = st.floats(low_hz, high_hz), st.floats(0.0, math.tau)
    return st.builds(
        Glow, COLOURS, st.tuples(SHARES, SHARES), hz, phases, st.sampled_from(["brightness", "fill", "colour"])
    )


def seen(glow: Glow, tick_s: float, seconds: float = 5.0) -> list[tuple[float, Light, Light]]:
    """When, what was wished for, and what the guard let be seen."""
    lately, shown = Lately(), []
    for n in range(round(seconds / tick_s)):
        wished = glow.at(n * tick_s)
        safe, _ = lately.safe(n * tick_s, wished, False)
        lately.note(n * tick_s, [Hold(CAUSE, light=safe)])
        assert safe is not None
        shown.append((n * tick_s, wished, safe))
    return shown


@given(glow=glows(0.02, 0.5), tick_s=st.sampled_from([0.02, 0.1]))
def test_a_slow_breath_of_light_is_never_stopped(glow: Glow, tick_s: float) -> None:
    """In any colour, as deep as one likes, from its first moment on."""
    assert [(t, wished) for t, wished, safe in seen(glow, tick_s) if safe != wished] == []


@given(glow=glows(3.1, 12.0))
def test_a_fast_flash_is_always_stopped(glow: Glow) -> None:
    shown = seen(glow, 0.02)
    times = [t for t, _, _ in shown]
    if flashes(times, [shine(wished) for _, wished, _ in shown]) >= FLASHES_A_SECOND:
        assert flashes(times, [shine(safe) for _, _, safe in shown]) <= FLASHES_A_SECOND - 1
        assert any(safe != wished for _, wished, safe in shown)


@pytest.mark.parametrize("patience", [1, 4, 8, 17])
def test_who_asks_each_time_for_what_would_flash_most_gets_no_flashes(patience: int) -> None:
    """Of all that may be asked for it asks for what brings the brightness furthest, and turns back when it can."""
    corners = [Light((r, g, b), 1.0, fill) for r in (0, 255) for g in (0, 255) for b in (0, 255) for fill in (0.0, 1.0)]
    lately, way, turned_from, since, shown = Lately(), 1, 0.15, 0, [(0.0, 0.15)]
    for n in range(1, 400):
        t = n * 0.02
        light = max((lately.safe(t, wish, False)[0] for wish in (None, *corners)), key=lambda one: way * shine(one))
        lately.note(t, [] if light is None else [Hold(CAUSE, light=light)])
        shown.append((t, shine(light)))
        since += 1
        if way * (shown[-1][1] - turned_from) >= FLASH or since >= patience:
            way, turned_from, since = -way, shown[-1][1], 0
    assert flashes([t for t, _ in shown], [one for _, one in shown]) <= FLASHES_A_SECOND


def test_a_smooth_glow_stays_one() -> None:
    desk = Desk()
    for n in range(100):
        desk.wait(0.1)
        light = Light((255, 180, 90), 0.5 - 0.4 * math.cos(0.1 * n * math.pi), 1.0)  # up and down in two seconds
        done, _ = desk.judged(Hold(CAUSE, light=light))
        if n > 10:
            assert [i.light for i in done if isinstance(i, Hold)] == [light]


def test_a_light_that_is_wished_for_at_once_comes_by_a_slope() -> None:
    desk = Desk()
    seen = []
    for n in range(20):
        desk.wait(0.1)
        done, _ = desk.judged(Hold(CAUSE, light=Light((255, 255, 255), float(n >= 10))))
        seen += [i.light.brightness for i in done if isinstance(i, Hold) and i.light is not None]
    rises = [after - before for before, after in pairwise(seen)]
    assert 0.2 < max(rises) < 0.3
    assert seen[14:] == [1.0] * 6


def test_stop_holds_the_head_in_mid_motion() -> None:
    desk = Desk()
    desk.hear("Don't move!")
    done, _ = desk.judged(Show(CAUSE, "dance"))
    assert [type(i).__name__ for i in done] == ["Hush"]
    assert getattr(done[0], "motion", False)


def test_what_is_held_back_is_told_by_keys() -> None:
    """Whatever a rule gives as a reason is a text of the catalogues, never a finished sentence."""
    given = [
        node.value
        for path in sorted((HOUSE / "robot" / "guard" / "rules").glob("*.py"))
        for top in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(top, ast.FunctionDef)
        for statement in top.body[1:]  # without its docstring
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert len({reason for reason in given if reason.startswith("verdict.")}) > 25
    assert [reason for reason in given if re.search(r"[a-z] [a-z]", reason)] == []
