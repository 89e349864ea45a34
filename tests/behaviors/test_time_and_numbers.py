"""Asked for the time, a date, a sum or a spelling, it answers in words, in both languages; it asks back once."""

from __future__ import annotations

import pytest

from sim.testing.sim_robot import SimRobot
from tests.support.talk import last_answer

LINES = {
    "en": [
        ("What time is it?", "twenty past four"),
        ("What day is it today?", "Monday, the second of March 2026"),
        ("How many days until Christmas?", "298 days"),
        ("How long until five o'clock?", "forty minutes"),
        ("What weekday is the third of May?", "Sunday, the third of May"),
        ("What day is tomorrow?", "tomorrow"),
        ("What is twelve times seven?", "84"),
        ("Half of ninety, how much is that?", "45"),
        ("What is 15 percent of 80?", "12"),
        ("What is seven divided by zero?", "divide"),
        ("How do you spell café?", "C, A, F, E acute"),
        ("How do you spell necessary, and do not say it fast.", "N, E, C, E, S, S, A, R, Y"),
    ],
    "fr": [
        ("Quelle heure est-il ?", "seize heures vingt"),
        ("Quel jour sommes-nous ?", "lundi deux mars 2026"),
        ("Combien de jours avant Noël ?", "298 jours"),
        ("Combien de temps avant cinq heures ?", "quarante minutes"),
        ("Quel jour de la semaine est le trois mai ?", "dimanche trois mai"),
        ("C'est quel jour demain ?", "demain"),
        ("Combien font douze fois sept ?", "84"),
        ("Quelle est la moitié de quatre-vingt-dix ?", "45"),
        ("Combien font quinze pour cent de quatre-vingts ?", "12"),
        ("Combien font sept divisé par zéro ?", "divis"),
        ("Comment s'écrit garçon ?", "G, A, R, C cédille, O, N"),
    ],
}


IN_ANOTHER = {
    "en": [
        ("Combien font douze fois sept ?", "That makes 84"),
        ("Mets un minuteur de dix minutes", "Ten minutes"),
        ("Rappelle-moi demain à dix heures d'appeler ma soeur", "tomorrow at ten o'clock"),
        ("Combien de miles dans dix kilomètres ?", "10 kilometres is about 6.21 miles"),
    ],
    "fr": [
        ("What is twelve times seven?", "fait 84"),
        ("Set a timer for ten minutes", "Dix minutes"),
        ("Remind me at ten to call Anna", "demain à dix heures"),
        ("How many miles in ten kilometres?", "10 kilomètres, ça fait environ 6,21 miles"),
    ],
}


@pytest.mark.parametrize(
    ("language", "line", "part"), [(code, *one) for code, some in IN_ANOTHER.items() for one in some]
)
def test_it_reads_the_language_that_was_typed_and_answers_in_its_own(language: str, line: str, part: str) -> None:
    assert part in last_answer(language, line).answer


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_answers_in_words(language: str) -> None:
    with SimRobot(language=language, civil="2026-03-02T16:20:00") as robot:
        ada = robot.person()
        robot.forward(seconds=12)
        for line, answer in LINES[language]:
            robot.said.clear()
            ada.says(line)
            assert robot.says(answer, within=8), (line, robot.said)
            robot.forward(seconds=1)


