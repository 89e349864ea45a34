"""A mistake in a scenario, of every kind, is told with its file, line, key and remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import pytest

from robot.core.errors import ConfigError
from sim.world import scenario as scenarios
from sim.world.expectations import EXPECTATIONS, ExpectTable

if TYPE_CHECKING:
    from pathlib import Path

HEAD = 'about = "x"\nduration_s = 5\n'  # two lines
ADA = HEAD + '[[person]]\nname = "Ada"\n[[person.way]]\nat = 1\n'  # six
AGED = ADA.replace('name = "Ada"', 'name = "Ada"\nage = {}')
MISTAKES = {
    "a bracket is open": (HEAD + "[[person]\n", 3, "[[person]", "close the brackets"),
    "words without quotes": ("about = hello\n", 1, "about", "put words between quotes"),
    "an open quote": ('about = "x\nduration_s = 5\n', 1, "about", "close the quotes"),
    "no equals sign": (HEAD + "language\n", 3, "language", "write: key = value"),
    "a key twice": (HEAD + 'about = "y"\n', 3, "about", "it is there twice"),
    "a key is missing": ("duration_s = 5\n", 1, "about", "add it"),
    "an unknown key": (HEAD + "durations = 5\n", 3, "durations", "did you mean 'duration_s'?"),
    "an unknown table": (HEAD + '[[persons]]\nname = "Ada"\n', 3, "persons", "did you mean 'person'?"),
    "an unknown key deep inside": (
        ADA + "[[person.way]]\nat = 2\nyy = 3\n",
        9,
        "person.1.way.2.yy",
        "did you mean 'y'?",
    ),
    "an unknown key on one line": (
        HEAD + 'person = [{name = "Ada", way = [{at = 1, xx = 3}]}]\n',
        3,
        "person.1.way.1.xx",
        "did you mean 'x'?",
    ),
    "a word for a number": ('about = "x"\nduration_s = "long"\n', 2, "duration_s", "write a number, without quotes"),
    "a number for a word": ("about = 3\nduration_s = 5\n", 1, "about", "put it between quotes"),
    "a word for yes or no": (ADA + 'leave = "perhaps"\n', 7, "person.1.way.1.leave", "write true or false"),
    "not a date": (HEAD + 'civil = "yesterday"\n', 3, "civil", "write it as 2026-01-05T10:00:00"),
    "too small": ('about = "x"\nduration_s = -1\n', 2, "duration_s", "it is -1 now"),
    "out of the room": (ADA + "x = 20\n", 7, "person.1.way.1.x", "less than or equal to 8"),
    "another language": (HEAD + 'language = "fre"\n', 3, "language", "did you mean 'fr'?"),
    "an unknown direction": (ADA + 'face = "rigth"\n', 7, "person.1.way.1.face", "did you mean 'right'?"),
    "an unknown pad": (HEAD + '[[touch]]\nat = 1\npad = "nose"\n', 5, "touch.1.pad", "known here: head, back"),
    "one bracket for two": (HEAD + '[person]\nname = "Ada"\n', 3, "person", "write [[person]] with two brackets"),
    "a person without a way": (HEAD + '[[person]]\nname = "Ada"\n', 3, "person.1.way", "add it"),
    "a way without places": (HEAD + '[[person]]\nname = "Ada"\nway = []\n', 5, "person.1.way", "it is [] now"),
    "no words": (ADA + '[[person.say]]\nat = 1\ntext = ""\n', 9, "person.1.say.1.text", "it is '' now"),
    "places out of order": (ADA + "[[person.way]]\nat = 0.5\n", 8, "person.1.way.2.at", "give a later time than 1"),
    "two of one name": (
        ADA + '[[person]]\nname = "Ada"\n[[person.way]]\nat = 1\n',
        8,
        "person.2.name",
        "give one another name",
    ),
    "a place after the end": (ADA + "[[person.way]]\nat = 9\n", 8, "person.1.way.2.at", "give a time up to 5"),
    "words after the end": (
        ADA + '[[person.say]]\nat = 6\ntext = "Hi"\n',
        8,
        "person.1.say.1.at",
        "greater duration_s",
    ),
    "a hand after the end": (HEAD + "[[touch]]\nat = 7\n", 4, "touch.1.at", "give a time up to 5"),
    "an unknown expectation": (HEAD + '[[expect]]\nwhat = "setles"\n', 4, "expect.1.what", "did you mean 'settles'?"),
    "a person who does not come": (
        ADA + '[[expect]]\nwhat = "overshoot"\nperson = "Bob"\n',
        9,
        "expect.1.person",
        "known here: Ada",
    ),
    "nobody comes": (
        HEAD + '[[expect]]\nwhat = "overshoot"\nperson = "Bob"\n',
        5,
        "expect.1.person",
        "add a [[person]] of that name",
    ),
    "no person named": (ADA + '[[expect]]\nwhat = "eyes_turn"\n', 7, "expect.1.person", "add it"),
    "says what?": (HEAD + '[[expect]]\nwhat = "says"\nby = 3\n', 3, "expect.1", "give exactly one of them"),
    "says two things": (
        HEAD + '[[expect]]\nwhat = "says"\nphrase = "farewell"\ntext = "Bye"\n',
        3,
        "expect.1",
        "give exactly one of them",
    ),
    "an unknown phrase": (
        HEAD + '[[expect]]\nwhat = "says"\nphrase = "farewel"\n',
        5,
        "expect.1.phrase",
        "did you mean 'farewell'?",
    ),
    "an unknown mode": (
        HEAD + '[[expect]]\nwhat = "mode"\nmode = "slept"\n',
        5,
        "expect.1.mode",
        "did you mean 'asleep'?",
    ),
    "a key that does not count": (
        ADA + '[[expect]]\nwhat = "settles"\nperson = "Ada"\n',
        9,
        "expect.1.person",
        "keys of 'settles': after, limit",
    ),
    "by before after": (
        HEAD + '[[expect]]\nwhat = "says"\ntext = "a"\nafter = 4\nby = 2\n',
        7,
        "expect.1.by",
        "give a time from 4 on",
    ),
    "an unknown age": (
        AGED.format('"adlt"'),
        5,
        "person.1.age",
        "did you mean 'adult'?",
    ),
    "an age in years": (
        AGED.format("6"),
        5,
        "person.1.age",
        "known here: child, adult, old",
    ),
    "a word for sitting": (ADA + 'sit = "chair"\n', 7, "person.1.way.1.sit", "write true or false"),
    "half closed eyes": (ADA + "eyes_closed = 0.5\n", 7, "person.1.way.1.eyes_closed", "write true or false"),
    "two brackets for one": (HEAD + "[[camera]]\nfps = 5\n", 3, "camera", "write [camera] with one bracket"),
    "an unknown key of the camera": (HEAD + "[camera]\nfield = 60\n", 4, "camera.field", "did you mean 'field_deg'?"),
    "too wide a field": (HEAD + "[camera]\nfield_deg = 170\n", 4, "camera.field_deg", "it is 170 now"),
    "an unknown exposure": (HEAD + '[camera]\nexposure = "auto"\n', 4, "camera.exposure", "did you mean 'automatic'?"),
    "too slow a camera": (HEAD + "[camera]\nfps = 0.1\n", 4, "camera.fps", "it is 0.1 now"),
    "too late a camera": (HEAD + "[camera]\nlatency_ms = 900\n", 4, "camera.latency_ms", "it is 900 now"),
    "too much noise": (HEAD + "[camera]\nnoise = 99\n", 4, "camera.noise", "it is 99 now"),
    "a shutter longer than a picture": (
        HEAD + "[camera]\nfps = 20\nshutter_ms = 60\n",
        5,
        "camera.shutter_ms",
        "give less, or fewer pictures a second",
    ),
    "a deafening room": (HEAD + "[room]\nnoise_db = 120\n", 4, "room.noise_db", "it is 120 now"),
    "a room's noise in words": (HEAD + '[room]\nnoise_db = "loud"\n', 4, "room.noise_db", "write a number"),
    "moves by how much?": (HEAD + '[[expect]]\nwhat = "moves"\nafter = 1\n', 3, "expect.1.least", "add it"),
    "turns of one person": (
        ADA + '[[expect]]\nwhat = "gaze_turns"\nperson = "Ada"\n',
        9,
        "expect.1.person",
        "keys of 'gaze_turns': after, by, least, limit",
    ),
    "expected after the end": (
        HEAD + '[[expect]]\nwhat = "settles"\nafter = 50\n',
        5,
        "expect.1.after",
        "give a time up to 5",
    ),
}


@pytest.mark.parametrize(("text", "line", "key", "remedy"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_told_with_file_line_key_and_remedy(
    text: str, line: int, key: str, remedy: str, tmp_path: Path
) -> None:
    path = tmp_path / "scene.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as told:
        scenarios.load(str(path))
    words = str(told.value)
    assert words.startswith(f"{path}:{line}: ")
    assert key in words
    assert remedy in words


def test_every_expectation_has_its_keys() -> None:
    assert set(EXPECTATIONS) == set(get_args(ExpectTable.model_fields["what"].annotation))
    for keys in EXPECTATIONS.values():
        assert set(keys.known) <= set(ExpectTable.model_fields)


TEA = '[said.en]\ntea_ready = "The tea is ready."\n[said.fr]\ntea_ready = "Le thé est prêt."\n'
NAMED = HEAD + '[[expect]]\nwhat = "says"\nphrase = "{}"\n'


def test_phrases_of_somebodys_own_are_known_and_a_wrong_name_is_told_with_the_nearest(tmp_path: Path) -> None:
    own, file = tmp_path / "behaviors", tmp_path / "tea.toml"
    (own / "phrases").mkdir(parents=True)
    (own / "phrases" / "tea.toml").write_text(TEA, encoding="utf-8")
    file.write_text(NAMED.format("tea_ready"))
    assert scenarios.load(str(file), own)[1].expect[0].phrase == "tea_ready"
    with pytest.raises(ConfigError, match=r"tea\.toml:5: .*there is no phrase 'tea_ready'"):
        scenarios.load(str(file))
    file.write_text(NAMED.format("tea_raedy"))
    with pytest.raises(ConfigError, match=r"neither with the robot nor in .*phrases.*did you mean 'tea_ready'\?"):
        scenarios.load(str(file), own)


def test_an_own_file_that_cannot_be_read_is_named_where_a_phrase_is_looked_for_there(tmp_path: Path) -> None:
    own, file = tmp_path / "behaviors", tmp_path / "tea.toml"
    (own / "phrases").mkdir(parents=True)
    (own / "phrases" / "mine.toml").write_text("[said.en\n")
    file.write_text(NAMED.format("farewell"))
    assert scenarios.load(str(file), own)[1].expect
    file.write_text(NAMED.format("tea_ready"))
    with pytest.raises(ConfigError, match=r"mine\.toml"):
        scenarios.load(str(file), own)
