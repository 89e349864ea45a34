"""Visitors, helpers, children and sceptics are met as they come; little is said back, and that well."""

from __future__ import annotations

import pytest

from sim.talk.conversation import Conversation
from tests.support.talk import last_answer, phrases


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My name's Tyler, can you remember that?"),
        ("en", "My name's Jean, love. Will you remember that?"),
        ("en", "Hi, I'm Denise, I come in on Tuesdays to help out."),
        ("fr", "Je m'appelle Odette, tu t'en souviendras ?"),
    ],
)
def test_a_name_that_is_to_be_kept_is_asked_about_and_kept_after_a_yes(language: str, line: str) -> None:
    assert phrases(language, line) == ["consent_ask"]
    assert phrases(language, line, "Yes." if language == "en" else "Oui.") == ["consent_yes"]


@pytest.mark.parametrize(
    ("language", "line", "name"),
    [
        ("en", "Morning, Bowlby, it's Blessing. Is he up yet?", "Blessing"),
        ("fr", "Bonjour, c'est Nadia, je viens pour la toilette de madame Perrin.", "Nadia"),
    ],
)
def test_whoever_comes_in_with_a_task_is_greeted_and_not_questioned(language: str, line: str, name: str) -> None:
    with Conversation(language=language) as talk:
        talk.greeting()
        answer = talk.say(line).answer
    assert name in answer
    assert "?" not in answer


@pytest.mark.parametrize(("language", "line"), [("en", "Morning, it's Monday."), ("fr", "Bonjour, c'est lundi.")])
def test_a_day_is_nobodys_name(language: str, line: str) -> None:
    assert "answer_greeting_named" not in phrases(language, line)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("fr", "J'ai pas demandé, c'est la honte."),
        ("en", "He's eaten all the biscuits again, the greedy beggar."),
        ("en", "Still had dirt on 'em."),
        ("en", "My dear, I had a short haircut."),
    ],
)
def test_blame_and_what_is_not_of_the_person_are_not_said_back(language: str, line: str) -> None:
    assert not any(phrase.startswith("reflect_") for phrase in phrases(language, line))


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("fr", "Et la caméra, elle filme tout le temps ? Ça part où, ces images ?", "answer_are_you_recording"),
        ("en", "How much did she pay for you, anyway?", "remark_robot_price"),
        ("en", "Thanks, love.", "answer_thanks"),
        ("fr", "Je m'ennuie.", "answer_tells_bored"),
        ("en", "I've no idea what to make for dinner.", "remark_dinner_ideas"),
        ("en", "I lost my tooth! Look!", "remark_lost_a_tooth"),
    ],
)
def test_small_questions_and_news_are_taken_as_what_they_are(language: str, line: str, phrase: str) -> None:
    found = phrases(language, line)[0]
    assert found == phrase or found.startswith(f"{phrase}_")  # what it says of recording goes by how it is


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("fr", "C'est un peu anglais, ça, non ? Chez nous, on vous aurait appelé Gottfried.", "answer_speak_english"),
        ("en", "She's my favourite person. She raised me, and all my cousins too.", "answer_affection"),
    ],
)
def test_it_changes_no_tongue_and_turns_down_no_love_unasked(language: str, line: str, phrase: str) -> None:
    assert phrase not in phrases(language, line)


