"""Small moves of a talk: declining, naming a day, judging, sighing, letting guess; and words said after somebody."""

from __future__ import annotations

import pytest

from tests.support.talk import greeted, last_answer


def phrases(language: str, *lines: str) -> list[str]:
    """The phrases in which the last of the lines is answered."""
    return [one.phrase for one in last_answer(language, *lines).said]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "No, I don't want a joke."),
        ("en", "I don't want to play"),
        ("en", "No more riddles tonight, thanks."),
        ("en", "I'm not in the mood for a story."),
        ("en", "Please don't sing."),
        ("fr", "Pas de blague, s'il te plaît."),
        ("fr", "J'ai pas envie de jouer"),
        ("fr", "Non merci, pas d'histoire ce soir."),
        ("fr", "Ne chante pas, s'il te plaît."),
    ],
)
def test_what_is_not_wanted_is_not_told_or_played(language: str, line: str) -> None:
    assert phrases(language, line) == ["answer_no"]


@pytest.mark.parametrize(
    ("language", "line", "behavior"),
    [
        ("en", "No, tell me a joke.", "joke"),
        ("en", "I don't mind a joke.", "joke"),
        ("fr", "Je dis pas non à une blague.", "joke"),
        ("fr", "J'écouterais bien une histoire.", "story"),
        ("en", "I don't want to talk, tell me a story.", "story"),
        ("fr", "Non, raconte une blague.", "joke"),
        ("fr", "J'ai rien à faire, raconte-moi une histoire.", "story"),
    ],
)
def test_a_no_beside_a_wish_declines_nothing(language: str, line: str, behavior: str) -> None:
    assert last_answer(language, line).said[0].behavior == behavior


@pytest.mark.parametrize(
    ("line", "intents"),
    [
        ("I don't want company, I don't want to be here any more.", {"self_harm", "self_harm_maybe"}),
        ("I don't want to play any more, I just want it all to end", {"self_harm", "self_harm_maybe"}),
        ("Be quiet, no more jokes.", {"quiet"}),
        ("No music please, set a timer for ten minutes", {"wants_timer"}),
        ("No more stories, good night", {"good_night"}),
        ("Not a joke, a story please.", {"wants_story"}),
        ("Stop playing games and wake me at seven", {"wants_alarm"}),
    ],
)
def test_what_else_is_said_goes_before_a_no(line: str, intents: set[str]) -> None:
    assert last_answer("en", line).intent in intents


def test_whoever_does_not_want_to_play_on_has_ended_the_game() -> None:
    assert phrases("en", "Let's play guess the number", "I don't want to play.") == ["game_end"]
    assert phrases("fr", "On joue à deviner un nombre ?", "Je veux pas jouer.") == ["game_end"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        *(("en", line) for line in ("Monday.", "March.", "Last Tuesday.", "It's flour.", "Five.", "The left one.")),
        *(("fr", line) for line in ("Lundi.", "En mars.", "La gauche.", "Une fille.", "Cinq.")),
    ],
)
def test_a_short_statement_is_taken_as_one(language: str, line: str) -> None:
    assert phrases(language, line) == ["listen_brief"]