@pytest.mark.slow
def test_it_asks_back_where_the_numbers_are_missing() -> None:
    with SimRobot(civil="2026-03-02T16:20:00") as robot:
        ada = robot.person()
        robot.forward(seconds=12)
        ada.says("Can you do a sum for me?")
        assert robot.says("calculate_which", within=8)
        robot.forward(seconds=3)
        ada.says("twelve times seven")
        assert robot.says("84", within=8)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "lines", "answer"),
    [
        ("en", ["If I have twenty-three sweets and four friends, how many does everybody get"], "5 each, and 3 left"),
        ("en", ["There are seven of us, it's a hundred and thirteen euros, how much each?"], "16.14 euros"),
        ("fr", ["J'ai trente biscuits pour sept enfants, combien de biscuits pour chaque enfant ?"], "4 chacun, et"),
        ("fr", ["Divise-moi 184 euros 50 par cinq, on était au resto"], "36,90 euros"),
        (
            "fr",
            ["Combien de pages il me faut par jour s'il en faut soixante et qu'il reste douze jours ?"],
            "fait 5.",
        ),
        ("en", ["2,500 pages in 10 days, how many a day?"], "250."),
        ("en", ["I need sixty pages and I've twelve days left, how many is that a day?"], "makes 5."),
        ("en", ["If I want a post every two metres and it's eighty-six metres, what's that?"], "makes 43."),
        (
            "en",
            ["If I want a post every two metres and it's 86 metres, what's that?", "And one for the end, aye"],
            "44.",
        ),
        ("fr", ["Un piquet tous les deux mètres sur 86 mètres, ça fait combien ?", "Et un pour le bout."], "44."),
        ("en", ["If I charge forty-five an hour for six and a half hours, what's that?"], "makes 292.5"),
        ("en", ["How much is sixty-five guests at forty-two quid a head?"], "makes 2730"),
        ("en", ["If one yard is four hundred and fifty, how much is eight yards?"], "makes 3600"),
        ("fr", ["Je gagne douze euros de l'heure et je fais trente-cinq heures, ça fait combien ?"], "420 euros"),
        ("fr", ["Dix baguettes à un euro vingt pièce, ça fait combien ?"], "12 euros"),
    ],
)
def test_shares_and_rates_come_out_as_people_ask_for_them(language: str, lines: list[str], answer: str) -> None:
    assert answer in last_answer(language, *lines).answer


@pytest.mark.parametrize(
    ("language", "lines", "answer"),
    [
        ("en", ["What's 47 pounds 20 plus 18.95?", "And take nine pounds off that."], "57.15 pounds"),
        ("en", ["What's ten dollars minus three fifty?", "And take off ninety cents."], "5.60 dollars"),
        ("fr", ["Combien font 47 euros 20 plus dix-huit quatre-vingt-quinze ?", "Et enlève neuf."], "57,15 euros"),
    ],
)
def test_a_sum_of_money_goes_on_as_money(language: str, lines: list[str], answer: str) -> None:
    assert answer in last_answer(language, *lines).answer


@pytest.mark.parametrize(
    ("language", "line", "answer"),
    [
        ("en", "What is the difference between 12 and 7?", "5"),
        ("en", "What's the difference between 7 o'clock and noon?", "ive hours"),
        ("en", "What's the time difference between 7 and 12?", "ive hours"),
        ("fr", "Quelle est la différence entre 12 et 7 ?", "5"),
        ("fr", "Quelle est la différence entre sept heures et midi ?", "inq heures"),
    ],
)
def test_a_difference_is_of_times_where_times_are_named(language: str, line: str, answer: str) -> None:
    assert answer in last_answer(language, line).answer


def test_a_sum_that_goes_on_with_a_rounded_result_is_rounded() -> None:
    answer = last_answer("en", "What's 10 divided by 3?", "times 3")
    assert [one.phrase for one in answer.said] == ["calculate_about"]
    assert "10." in answer.answer


def test_what_comes_every_so_often_is_no_sum_where_nothing_is_asked() -> None:
    answer = last_answer("en", "I take my pill every two hours, it's been three hours.")
    assert "calculate" not in {one.behavior for one in answer.said}


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("en", "What date was last Friday?", "Friday, the second of January"),
        ("en", "How many days since last Friday?", "three days ago"),
        ("en", "What date was it three days ago?", "Friday, the second of January"),
        ("en", "What's the date in a fortnight?", "Monday, the nineteenth of January"),
        ("en", "What was the date two weeks ago?", "Monday, the twenty-second of December"),
        ("en", "What date is it in three months?", "Sunday, the fifth of April"),
        ("fr", "Combien de jours depuis vendredi dernier ?", "vendredi deux janvier"),
        ("fr", "C'était quel jour il y a trois jours ?", "vendredi deux janvier"),
        ("fr", "Quelle date sera-t-on dans quinze jours ?", "lundi dix-neuf janvier"),
        ("fr", "Quelle était la date il y a deux semaines ?", "lundi vingt-deux décembre"),
        ("fr", "Quelle date sera-t-on dans trois mois ?", "dimanche cinq avril"),
    ],
)
def test_a_day_that_is_over_or_far_is_told(language: str, line: str, day: str) -> None:
    assert day in last_answer(language, line).answer