def test_liking_is_no_wish_to_move_a_reminder() -> None:
    assert "answer_wants_move_reminder" not in phrases("fr", "T'es moche mais je t'aime bien.")


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Wish me luck.", "worded_luck"),
        ("fr", "Croise les doigts pour moi, j'ai mon permis demain.", "worded_luck"),
        ("en", "You're very kind, young man.", "answer_compliment"),
        ("fr", "Vous êtes bien aimable, jeune homme", "answer_compliment"),
        ("en", "so you're the famous Bowlby. My sister never stops going on about you.", "remark_famous_robot"),
        ("fr", "Ma petite-fille n'arrête pas de parler de toi.", "remark_famous_robot"),
        ("en", "I'd give you a slice of cake if you could eat.", "remark_feeds_the_robot"),
        (
            "fr",
            "On a récolté quarante kilos de prunes, si t'avais une bouche je t'en donnerais",
            "remark_feeds_the_robot",
        ),
        ("en", "You didn't laugh at my joke.", "remark_can_you_laugh_or_cry"),
        ("fr", "Tu n'as pas ri à ma blague.", "remark_can_you_laugh_or_cry"),
        ("en", "Had a text to say the silage contractor can't come till Friday", "answer_tells_waiting"),
        ("fr", "Le plombier peut pas venir avant lundi.", "answer_tells_waiting"),
    ],
)
def test_a_courtesy_is_taken_as_one(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line)[0] == phrase


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I could have sworn it was the other way round."),
        ("en", "Hey buddy. I'm supposed to be writing, so obviously I'm talking to you."),
        ("en", "Aye aye, Bowlby. You're looking perky the day."),
        ("fr", "On est encore en train de tourner en rond."),
        ("fr", "J'avais un truc à te dire et ça m'est sorti de la tête."),
    ],
)
def test_what_is_stated_first_is_met_openly_although_it_has_no_meaning(language: str, line: str) -> None:
    assert phrases(language, line)[0].startswith("more_")


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "colourless green ideas sleep furiously", "listen_unsure"),
        ("en", "write down the gas reading for me", "unknown_wish"),
        ("fr", "Écris-moi le relevé du compteur", "unknown_wish"),
        ("en", "Bowlby go and fetch me my slippers from upstairs", "answer_wants_device"),
        ("fr", "Va me chercher mes pantoufles là-haut", "answer_wants_device"),
    ],
)
def test_what_may_ask_for_something_is_never_met_as_if_it_told(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "If he asks, tell him his dinner's in the fridge.", "worded_message"),
        ("en", "When Dave comes in, just tell him the boiler man rang.", "worded_message"),
        ("en", "Can you leave a message for my son?", "worded_message"),
        ("fr", "Si elle se réveille, dis-lui que j'ai mis le linge à sécher derrière.", "worded_message"),
        ("fr", "Quand il rentre, tu lui diras que la soupe est prête.", "worded_message"),
        ("en", "That's more honest than most.", "worded_owns_up"),
        ("fr", "Au moins tu l'avoues. J'en connais qui auraient inventé un score.", "worded_owns_up"),
        ("en", "The sums are easy, a pocket calculator could manage them.", "worded_calculator"),
        ("fr", "Bon, ça, une calculette Casio le faisait déjà.", "worded_calculator"),
        ("en", "No offence, but I'll ask my daughter.", "worded_no_offence"),
        (
            "fr",
            "Je demanderai quand même à mon fils de vérifier. C'est pas contre toi.",
            "worded_no_offence",
        ),
        ("en", "And what do you do for a living?", "answer_what_can_you_do"),
        (
            "fr",
            "Ben voyons donc, t'es ben cute toi, qu'est-ce que tu fais de bon dans la vie ?",
            "answer_what_can_you_do",
        ),
    ],
)
def test_errands_and_good_humoured_digs_are_taken_as_what_they_are(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "If anyone asks, tell them I love them."),
        ("en", "Tell my son I'm sorry for everything."),
        ("fr", "Dis à ma fille que je l'aime et que je suis désolée."),
        ("en", "Tell Emma that my chest hurts."),
        ("en", "Nothing against you, but I can't go on."),
    ],
)
def test_a_message_that_may_be_a_farewell_or_a_need_is_not_waved_off(language: str, line: str) -> None:
    assert not any(phrase.startswith("worded_") for phrase in phrases(language, line))


def test_nothing_is_asked_that_the_line_has_just_told() -> None:
    assert phrases("en", "Her name's Priya, she's lovely.") == ["more_wonder"]
    assert phrases("en", "Her name's Priya.")[-1] == "ask_remark_gives_persons_first_name"