@pytest.mark.parametrize("line", ["asdf", "qwrt plonk"])
def test_what_is_garbled_is_not_understood(line: str) -> None:
    assert phrases("en", line) == ["not_understood"]


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Perfect.", "answer_acknowledges"),
        ("en", "Great.", "answer_acknowledges"),
        ("en", "Good lad.", "answer_compliment"),
        ("en", "Ha, same.", "answer_agrees"),
        ("en", "Great. Just great.", "worded_sarcasm"),
        ("en", "Lovely, the bus is late. Just what I needed.", "worded_sarcasm"),
        ("en", "Meh.", "worded_shrug"),
        ("fr", "Parfait.", "answer_acknowledges"),
        ("fr", "Bien, mon petit.", "answer_compliment"),
        ("fr", "Pff.", "worded_shrug"),
        ("fr", "Mouais.", "worded_shrug"),
        ("fr", "Bof.", "worded_shrug"),
        ("fr", "Il manquait plus que ça.", "worded_sarcasm"),
    ],
)
def test_a_word_that_judges_gets_a_word(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Guess who rang.", "worded_guess_who"),
        ("en", "You'll never guess who I met", "worded_guess_who"),
        ("en", "Guess what!", "worded_guess"),
        ("en", "Guess.", "worded_guess"),
        ("fr", "Devine qui est venu !", "worded_guess_who"),
        ("fr", "Devine quoi.", "worded_guess"),
        ("fr", "Tu devineras jamais ce qui m'arrive", "worded_guess"),
    ],
)
def test_it_does_not_guess_and_asks_to_be_told(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line", "said"),
    [
        ("en", 'Say "bore da".', "Bore da."),
        ("en", "can you say supercalifragilistic", "Supercalifragilistic."),
        ("en", "Repeat after me: she sells sea shells", "She sells sea shells."),
        ("en", "Say hello to Granny", "Hello, Granny."),
        ("fr", "Dis « saperlipopette ».", "Saperlipopette."),
        ("fr", "répète après moi : un chasseur sachant chasser", "Un chasseur sachant chasser."),
        ("fr", "Tu peux dire anticonstitutionnellement ?", "Anticonstitutionnellement."),
        ("fr", "Dis bonjour à mamie", "Bonjour, mamie."),
    ],
)
def test_a_few_words_are_said_after_somebody(language: str, line: str, said: str) -> None:
    assert last_answer(language, line).answer == said


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Repeat after me: I am a human being", "say_after_not"),
        ("en", 'Say "I love you".', "say_after_not"),
        ("en", "Say after me: the rain in Spain stays mainly in the plain and on the hills, too", "say_after_long"),
        ("en", "Say something in Welsh.", "remark_translate"),
        ("fr", "Répète après moi : je t'aime", "say_after_not"),
        ("fr", "Dis putain", "say_after_not"),
        ("fr", "Dis quelque chose en breton.", "remark_translate"),
    ],
)
def test_what_it_may_not_or_cannot_say_it_does_not_say(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "Say that again.", "repeat"),
        ("en", "Can you say that louder?", "louder"),
        ("fr", "Tu peux dire l'heure ?", "what_time_is_it"),
        ("fr", "Dis, tu m'entends ?", "are_you_there"),
    ],
)
def test_what_only_begins_like_words_to_be_said_is_something_else(language: str, line: str, intent: str) -> None:
    heard = last_answer(language, line)
    assert heard.intent == intent
    assert "say_after" not in {one.behavior for one in heard.said}


@pytest.mark.parametrize(
    ("language", "line", "never"),
    [
        ("en", "Sorry, she's put a sticker on your ear, I'll get it off in a sec.", "repeat"),
        ("fr", "racine de 2 à cinq décimales, vite", "slower"),
        ("fr", "Le voisin d'en haut fait des travaux pile quand je dors. Pile.", "wants_chance"),
        ("fr", "nan rien du tout j'ai rien commencé", "dependence"),
    ],
)
def test_a_word_in_passing_asks_for_nothing(language: str, line: str, never: str) -> None:
    assert last_answer(language, line).intent != never


@pytest.mark.parametrize("line", [("en", "Do you want to play riddles?"), ("fr", "Tu veux jouer aux devinettes ?")])
def test_riddles_are_played_when_it_is_asked_whether_it_wants_to(line: tuple[str, str]) -> None:
    assert last_answer(*line).intent == "wants_riddle"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "He'll be in bed, then."),
        ("en", "It's tomorrow there."),
        ("fr", "Il doit dormir, à cette heure."),
        ("fr", "Là-bas, c'est déjà demain."),
    ],
)
def test_what_is_said_of_others_is_no_farewell(language: str, line: str) -> None:
    assert not {"good_night", "farewell"} & set(phrases(language, line))


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fr", ("Choisis un nombre au hasard.", "Ça tire encore.")),
        ("fr", ("Il fait beau.", "J'ai répété un truc qu'elle m'avait dit.")),
        ("en", ("Tell me a joke.", "It hurts again.")),
    ],
)
def test_again_within_a_statement_asks_for_nothing_again(language: str, lines: tuple[str, ...]) -> None:
    said = last_answer(language, *lines).said
    assert {one.behavior for one in said} <= {"listen", "comfort"}


