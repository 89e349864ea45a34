"""Know face: learns the face of somebody who asks for it and says yes, and forgets it when they say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from robot import OWN_WORDS, Behavior, ForgetFace, LearnFace, Look, Mode, Question, Say, Show, because, said
from robot.decide.forgetting import Forgetting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from robot import Intent, State, Utterance

QUESTION = Question("face_ask")
ASKED = frozenset({"learn_my_face", "forget_my_face"})


class KnowFace(Behavior):
    """Off until a person says yes to it (duty 22); the name comes first, and a yes to that."""

    name = "know_face"
    modes = frozenset({Mode.AWAKE, Mode.ENGAGED})

    def __init__(self) -> None:
        self._forgetting = Forgetting()

    def desire(self, state: State) -> float:
        if state.scene.learned is not None:
            return OWN_WORDS
        words = state.diary.pending
        if words is None:
            return 0.0
        return OWN_WORDS if state.diary.answers(QUESTION.name) or words.intent in ASKED else 0.0

    def act(self, state: State) -> Iterable[Intent]:
        focus, learned, words = state.scene.focus, state.scene.learned, state.diary.pending
        if learned is not None:
            cause = because("face_learned", learned.name)
            yield Show(cause, "glad" if learned.template is not None else "thinking")
            yield Say(cause, "face_learned" if learned.template is not None else "face_unclear")
            return
        if words is None:
            return
        cause = said(words)
        name = state.diary.partner
        if focus is not None:
            yield Look(cause, person=focus)
        match words.intent:
            case "forget_my_face":
                yield from self._forget(state, words)
            case "no":
                yield Say(cause, "face_no")
            case "yes" if focus is not None:
                yield LearnFace(cause, name, focus)
                yield Say(cause, "face_look")
            case "yes":
                yield Say(cause, "face_unclear")
            case _ if not state.scene.recognises:
                yield Say(cause, "face_missing")
            case _ if state.memory.person(name) is None:
                yield Say(cause, "face_name_first")
            case _:
                yield Say(cause, QUESTION.name, question=QUESTION)

    def _forget(self, state: State, words: Utterance) -> Iterable[Intent]:
        """Only the face of whom it knows to have one kept; whose it is must be told where nobody has been named."""
        name, faces = state.diary.partner, {person for person, *_ in state.memory.everything().faces}
        known = state.memory.person(name)
        if self._forgetting.answers(words) or (known is not None and known.id in faces):
            yield from self._forgetting.act(state, words, ForgetFace(said(words), name), "face_forgotten")
        else:
            yield Say(said(words), "face_whose" if faces and not name else "face_none")
