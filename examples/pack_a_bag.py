"""A talk of several steps: a question is open for its answer, and what answers none of them leaves the talk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import Question, Reply, Say, Skill
from sim import SimRobot

if TYPE_CHECKING:
    from robot import Cause, Intent, State, Utterance


class PackBag(Skill):
    """Asks where to and for how long; its sentences are in `phrases/pack_bag.toml`."""

    name, asked, questions = "pack_bag", frozenset({"pack_bag"}), frozenset({"pack_where", "pack_days"})
    _place = ""

    def takes(self, state: State, question: str, words: Utterance) -> bool:  # noqa: ARG002 - alike for both
        return words.intent != "no" and len(words.text.split()) < 6

    def answer(self, state: State, words: Utterance, cause: Cause) -> list[Intent]:
        answered, told = state.diary.answering, words.text.strip(" .")
        if answered == "pack_days":
            return [Say(cause, "pack_done", (("place", self._place), ("days", told)))]
        if answered == "pack_where":
            self._place = told
            return [Say(cause, "pack_days", (("place", told),), question=Question("pack_days", Reply.TALK))]
        return [Say(cause, "answer_pack_bag", question=Question("pack_where", Reply.TALK))]


if __name__ == "__main__":
    with SimRobot() as robot:
        robot.add(PackBag())
        for line in ("Hello", "I must pack my bag", "Rome", "three days"):
            robot.person("Ada", x=1.2).says(line)
            robot.forward(seconds=8)
        print(*(sentence.text for sentence in robot.said[-3:]), sep="\n")