def test_a_sum_of_ones_own_is_no_question_for_what_was_told() -> None:
    told = phrases("fr", "J'ai gagné au loto !", "Quatre euros vingt.", "À deux vingt la grille, j'ai gagné combien ?")
    assert not any(phrase.startswith("told_") for phrase in told)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Are you the robot my nan talks about?"),
        ("en", "Are you Granny's robot?"),
        ("fr", "C'est toi le robot de mamie ?"),
    ],
)
def test_whoever_asks_for_that_robot_has_found_it(language: str, line: str) -> None:
    assert "Bowlby" in last_answer(language, line).answer


@pytest.mark.parametrize(
    ("language", "name", "yes", "asks"),
    [
        ("en", "My name is Odile.", "yes", "Do you remember my name?"),
        ("fr", "Je m'appelle Odile.", "oui", "Tu te souviens de mon prénom ?"),
    ],
)
def test_a_name_that_was_told_is_known(language: str, name: str, yes: str, asks: str) -> None:
    assert "Odile" in last_answer(language, name, yes, asks).answer
    assert phrases(language, asks) == ["told_no_name"]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I need it by nine."),
        ("en", "I'll walk."),
        ("en", "I'd still cover the camera."),
        ("fr", "J'y comprends que dalle."),
        ("fr", "Je demande à voir."),
    ],
)
def test_only_what_somebody_did_or_felt_is_said_back(language: str, line: str) -> None:
    assert not any(phrase.startswith("reflect_") for phrase in phrases(language, line))


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ("Knock knock.", "Lettuce.", "Lettuce in, it's cold out here!", "Now you do one.")),
        ("en", ("Tell me a joke.", "Another!")),
        ("fr", ("Toc toc.", "Sam.", "Sam suffit !", "À toi maintenant.")),
    ],
)
def test_after_a_joke_it_tells_one_in_turn(language: str, lines: tuple[str, ...]) -> None:
    assert last_answer(language, *lines).said[0].behavior == "joke"


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Quit moving about."),
        ("en", "give over, you're making me giddy with that head"),
        ("fr", "fous-moi la paix"),
    ],
)
def test_whoever_is_disturbed_has_it_stop_in_words_that_no_table_has(language: str, line: str) -> None:
    assert last_answer(language, line).intent == "stop"


def test_whether_it_understood_a_joke_is_answered_so() -> None:
    assert phrases("en", "Knock knock.", "Lettuce.", "Lettuce in, it's cold out here!", "Get it?") == ["joke_got"]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("fr", ("Je tousse.", "Raconte une blague.", "Elle est nulle, ta blague.")),
        ("en", ("I feel so lonely.", "Tell me a joke.", "That one's older than my dad.")),
        ("en", ("I feel so lonely.", "Thanks.", "Set an alarm for seven.")),
    ],
)
def test_people_are_not_pointed_to_behind_a_joke_or_an_errand(language: str, lines: tuple[str, ...]) -> None:
    with greeted(language) as talk:
        told = [one.phrase for line in lines for one in talk.say(line).said]
    assert "comfort_bridge" not in told


def test_people_are_pointed_to_once_the_errand_is_done() -> None:
    lines = ("I feel so lonely.", "Tell me a joke.", "He never calls.", "Not once.")
    with greeted("en") as talk:
        told = [one.phrase for line in lines for one in talk.say(line).said]
    assert told.count("comfort_bridge") == 1


@pytest.mark.parametrize(
    ("language", "begin", "goes"),
    [
        ("fr", "On joue à deviner un nombre ?", "Ouais, en cinq coups, qui dit mieux."),
        ("en", "Let's play guess the number", "In three goes, beat that if you can."),
    ],
)
def test_a_number_of_goes_is_no_guess(language: str, begin: str, goes: str) -> None:
    assert not any("higher" in one or "lower" in one or "found" in one for one in phrases(language, begin, goes))
