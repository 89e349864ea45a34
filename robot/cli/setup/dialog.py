"""The first run as a talk in the terminal. What is answered here is the same table that a file can bring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from rich.progress import BarColumn, Progress, TextColumn
from rich.text import Text

from robot.cli.commands.models import MEGABYTE, bring, bring_turn_model
from robot.cli.setup import trials
from robot.config.answers import Answers, Housemate
from robot.config.schema import ContactTable
from robot.core.condition import Condition
from robot.core.errors import BowlbyError, InputError
from robot.express.open_voice import AS_SHIPPED, address_of, voices_of
from robot.express.piper import published
from robot.guard.numbers.numbers import home_of
from robot.parts.model_files import folder
from robot.sense.hearing import models
from robot.sense.hearing.fetching import add
from robot.texts.catalogue import Texts, languages, text, words
from robot.texts.yes_or_no import agrees

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from robot.config.schema import Config
    from robot.core.condition import Health

MOST = 12  # people asked for
SOUNDS_LIKE = {"en_US-joe-medium": "voice_joe", "fr_FR-siwis-medium": "voice_siwis"}
FLOOR_DB = 80.0  # the bar of the level begins so far below full scale


class Dialog:
    """Asks; Enter keeps what is."""

    def __init__(self, console: Console, config: Config) -> None:
        self._console = console
        self._config = config
        self._speak(config.robot.language)

    def _speak(self, language: str) -> None:
        self._language = language
        self._words = Texts("setup", language)

    def answers(self) -> Answers:
        """All questions, in the order of the day one brings a robot home. Raises InputError when nobody answers."""
        robot, care = self._config.robot, self._config.care
        offered = " / ".join(text("languages.name", code) for code in languages())
        language = self._ask(f"{offered}: {', '.join(languages())}", robot.language, self._field("language"))
        self._speak(language)
        say = self._words
        self._say(say("welcome"))
        given: dict[str, Any] = {"language": language}
        given["name"] = self._ask(say("name"), robot.name, self._field("name"))
        given["quiet_from"] = self._ask(say("quiet_from"), f"{care.quiet_from:%H:%M}", self._field("quiet_from"))
        given["quiet_to"] = self._ask(say("quiet_to"), f"{care.quiet_to:%H:%M}", self._field("quiet_to"))
        country = care.country or home_of(language)
        check = self._field("country")
        given["country"] = self._ask(say("country"), country, lambda text: check(text.upper())).upper()
        given["minor"] = self._yes(say("minor"), default=self._config.profile.minor)
        given["people"] = self._people()
        given["contact"] = self._contacts()
        given["parts"] = self._parts()
        return Answers.model_validate(given)

    def _people(self) -> list[Housemate]:
        self._say(self._words("people"))
        found: list[Housemate] = []
        while len(found) < MOST and (
            name := self._ask(self._words("person"), "", lambda text: text and Housemate(name=text))
        ):
            found.append(Housemate(name=name, agreed=self._yes(self._words("consent", name=name), default=False)))
        return found

    def _contacts(self) -> list[ContactTable] | None:
        """None leaves those who are in the configuration."""
        self._say(self._words("contacts"))
        known = self._config.profile.contact
        if known:
            self._say("  " + ", ".join(contact.name for contact in known))
        found: list[ContactTable] = []
        while len(found) < MOST and (name := self._ask(self._words("contact"), "")):
            agreed = self._yes(self._words("contact_agreed", name=name), default=False)
            found.append(ContactTable(name=name, agreed=agreed))
        return found or None

    def _bring_model(self) -> None:
        """Offer the speech model of the chosen language, where none is here."""
        if self._config.hearing.model is not None or models.find(self._language):
            return
        model, say = models.known(self._language), self._words
        megabytes = round(model.size / MEGABYTE)
        if self._yes(say("fetch", name=model.name, megabytes=megabytes), default=True):
            try:
                bring(model, folder(), self._console)
                bring_turn_model(folder(), self._console)
            except BowlbyError as error:
                self._trouble(error)
        if not models.find(self._language):
            self._say(say("without_model"))

    def _parts(self) -> dict[str, str]:
        """The addresses that were changed, after a look, a listen and a word."""
        self._bring_model()
        parts, say = self._config.parts, self._words
        trial: tuple[tuple[str, str, str, Callable[[str], bool]], ...] = (
            ("camera", parts.camera, "trial_camera", self.look),
            ("ears", parts.ears, "trial_ears", self.listen),
            ("speaker", parts.speaker, "trial_voice", self._heard_voice),
        )
        changed = {}
        for name, now, question, attempt in trial:
            address = now
            while address and self._yes(say(question), default=True) and not attempt(address):
                other = self._ask(say("address", now=address), "")
                if not other:
                    break
                address = "" if other.lower() in self._words("none_words").split() else other
            if address != now:
                changed[name] = address
        if changed.get("speaker", parts.speaker):
            voice = self._voices(changed.get("speaker", parts.speaker))
            if voice != parts.voice:
                changed["voice"] = voice
        return changed

    def _voices(self, speaker: str) -> str:
        """The address of the voice: chosen by ear for each language, its own first."""
        present = voices_of(self._config.parts.voice)
        others = [language for language in present if language != self._language]
        chosen = {language: self._voice(language, present[language], speaker) for language in (self._language, *others)}
        if chosen == present:
            return self._config.parts.voice
        return address_of({language: chosen[language] for language in present})

    def _voice(self, language: str, present: str, speaker: str) -> str:
        """The voice of one language: listed with size and licence, brought where it is not here, heard, and kept on a
        yes. "" is espeak-ng.
        """
        say = self._words
        offered = ["", *(voice.name for voice in published.KNOWN if language in voice.languages)]
        offered += [present] * (present not in offered)
        self._say(say("voices", language=text("languages.name", language)))
        for number, name in enumerate(offered, 1):
            self._say(f"  {number}  {self._described(name)}")
        while True:
            numbers = [str(number) for number in range(1, len(offered) + 1)]
            answer = self._ask(say("voice"), str(offered.index(present) + 1))
            if answer not in numbers:
                self._say(say("voice_number", most=len(offered)))
                continue
            name = offered[int(answer) - 1]
            address = address_of(dict.fromkeys(voices_of(AS_SHIPPED), "") | {language: name})
            if self._brought(name):
                self._said(speaker, language, address)
                if self._yes(say("keep_voice"), default=True):
                    return name

    def _described(self, name: str) -> str:
        voice, say = published.known(name), self._words
        if not name:
            return say("voice_espeak")
        if voice is None:
            return name
        here = (
            say("voice_here") if published.found(voice) else say("voice_size", megabytes=round(voice.size / MEGABYTE))
        )
        return say("voice_natural", name=name, what=say(SOUNDS_LIKE[name]), licence=voice.licence, state=here)

    def _brought(self, name: str) -> bool:
        """Whether the voice is here, fetched now or taken from a copy."""
        voice = published.known(name)
        if voice is None or published.found(voice):
            return True
        try:
            bring(voice, folder(), self._console)
        except BowlbyError as error:
            self._trouble(error)
            copy = self._ask(self._words("voice_copy"), "")
            try:
                if copy:
                    add(Path(copy).expanduser(), folder(), published.KNOWN)
            except BowlbyError as unfit:
                self._trouble(unfit)
        return published.found(voice) is not None

    def _said(self, speaker: str, language: str, voice: str) -> None:
        try:
            self._lesser(trials.speak(speaker, Texts("setup", language)("sentence"), language, voice))
        except BowlbyError as error:
            self._trouble(error)

    def _lesser(self, health: Health) -> None:
        if health.condition is not Condition.OK:
            self._say(words(health.reason, self._language))

    # ------------------------------------------------------------ trials, also without questions

    def look(self, address: str) -> bool:
        """Show the camera's picture; False when there is none."""
        try:
            seen = trials.look(address)
        except BowlbyError as error:
            return self._trouble(error)
        self._console.print(trials.painted(seen.image))
        self._say(self._words("faces", n=seen.faces) if seen.faces else self._words("faces_none"))
        return True

    def listen(self, address: str) -> bool:
        """Show the level and what was understood of a sentence; False when nothing is heard or understood."""
        say = self._words
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[db]:.0f} dB"))
        try:
            with Progress(*columns, console=self._console, transient=True) as bar:
                task = bar.add_task(say("loading"), total=FLOOR_DB, db=-FLOOR_DB)
                found = trials.listen(
                    address,
                    self._language,
                    self._config.hearing,
                    lambda: bar.update(task, description=say("say_something")),
                    lambda db: bar.update(task, completed=max(db + FLOOR_DB, 0.0), db=max(db, -FLOOR_DB)),
                )
        except BowlbyError as error:
            return self._trouble(error)
        self._say(f"{found.level.loudest_db:.0f} dB. {say(found.level.verdict)}")
        if found.level.verdict == "loud_none":
            return False
        self._say(say("understood", text=found.text) if found.text else say("understood_nothing"))
        if found.health.condition is Condition.FAULT:
            self._say(words(found.health.reason, self._language))
            self._say(words(found.health.remedy, self._language))
            return False
        return bool(found.text)

    def speak(self, address: str) -> bool:
        """Say a sentence; False when that cannot be done."""
        try:
            health = trials.speak(address, self._words("sentence"), self._language, self._config.parts.voice)
        except BowlbyError as error:
            return self._trouble(error)
        self._lesser(health)
        return True

    def _heard_voice(self, address: str) -> bool:
        if not self.speak(address):
            return False
        if self._yes(self._words("heard_it"), default=True):
            return True
        self._say(self._words("turn_up"))
        return False

    # ------------------------------------------------------------ asking

    def _say(self, text: str) -> None:
        self._console.print(text)

    def _trouble(self, error: BowlbyError) -> bool:
        self._say(self._words("trouble", why=str(error)))
        return False

    def _ask(self, question: str, default: str, check: Callable[[str], object] = str) -> str:
        while True:
            brackets = f" [{default}]" if default else ""
            try:
                text = self._console.input(Text(f"{question}{brackets}: ", "bold")).strip() or default
            except EOFError:
                raise InputError("nobody is here to answer", remedy="bowlby setup --answers FILE") from None
            try:
                check(text)
            except ValidationError as error:
                self._say(self._words("bad", why=error.errors(include_url=False)[0]["msg"]))
            else:
                return text

    def _field(self, name: str) -> Callable[[str], object]:
        """A check by the type of one answer."""
        return lambda text: Answers.model_validate({name: text})

    def _yes(self, question: str, *, default: bool) -> bool:
        while True:
            usual = text("console.yes" if default else "console.no", self._language)
            agreed = agrees(self._ask(question, usual), self._language)
            if agreed is not None:
                return agreed
            self._say(self._words("yes_no"))
