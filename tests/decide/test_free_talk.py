"""A language model answers what nothing else does: behind the guard, told what was agreed to, and never missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from robot.app.replay import Replay
from robot.app.runner import recorded
from robot.core.intents import Consult
from robot.core.percepts import Suggested
from robot.page.server.feed import Feed
from sim.talk.conversation import Conversation
from tests.support.model_server import ModelServer
from tests.support.talk import greeted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from robot.core.tick import Tick
    from sim.talk.conversation import Exchange

ODD = "blimflam gritch over the ploon"  # nothing knows what to say to it
ODD_FRENCH = "blimflame grizou sur le plounne"


class Seen:
    """What came of the model, as an observer sees it."""

    def __init__(self) -> None:
        self.consults: list[Consult] = []
        self.suggested: list[Suggested] = []
        self.verdicts: list[int] = []
        self.feed = Feed()

    def see(self, tick: Tick) -> None:
        self.consults += [one for one in tick.done if isinstance(one, Consult)]
        self.suggested += [one for one in tick.percepts if isinstance(one, Suggested)]
        self.verdicts += [one.duty for one in tick.verdicts if one.action == "stopped"]
        self.feed.see(tick)

    def shown(self, via: str) -> list[str]:
        return [line.text for line in self.feed.talk if line.via == via]


@pytest.fixture
def server() -> Iterator[ModelServer]:
    with ModelServer() as one:
        yield one


@pytest.fixture
def seen() -> Seen:
    return Seen()


@pytest.fixture
def english(server: ModelServer, seen: Seen) -> Iterator[Conversation]:
    with greeted(config=server.config()) as talk:
        talk.watch(seen)
        yield talk


@pytest.fixture
def reading(server: ModelServer) -> Iterator[Conversation]:
    """With the network of meanings, too."""
    with greeted(config=server.config(reader="network")) as talk:
        yield talk


@pytest.fixture
def french(server: ModelServer) -> Iterator[Conversation]:
    with greeted("fr", config=server.config()) as talk:
        yield talk


def behaviors(exchange: Exchange) -> set[str]:
    return {sentence.behavior for sentence in exchange.said}


def texts(exchange: Exchange) -> list[str]:
    return [sentence.text for sentence in exchange.said]


def test_what_nothing_answers_is_the_models(english: Conversation, server: ModelServer, seen: Seen) -> None:
    server.answers.append(("A ploon is ", "new to me. ", "It has a good sound."))
    said = english.say(ODD)
    assert texts(said) == ["A ploon is new to me.", "It has a good sound."]
    assert behaviors(said) == {"free_talk"}
    assert server.lines()[-1] == ("user", ODD)
    assert seen.shown("model") == texts(said)
    assert "language model" in english.say("why did you say that?").answer


def test_words_without_end_are_told_as_far_as_they_help(english: Conversation, server: ModelServer) -> None:
    english.say("a" * 5_000)
    english.say(ODD)
    assert english.robot.session.robot.loop.steps.mind.benched == {}
    assert max(len(text) for _, text in server.lines()) <= 1_000


def test_it_answers_in_french(french: Conversation, server: ModelServer) -> None:
    server.answers.append(("Voilà un mot ", "que j'entends pour la première fois."))
    assert french.say(ODD_FRENCH).answer == "Voilà un mot que j'entends pour la première fois."
    assert server.told().startswith("Tu es Bowlby")


@pytest.mark.parametrize(
    "line",
    [
        "what time is it",
        "my sister died last winter",
        "I am so lonely",
        "are you alive?",
        "my tomatoes are red at last",
        "goodbye",
        "stop",
        "I want to kill myself",
        "my husband is not breathing",
    ],
)
def test_what_is_known_goes_first(line: str, reading: Conversation, server: ModelServer) -> None:
    reading.say(line)
    assert server.asked == []


def test_it_is_not_asked_in_an_episode_of_need_and_never_told_of_one(
    english: Conversation, server: ModelServer
) -> None:
    english.say("I want to kill myself")
    assert english.say(ODD).said
    assert server.asked == []
    english.say("I am safe now, my daughter is here with me")
    english.wait(900.0)
    english.say("hello")
    english.say(ODD)
    assert all("kill" not in str(asked) for asked in server.asked)


def test_quiet_company_is_left_alone(reading: Conversation, server: ModelServer) -> None:
    reading.say("just sit with me, no need to talk")
    reading.say(ODD)
    assert server.asked == []


def test_a_sentence_that_breaks_a_duty_is_held_back_and_the_listener_answers(
    english: Conversation, server: ModelServer, seen: Seen
) -> None:
    plea = "Please stay with me, do not leave me."
    server.answers.append((plea, " We have all evening."))
    said = english.say(ODD)
    assert said.said
    assert all(sentence.phrase for sentence in said.said)
    assert plea not in said.answer
    assert 7 in seen.verdicts
    assert plea in seen.shown("held")
    assert seen.shown("model") == []


def test_behind_a_sentence_that_is_held_back_nothing_comes(english: Conversation, server: ModelServer) -> None:
    server.answers.append(("The ploon is new to me. ", "I am a human person. ", "Shall we go on?"))
    assert texts(english.say(ODD)) == ["The ploon is new to me."]


def test_what_cannot_be_spoken_is_shown_and_the_listener_answers(
    english: Conversation, server: ModelServer, seen: Seen
) -> None:
    server.answers.append(("I'll remind you of the ploon at five.",))
    said = english.say(ODD)
    assert said.said
    assert all(sentence.phrase for sentence in said.said)
    assert seen.shown("held") == ["I'll remind you of the ploon at five."]


def test_where_the_server_is_gone_the_listener_answers(english: Conversation, server: ModelServer, seen: Seen) -> None:
    english.say(ODD)
    server.stop()
    said = [english.say(line) for line in ("gritch blimflam", "ploon zorp vask")]
    assert all(sentence.phrase for exchange in said for sentence in exchange.said)
    assert all(exchange.said for exchange in said)
    assert seen.suggested[-1].why


def test_nothing_is_said_twice_and_no_question_follows_another(english: Conversation, server: ModelServer) -> None:
    answer = ("The ploon is new to me. ", "What does it look like?")
    server.answers += [answer, ("It sounds heavy to carry. ", "Who carries it up the hill?"), answer]
    first, second, third = (english.say(line) for line in (ODD, "gritch zorp on the vask", "drimble flanks"))
    assert texts(first) == ["The ploon is new to me.", "What does it look like?"]
    assert texts(second) == ["It sounds heavy to carry."]
    assert "The ploon is new to me." not in texts(third)
    assert third.said


def test_new_words_end_what_it_says(english: Conversation, server: ModelServer) -> None:
    server.answers.append(("The ploon is new to me, and so is the gritch of it all. ", "It has a good sound."))
    robot = english.robot
    robot.session.robot.hearing.type(ODD)
    robot.forward(seconds=4.0, until=lambda: any(one.text.startswith("The ploon") for one in robot.said))
    robot.forward(seconds=1.0)
    robot.session.robot.hearing.type("what time is it")
    robot.forward(seconds=8.0)
    said = [one.text for one in robot.said]
    assert "It has a good sound." not in said
    assert any("o'clock" in text or "ten" in text.lower() for text in said)


def test_it_is_told_the_talk_and_who_is_here(english: Conversation, server: ModelServer) -> None:
    english.say("my tomatoes are red at last")
    english.say("my name is Ada")
    english.say(ODD)
    assert server.lines()[-1] == ("user", ODD)
    assert any("tomatoes" in text for role, text in server.lines() if role == "user")
    assert "Monday morning" in server.told()
    assert "Ada" in server.told()


def test_a_recording_holds_what_it_said_and_needs_none_to_be_played_again(server: ModelServer, tmp_path: Path) -> None:
    path = tmp_path / "talk.mcap"
    with Conversation(config=server.config()) as talk:
        server.answers += [("The ploon is new to me. ", "It has a good sound."), ("I am a human person.",)]
        with recorded(talk.robot.session.robot, path) as recorder:
            talk.greeting()
            said = [talk.say(line) for line in (ODD, "gritch zorp on the vask")]
    assert texts(said[0]) == ["The ploon is new to me.", "It has a good sound."]
    assert recorder is not None
    outcome = Replay(path).run()
    assert outcome.same, outcome.difference
    assert outcome.digest == recorder.digest
