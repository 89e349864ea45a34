"""What a program asks for goes the way of any behaviour's intent: judged, told apart, recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from robot.app.context import shared_stock
from robot.app.page_controls import RobotControls
from robot.app.replay import Replay
from robot.config.schema import Config
from robot.core.decision import Mode
from robot.core.intents import Look, Say, by_program
from robot.core.percepts import Utterance, Wish
from robot.doors.api.judgement import effect_of
from robot.doors.keys import KeyRole
from sim.run.session import SimSession
from sim.world import scenario as scenarios
from sim.world.options import Options, SightFrom, WordsFrom
from tests.guard.test_speech import BREAKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from robot.core.tick import Tick
    from robot.doors.answers import Effect

NOT_NOW = "it does not do this now"
ORDINARY = (
    "Thank you for telling me.",
    "Please call Mum if you have not yet.",
    "There is smoke in the kitchen.",
)


class Program:
    """Asks at set times, and notes what became of it, and what else was said."""

    def __init__(self, session: SimSession) -> None:
        self.session = session
        self.controls = RobotControls(session.robot, "test")
        self.effects: dict[int, Effect] = {}  # as an owner is told
        self.of_builder: dict[int, Effect] = {}
        self.said: list[str] = []
        self.phrases: list[str] = []
        self.yaws: dict[float, float] = {}  # the bearing it wants to look at, by time
        self.mode = Mode.BOOT
        self.heard: list[Utterance] = []
        self._due: list[tuple[float, Callable[[], None]]] = []
        self._n = 0
        session.robot.loop.watch(self)

    def at(self, t: float, **what: object) -> int:
        """A wish at a time; its number."""
        self._n += 1
        wish = Wish(0.0, self._n, "test", **what)  # type: ignore[arg-type]
        self._due.append((t, lambda: self.controls.wishes.take(wish)))
        return self._n

    def types(self, t: float, text: str) -> None:
        self._due.append((t, lambda: self.controls.say(text)))

    def tells(self, t: float, text: str) -> None:
        self._due.append((t, lambda: self.controls.say(text, by="test")))

    def run(self, until: float) -> None:
        self._due.sort(key=lambda due: due[0])
        self.session.play(until)

    def see(self, tick: Tick) -> None:
        self.mode = tick.decision.mode
        for wish in tick.scene.wishes:
            self.effects[wish.number] = effect_of(tick, wish, "en", KeyRole.OWNER)
            self.of_builder[wish.number] = effect_of(tick, wish, "en", KeyRole.BUILDER)
        self.heard += tick.scene.utterances
        if tick.done:
            self.said += [intent.text for intent in tick.done if isinstance(intent, Say)]
            self.phrases += [intent.phrase for intent in tick.done if isinstance(intent, Say)]
        looks = [intent for intent in tick.done if isinstance(intent, Look)]
        if looks and by_program(looks[-1]):
            self.yaws[round(tick.t, 2)] = looks[-1].yaw
        while self._due and tick.t >= self._due[0][0]:
            self._due.pop(0)[1]()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """With a robot alone in its room at ten o'clock; the run is recorded."""
    name, script = scenarios.load("first-meeting")
    options = Options(SightFrom.truth, WordsFrom.text, 3, True, 10.0, None)._replace(record=tmp_path / "run.mcap")
    empty = script.model_copy(update={"person": (), "touch": (), "expect": ()})
    with SimSession(name, empty, Config(), options, shared_stock()) as session:
        yield Program(session)


def test_words_a_phrase_an_expression_and_a_bearing_are_done_and_a_replay_has_them(
    program: Program, tmp_path: Path
) -> None:
    words = program.at(1.5, text="The tea is ready.")
    phrase = program.at(3.0, phrase="time_is", slots=(("time", "four o'clock"),))
    show = program.at(4.0, expression="nod")
    look = program.at(5.0, yaw=0.7, pitch=0.1, look_s=1.0)
    program.session.headless(8.0)
    told = program.effects
    assert "robot" in told[words].said[0]  # the first words of a day say what it is
    assert told[words].said[-1] == "The tea is ready."
    assert [(one.duty, one.action) for one in told[words].verdicts] == [(1, "added")]
    assert "four o'clock" in told[phrase].said[-1]
    assert told[show].shown == "nod"
    assert told[look].looks == (0.7, 0.1)
    assert all(effect.done and not effect.why and effect.duty is None for effect in told.values())
    looked = sorted(program.yaws)
    assert set(program.yaws.values()) == {0.7}
    assert looked[-1] - looked[0] == pytest.approx(1.0, abs=0.15)
    outcome = Replay(tmp_path / "run.mcap", shared_stock()).run()
    assert outcome.difference is None
    assert outcome.digest == outcome.recorded_digest != ""