@pytest.mark.parametrize(
    ("language", "line", "then"),
    [
        ("en", "Oi, you want a game of something? There's nothing on the telly.", "hide and seek"),
        ("en", "Can we play a game?", "peekaboo"),
        ("fr", "On fait un jeu ?", "cache-cache"),
    ],
)
def test_whoever_wants_any_game_is_told_which_there_are(language: str, line: str, then: str) -> None:
    assert phrases(language, line) == ["play_which"]
    assert phrases(language, line, then) == ["answer_play"]


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "So what are you then, some kind of talking lamp?", "are_you_human"),
        ("en", "What are you doing?", "asks_doing"),
        ("en", "Why did you look away?", "why_did_you_do_that"),
        ("en", "Why is your head so shiny?", "unknown"),
        ("fr", "Pourquoi ta tête brille ?", "unknown"),
        ("fr", "Qu'est-ce que tu es, une lampe ?", "are_you_human"),
    ],
)
def test_what_it_is_and_does_is_asked_for_as_such(language: str, line: str, intent: str) -> None:
    assert last_answer(language, line).intent == intent


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "help me pack", "wants_device"),
        ("en", "I need your help to carry the shopping", "wants_device"),
        ("en", "help me with the crossword", "asks_homework"),
        ("en", "help me up", "help"),
        ("en", "help me clean up the blood", "help"),
        ("fr", "aide-moi à faire ma valise", "wants_device"),
        ("fr", "aide-moi pour les mots croisés", "asks_homework"),
        ("fr", "aide-moi à me lever", "help"),
    ],
)
def test_whoever_wants_a_hand_is_in_no_danger_but_for_who_may_be(language: str, line: str, intent: str) -> None:
    assert last_answer(language, line).intent == intent


@pytest.mark.parametrize(
    ("language", "lines", "intent"),
    [
        ("en", ["I painted the shed", "what do you think"], "asks_opinion"),
        ("en", ["prove you're not recording me"], "are_you_recording"),
        ("en", ["who can hear this"], "are_you_recording"),
        ("en", ["can you do a trick"], "wants_dance"),
        ("en", ["tell me something cheerful"], "wants_fun_fact"),
        ("en", ["never mind"], "no"),
        ("en", ["God, what a night."], "unknown"),
        ("en", ["You know any baseball jokes? He'll pretend he doesn't like it."], "wants_joke"),
        ("en", ["Go on then, what do you weigh?"], "asks_body"),
        ("en", ["Do you know owt about cricket?"], "asks_fact"),
        ("en", ["Alright, convince me you're not a gimmick."], "what_can_you_do"),
        ("fr", ["J'ai repeint le salon en vert", "tu en penses quoi"], "asks_opinion"),
        ("fr", ["prouve que tu n'enregistres rien"], "are_you_recording"),
        ("fr", ["qui est-ce qui peut entendre ça"], "are_you_recording"),
        ("fr", ["fais un truc"], "wants_dance"),
        ("fr", ["Bref vas-y on change, t'as pas une blague nulle ?"], "wants_joke"),
        ("fr", ["As-tu des idées de jeux pour deux enfants ?"], "play"),
        ("fr", ["jai eu 6 en maths"], "tells_disappointed"),
        ("fr", ["Tu peux me prouver que tu comprends ce que je dis ?"], "do_you_understand"),
        ("fr", ["t'es une IA ou juste une enceinte"], "are_you_human"),
        ("fr", ["Et toi, tu sais le temps qu'il va faire demain ?"], "asks_weather"),
        ("fr", ["Tu sais quoi ? On a eu des poussins dans la classe !"], "tells_something"),
        ("fr", ["Qu'est-ce qu'il faut mettre contre les pucerons ?"], "unknown"),
        ("fr", ["raconte-moi quelque chose de gai"], "wants_fun_fact"),
    ],
)
def test_what_a_sceptic_or_a_bored_child_asks_is_taken_as_that(language: str, lines: list[str], intent: str) -> None:
    assert last_answer(language, *lines).intent == intent
