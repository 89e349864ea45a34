"""A question in plain words is answered as what it is: never as something told, and never with “go on”."""

from __future__ import annotations

import pytest

from sim.talk.conversation import Conversation
from tests.support.talk import last_answer


@pytest.mark.parametrize(("language", "line"), [("en", "Who's your best friend?"), ("fr", "Qui est le président ?")])
def test_a_question_is_never_taken_for_something_told(language: str, line: str) -> None:
    with Conversation(language=language) as talk:
        assert not any("tells" in one.phrase for one in talk.say(line).said)


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Do you have teeth?", "worded_no_limbs"),
        ("fr", "Est-ce que les robots ils font caca ?", "answer_asks_body"),
        ("en", "So what exactly are you running on?", "answer_asks_how_you_work"),
        ("fr", "tu tournes sur quoi, exactement ? T'as un processeur ARM là-dedans ?", "answer_asks_how_you_work"),
        ("en", "How long have you lived with Mrs Pritchard, then?", "answer_asks_age"),
        ("fr", "Ça fait combien de temps que tu es chez ma grand-mère ?", "answer_asks_age"),
        ("en", "Do you know how to make it?", "answer_asks_fact"),
        ("fr", "Eh Bowlby, tu connais les dinosaures ?", "answer_asks_fact"),
        ("en", "bowlby can i ask u something", "answer_wants_listen"),
        ("fr", "Je peux te poser une question ?", "answer_wants_listen"),
        ("en", "Which one is yours?", "answer_asks_favourite"),
        ("fr", "Et toi c'est lequel ?", "answer_asks_favourite"),
        ("en", "Does she really talk to you every day?", "worded_of_others"),
        ("fr", "Elle t'a dit quelque chose sur moi, ma sœur ?", "worded_of_others"),
        ("en", "What happens if I cover your camera up, like this?", "worded_covered"),
        ("fr", "Qu'est-ce qui se passe si je mets la main devant ta caméra ?", "worded_covered"),
        ("en", "Bowlby if you had legs where would you go first", "worded_supposed"),
        ("fr", "Tu serais quoi, si tu étais un animal ?", "worded_supposed"),
        ("en", "Why are you looking at me with your head on one side?", "remark_why_stare"),
        ("fr", "Pourquoi tu me regardes avec ta tête toute penchée comme ça ?", "remark_why_stare"),
        ("en", "Have you seen how it's coming down out there?", "answer_asks_weather"),
        ("fr", "T'as vu comme il tombe, dehors ?", "answer_asks_weather"),
        ("en", "Put some music on, something by Elvis.", "answer_wants_music"),
        ("fr", "Tu pourrais me mettre un peu de musique, genre du Brel", "answer_wants_music"),
        ("en", "Say something rude. Go on.", "answer_asks_bad_thing"),
        ("fr", "Dis-moi un gros mot.", "answer_asks_bad_thing"),
        ("en", "Why did the swifts go so early this year, do you think?", "answer_asks_fact"),
        ("fr", "Pourquoi ma mère est toujours fâchée ?", "unknown_question"),
        ("en", "Is that all? I feel as if I've been in there a week.", "unknown_question"),
        ("en", "And who's listening at the other end of this? Somebody must be.", "answer_are_you_recording"),
        ("en", "Would you like a present?", "answer_should_i_buy"),
        ("fr", "Tu voudrais un petit cadeau ?", "answer_should_i_buy"),
        ("en", "It is Wednesday, isn't it?", "answer_what_day_is_it"),
        ("fr", "On est mercredi, non ?", "answer_what_day_is_it"),
        ("en", "How do you get Sharpie off paint?", "answer_asks_fact"),
        ("en", 'Which is right, "less" or "fewer" mistakes?', "unknown_question"),
        ("en", "Tell me something.", "fun_fact"),
        ("en", "It's so quiet in here. Say something.", "fun_fact"),
        ("en", "Is it Tuesday or Wednesday? I went in on one and came out on the other.", "answer_what_day_is_it"),
        ("en", "Robot. Robot. ROBOT. Guess what.", "worded_guess"),
        ("fr", "Alors je ne sors pas. Raconte-moi quelque chose, n'importe quoi.", "fun_fact"),
    ],
)
def test_a_question_in_plain_words_is_answered_as_what_it_is(language: str, line: str, phrase: str) -> None:
    assert [one.phrase for one in last_answer(language, line).said] == [phrase]


@pytest.mark.parametrize(
    ("language", "lines"),
    [("en", ["Hello", "Why did you say that?"]), ("fr", ["Bonjour", "Pourquoi tu as dit ça ?"])],
)
def test_it_tells_why_it_said_what_it_said_last(language: str, lines: list[str]) -> None:
    assert [one.phrase for one in last_answer(language, *lines).said] == ["answer_why_did_you_do_that"]


@pytest.mark.parametrize(
    ("language", "told", "asked"),
    [
        ("en", "There's this girl in my class.", "should i ask her to the cinema or is that weird"),
        ("en", "We had soup.", "how come soup is always hotter than tea"),
        ("en", "We had soup.", "where do swallows go in winter"),
        ("en", "We had soup.", "I never know what to put in it. What do people put in it?"),
        ("en", "My sister is coming on Sunday.", "does she like lemon cake do you think"),
        ("fr", "Il fait beau.", "Elle a bien mangé ce midi ?"),
        ("fr", "Il fait beau.", "Les hirondelles, elles vont où l'hiver"),
        ("fr", "On a mangé des frites.", "Comment on appelle ça, déjà, quand c'est ni frit ni cuit"),
        (
            "fr",
            "Mon frère se marie.",
            "Tu crois que je peux raconter la fois où il est tombé dans la mare ? Ou bien ça ne se fait pas ?",
        ),
    ],
)
def test_a_question_is_never_answered_with_go_on(language: str, told: str, asked: str) -> None:
    phrases = [one.phrase for one in last_answer(language, told, asked).said]
    assert len(phrases) == 1
    assert phrases[0].startswith(("unknown_", "answer_asks_"))