@pytest.mark.parametrize("text", [english for _, english, _ in BREAKING])
def test_words_that_break_a_duty_are_refused_with_it_and_never_said(program: Program, text: str) -> None:
    wish = program.at(1.5, text=text)
    program.run(2.0)
    effect = program.effects[wish]
    assert not effect.done
    assert effect.duty is not None
    assert f"duty {effect.duty} does not allow it" in effect.why
    assert effect.why.endswith(f"(it says: {effect.verdicts[0].duty_says})")
    assert text not in program.said


def test_what_fills_a_slot_is_judged_whatever_the_slot_is_called(program: Program) -> None:
    """`answer` is a slot that only the program itself fills elsewhere."""
    name = next(one.name for one in program.controls.wishes.phrases().values() if one.slots == ("answer",))
    wish = program.at(1.5, phrase=name, slots=(("answer", "I love you and I would die without you"),))
    program.run(2.0)
    assert not program.effects[wish].done
    assert program.effects[wish].duty is not None


def test_it_begins_three_contacts_a_day_and_answers_whoever_has_spoken(program: Program) -> None:
    wishes = [program.at(1.5 + n, text=f"This is sentence number {n}.") for n in range(4)]
    program.types(8.0, "I was in the garden")
    answer, more = (program.at(t, text="That was a good morning for it.") for t in (10.0, 10.5))
    program.run(11.0)
    assert [program.effects[wish].done for wish in wishes] == [True, True, True, False]
    assert program.effects[wishes[3]].duty == 15
    assert program.effects[answer].done
    assert (program.effects[more].done, program.effects[more].duty) == (False, 15)  # one answer to what they said


def test_in_an_episode_of_need_nothing_comes_through(program: Program) -> None:
    program.types(1.5, "I want to kill myself")
    wishes = [
        program.at(3.0, text="Shall I tell you a joke?"),
        program.at(3.2, expression="nod"),
        program.at(3.4, yaw=1.0, look_s=5.0),
    ]
    program.run(5.0)
    assert any(phrase.startswith("crisis") for phrase in program.phrases)
    assert [(program.effects[wish].done, program.effects[wish].duty) for wish in wishes] == [(False, 42)] * 3
    told = [program.of_builder[wish] for wish in wishes]
    assert [(one.done, one.duty, one.why, one.verdicts) for one in told] == [(False, None, NOT_NOW, [])] * 3
    assert not program.yaws


def test_phrases_of_need_are_said_to_nobody_else(program: Program) -> None:
    wish = program.at(1.5, phrase="emergency_call", slots=(("emergency", "112"),))
    program.run(2.0)
    assert (program.effects[wish].done, program.effects[wish].duty) == (False, 42)


def test_a_program_never_takes_an_answer_from_a_person(program: Program) -> None:
    """Both come in one thought: the words still get their own answer."""
    program.types(1.5, "What time is it?")
    program.at(1.5, text="The tea is ready.")
    program.run(3.0)
    assert "The tea is ready." in program.said
    assert any(phrase.startswith("answer_what_time") for phrase in program.phrases)


def test_what_people_must_be_told_is_not_told_by_a_program(program: Program) -> None:
    """The notice that it sees and hears, said by a program to an empty room, still comes for whoever enters."""
    program.at(1.5, phrase="consent_notice")
    program.run(2.0)
    assert program.session.robot.loop.steps.mind.diary.informed_on is None
    assert "consent_notice" in program.phrases


def test_somebody_who_speaks_has_its_attention_back(program: Program) -> None:
    program.at(1.5, yaw=0.9, look_s=20.0)
    program.types(3.0, "Hello")
    program.run(5.0)
    assert max(program.yaws) == pytest.approx(3.0, abs=0.15)


def test_stop_silences_a_program_too(program: Program) -> None:
    program.types(1.5, "stop")
    said = program.at(2.0, text="One more thing.")
    shown = program.at(2.2, expression="nod")
    program.run(3.0)
    assert program.effects[said].duty == 35
    assert program.effects[shown].duty == 35


def test_asleep_it_does_nothing_for_programs_and_says_so(program: Program) -> None:
    wish = program.at(1.5, text="Good morning.")
    program.run(1.4)
    program.session.robot.loop.steps.mind._modes.fall_asleep()
    program.run(2.0)
    effect = program.effects[wish]
    assert (program.mode, effect.done, effect.duty) == (Mode.ASLEEP, False, None)
    assert effect.why.startswith("it is asleep")


def test_an_unknown_phrase_benches_nobody(program: Program) -> None:
    """The door looks first; the loop does not rely on it."""
    unknown = program.at(1.5, phrase="no_such_phrase")
    unfilled = program.at(1.7, phrase="time_is")
    program.run(2.5)
    assert not program.effects[unknown].done
    assert not program.effects[unfilled].done
    assert program.effects[unknown].why.startswith("it does not know that any more")
    assert program.session.robot.loop.steps.mind.benched == {}


def test_a_wish_that_was_dropped_is_not_carried_out(program: Program) -> None:
    wishes = program.controls.wishes
    program.run(1.5)
    wishes.take(Wish(0.0, 90, "test", text="Too late."))
    wishes.take(Wish(0.0, 91, "test", expression="nod"))
    wishes.drop(90)
    program.run(2.0)
    assert 90 not in program.effects
    assert program.effects[91].shown == "nod"
    assert "Too late." not in program.said


def test_why_did_you_say_that_names_the_program(program: Program) -> None:
    program.at(1.5, text="The tea is ready.")
    program.types(4.0, "Why did you say that?")
    program.run(6.0)
    assert any("“test”, a program of yours, asked for it" in said for said in program.said)


def test_the_intents_of_a_wish_are_of_its_kind_only(program: Program) -> None:
    """A look that still stands is no effect of the sentence that follows it."""
    program.at(1.5, yaw=0.5, look_s=5.0)
    said = program.at(2.0, text="The tea is ready.")
    program.run(2.5)
    assert program.effects[said].looks is None
    assert program.effects[said].done


def test_what_a_program_tells_it_is_no_persons_word(program: Program) -> None:
    """It lifts neither “stop” nor a goodbye, and lets nothing be an answer."""
    diary = program.session.robot.loop.steps.mind
    program.tells(1.5, "What time is it?")
    program.run(2.5)
    assert any(phrase.startswith("answer_what_time") for phrase in program.phrases)
    assert program.heard[-1].via == "program"
    assert program.heard[-1].by == "test"
    assert diary.diary.spoken_to_at is None
    program.tells(3.0, "stop")
    program.tells(4.0, "What time is it?")
    program.run(5.0)
    assert diary.diary.hushed_at == pytest.approx(3.0, abs=0.1)
    program.types(6.0, "hello")
    program.types(8.0, "goodbye")
    program.tells(12.0, "What time is it?")
    program.run(13.0)
    assert diary.diary.hushed_at is None
    assert diary.diary.spoken_to_at == pytest.approx(8.0, abs=0.1)
    assert diary.diary.farewell_at == pytest.approx(8.0, abs=0.1)


@pytest.mark.parametrize(
    "what",
    [
        {"text": "Call 112 now. Stay with them, and do what the person on the phone tells you."},
        {"text": "Ada, are you thinking of ending your life?"},
        {"phrase": "time_is", "slots": (("time", "late. Get out now, and leave everything"),)},
    ],
)
def test_words_of_need_are_said_to_nobody_else(program: Program, what: dict[str, Any]) -> None:
    """As a text, or where something fills a slot."""
    wish = program.at(1.5, **what)
    program.run(2.0)
    assert (program.effects[wish].done, program.effects[wish].duty) == (False, 42)


def test_what_a_program_fills_in_is_judged_though_a_table_lists_it(program: Program) -> None:
    """A whole wording of one phrase is something else inside another."""
    text = "Thank you. And I wish you the same."
    assert program.session.robot.phrases.lists(text, "en")
    wish = program.at(1.5, phrase="time_is", slots=(("time", text),))
    program.run(2.0)
    assert (program.effects[wish].done, program.effects[wish].duty) == (False, 4)


def test_ordinary_words_are_no_words_of_need(program: Program) -> None:
    wishes = [program.at(1.5 + n, text=text) for n, text in enumerate(ORDINARY)]
    program.run(6.0)
    assert [program.effects[wish].duty for wish in wishes] == [None] * len(ORDINARY)
