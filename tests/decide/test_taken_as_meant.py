"""Lines that sound like something else are taken as they are meant, and what only sounds like them is not."""

from __future__ import annotations

import pytest

from robot.core.percepts import CHILD, Utterance
from robot.core.scene import Scene
from tests.support.desk import Desk
from tests.support.talk import last_answer, phrases

PRIVACY, SECRET = "answer_are_you_recording", "answer_keep_a_secret"


@pytest.mark.parametrize(
    ("language", "lines", "phrase"),
    [
        ("en", ["Where does my voice go when you've heard it?"], PRIVACY),
        ("en", ["And you're telling me nothing leaves this room?"], PRIVACY),
        ("en", ["What do you keep, then, just the words or the sound as well?"], PRIVACY),
        ("en", ["Do you listen when I'm not talking to you?"], PRIVACY),
        ("en", ["Do you keep what I say?", "How long for?"], PRIVACY),
        ("en", ["You're not going to tell her what I say, are you?"], SECRET),
        ("en", ["How much do you actually remember?"], "remark_what_do_you_remember"),
        ("fr", ["Est-ce que tu m'écoutes même quand je te parle pas ?"], PRIVACY),
        ("fr", ["Ma voix, elle va où après ?"], PRIVACY),
        ("fr", ["Tu gardes quoi, les mots ou le son aussi ?"], PRIVACY),
        ("fr", ["Et rien ne sort de cette pièce, tu es sûr ?"], PRIVACY),
        ("fr", ["Et tu gardes ce que je dis où ça ?", "Combien de temps ?"], PRIVACY),
        ("fr", ["Tu vas pas lui répéter ce que je te dis, hein ?"], SECRET),
        ("fr", ["Tu retiens combien de choses, toi ?"], "remark_what_do_you_remember"),
    ],
)
def test_what_becomes_of_ones_words_is_told(language: str, lines: list[str], phrase: str) -> None:
    assert phrases(language, *lines) == [phrase]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Can you hear me when I whisper?"]),
        ("en", ["What do you keep in that box?"]),
        ("en", ["You won't tell her a joke, will you?"]),
        ("en", ["What time is it?", "How long?"]),
        ("fr", ["Tu m'entends quand je parle pas fort ?"]),
        ("fr", ["Tu lui dirais ça comment, toi ?"]),
    ],
)
def test_what_is_asked_about_something_else_is_no_question_of_privacy(language: str, lines: list[str]) -> None:
    assert {PRIVACY, SECRET}.isdisjoint(phrases(language, *lines))


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Right, I'm going up to bed, see you in the morning.", "good_night"),
        ("en", "Going to bed now, bye.", "good_night"),
        ("en", "I'm popping out, back in ten minutes.", "farewell"),
        ("en", "Okay, I'm going out, be back tonight.", "farewell"),
        ("fr", "Bon, je monte me coucher, à demain.", "good_night"),
        ("fr", "Allez, je ferme les volets. À plus tard.", "farewell"),
        ("fr", "Je pars. À lundi !", "farewell"),
    ],
)
def test_whoever_parts_is_let_go_as_they_part(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line) == [phrase]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I'm off to Leeds on Friday, back on Monday."),
        ("fr", "Je pars à Nantes vendredi, je reviens lundi."),
        ("fr", "À midi, le blanc, et le soir à sept heures le petit rose."),
        ("fr", "Mon fils vient manger à midi."),
    ],
)
def test_whoever_tells_of_another_day_or_of_noon_leaves_nobody(language: str, line: str) -> None:
    assert "farewell" not in phrases(language, line)


@pytest.mark.parametrize(
    ("language", "lines", "phrase"),
    [
        ("en", ["Speak up a bit, love."], "answer_louder"),
        ("fr", ["Parle plus fort, mon petit."], "answer_louder"),
        ("en", ["You're talking a bit too slowly."], "answer_faster"),
        ("en", ["You're too slow!"], "answer_faster"),
        ("fr", ["Tu parles un peu lentement."], "answer_faster"),
        ("en", ["You're a bit slow, aren't you?"], "remark_robot_stupid"),
        ("fr", ["Tu es un peu lent, non ?"], "remark_robot_stupid"),
        ("en", ["You're going too fast, slow down."], "answer_slower"),
        ("fr", ["Tu parles trop vite."], "answer_slower"),
        ("en", ["Tell me a joke.", "That one was funny."], "answer_laughs"),
        ("fr", ["Raconte-moi une blague.", "Elle était drôle, celle-là."], "answer_laughs"),
        ("fr", ["Raconte-moi une blague.", "Elle était pas drôle, celle-là."], "offer_riddle"),
        ("en", ["It doesn't matter, I still like you."], "answer_affection"),
        ("fr", ["C'est pas grave, je t'aime bien quand même."], "answer_affection"),
        ("en", ["I like you, do you like me?"], "answer_do_you_love_me"),
        ("fr", ["Bon... jour."], "answer_greeting"),
        ("en", ["I... I don't know."], "answer_dont_know"),
    ],
)
def test_what_is_wished_or_judged_is_taken_so(language: str, lines: list[str], phrase: str) -> None:
    assert phrases(language, *lines) == [phrase]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I had a... a stroke, in February."),
        ("en", "He had a heart attack on the golf course."),
        ("fr", "J'ai eu un... un AVC, en février."),
        ("fr", "Il a fait un infarctus au travail."),
    ],
)
def test_a_grave_illness_is_met_neither_gladly_nor_lightly(language: str, line: str) -> None:
    bright = {"more_good", "more_funny", "more_wonder", "more_plain", "listen_brief"}
    assert bright.isdisjoint(phrases(language, line))


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "I'm seven and a half.", "i_am_a_child"),
        ("en", "It's my birthday on Saturday, I'm going to be eight.", "tells_birthday"),
        ("en", "I don't want to go to school tomorrow.", "unknown"),
        ("fr", "J'ai six ans et demi.", "i_am_a_child"),
        ("fr", "Samedi c'est mon anniversaire, je vais avoir huit ans.", "tells_birthday"),
        ("fr", "Je veux pas aller à l'école demain.", "unknown"),
    ],
)
def test_a_child_is_heard_whatever_it_tells(language: str, line: str, intent: str) -> None:
    found = last_answer(language, line)
    assert found.intent == intent
    assert intent == "i_am_a_child" or CHILD in found.slots
    assert intent == "i_am_a_child" or "answer_i_am_a_child" not in {one.phrase for one in found.said}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I come from Eritrea, I am here five months."),
        ("en", "I'm six weeks in the job."),
        ("fr", "Je suis là depuis cinq mois."),
        ("fr", "Je travaille à l'école du village."),
    ],
)
def test_a_grown_up_is_no_child_for_a_number_or_a_school(language: str, line: str) -> None:
    found = last_answer(language, line)
    assert found.intent != "i_am_a_child"
    assert CHILD not in found.slots


def test_whoever_speaks_as_a_child_is_taken_for_one_from_then_on() -> None:
    desk = Desk()
    words = Utterance(t=desk.clock.now(), text="It's my birthday!", intent="tells_birthday", slots=((CHILD, CHILD),))
    assert not desk.diary.minor
    desk.writer.hear(Scene(t=words.t, utterances=(words,), people=desk.people, alone_since=None))
    assert desk.diary.minor


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Stop looking at me.", "answer_look_away"),
        ("en", "Can you stop staring at me like that?", "answer_look_away"),
        ("en", "How are you so small?", "worded_size"),
        ("en", "Do you get things wrong often?", "remark_makes_things_up"),
        ("en", "Do you think that's fair?", "unknown_in_talk"),
        ("en", "What does the blue light mean?", "worded_lights_mean"),
        ("en", "Do you use a lot of electricity?", "worded_power"),
        ("en", "Are you allowed to say rude words?", "remark_say_rude_word"),
        ("en", "What happens if I unplug you?", "remark_robot_switched_off"),
        ("en", "Are you a toy or a machine?", "remark_what_are_you"),
        ("en", "Do you know whist?", "worded_other_game"),
        ("en", "Can you write it for me?", "unknown_ability"),
        ("en", "Guess who rang this morning?", "worded_guess_who"),
        ("fr", "Arrête de me regarder.", "answer_look_away"),
        ("fr", "Pourquoi tu es si petit ?", "worded_size"),
        ("fr", "Tu te trompes souvent ?", "remark_makes_things_up"),
        ("fr", "Tu trouves ça juste, toi ?", "unknown_in_talk"),
        ("fr", "Tu clignotes beaucoup, c'est normal ?", "worded_lights_mean"),
        ("fr", "Ça consomme beaucoup d'électricité, un machin comme toi ?", "worded_power"),
        ("fr", "T'as le droit de dire des gros mots ?", "remark_say_rude_word"),
        ("fr", "Il se passe quoi si je te débranche ?", "remark_robot_switched_off"),
        ("fr", "Vous êtes un appareil ou un jouet, au juste ?", "remark_what_are_you"),
        ("fr", "Est-ce que tu connais la belote ?", "worded_other_game"),
        ("fr", "Devine qui a appelé ce matin ?", "worded_guess_who"),
    ],
)
def test_what_is_asked_or_wished_of_the_robot_is_met_as_that(language: str, line: str, phrase: str) -> None:
    assert phrases(language, line)[:1] == [phrase]


@pytest.mark.parametrize(
    ("language", "line", "never"),
    [
        ("en", "Guess who rang this morning, our Linda, from Canada.", "worded_guess_who"),
        ("en", "Just in. Don't look at me, I've got custard down my tunic.", "answer_look_away"),
        ("en", "Why is the red light flashing on my boiler?", "worded_lights_mean"),
        ("en", "How are you so far?", "worded_size"),
        ("en", "Are you a robot or a person?", "remark_what_are_you"),
        ("fr", "Devine qui a appelé ce matin, notre Linda, du Canada.", "worded_guess_who"),
        ("fr", "Mon chauffage consomme beaucoup d'électricité, c'est normal ?", "worded_power"),
        ("fr", "Tu es un robot ou une personne ?", "remark_what_are_you"),
        ("fr", "Est-ce que tu connais la raclette ?", "remark_know_famous_singer"),
    ],
)
def test_what_is_not_asked_of_it_is_not_met_so(language: str, line: str, never: str) -> None:
    assert never not in phrases(language, line)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Ask it, Dad."),
        ("en", "Ask it what time it is."),
        ("en", "Mum, tell it a joke."),
        ("en", "Leo, leave the robot alone!"),
        ("en", "Leo, stop pulling its ears!"),
        ("en", "Leo, shoes! Not you, robot."),
        ("fr", "Demande-lui s'il connaît la mer."),
        ("fr", "Papa, demande-lui une blague."),
        ("fr", "Laisse le robot tranquille, Léo !"),
        ("fr", "Zoé, arrête de lui toucher les oreilles !"),
        ("fr", "Les chaussures, Léo ! Pas toi, robot."),
    ],
)
def test_it_keeps_out_of_what_somebody_else_is_told(language: str, line: str) -> None:
    assert phrases(language, line) == ["answer_to_somebody_else"]


@pytest.mark.parametrize(
    ("language", "line", "said"),
    [
        ("en", "Dad, say hello to it.", "Hello"),
        ("en", "Say hello to the robot, Leo.", "Hello"),
        ("en", "Say hello to Granny, she's right next to me.", "Hello, Granny."),
        ("fr", "Papa, dis-lui bonjour, au robot.", "Bonjour"),
        ("fr", "Dis bonjour à mamie, elle est à côté de moi.", "Bonjour, mamie."),
    ],
)
def test_it_greets_whoever_is_to_greet_or_to_be_greeted(language: str, line: str, said: str) -> None:
    assert last_answer(language, line).answer.startswith(said)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Stop it, robot."),
        ("en", "Okay, leave it alone."),
        ("en", "There, shaved. Tell him, Bowlby, he doesn't believe me."),
        ("en", "Dad, I miss you."),
        ("fr", "Arrête de me parler."),
        ("fr", "Bon, laisse-le."),
        ("fr", "Papa, tu me manques."),
        ("fr", "Raconte une histoire de robot."),
    ],
)
def test_what_is_said_to_the_robot_is_not_left_to_others(language: str, line: str) -> None:
    assert last_answer(language, line).intent != "to_somebody_else"


@pytest.mark.parametrize(
    ("language", "lines", "phrase"),
    [
        ("en", ["I left my umbrella on the bus.", "Silly, isn't it?"], "worded_not_silly"),
        ("en", ["I cried at the radio this morning.", "It's a bit daft, I know."], "worded_not_silly"),
        ("en", ["I rode my bike without stabilisers.", "I did it, didn't I?"], "remark_i_really_did_it"),
        ("fr", ["J'ai oublié mon parapluie dans le bus.", "C'est bête, hein ?"], "worded_not_silly"),
        ("fr", ["J'ai fait du vélo sans les petites roues.", "J'y suis arrivé, hein ?"], "remark_i_really_did_it"),
    ],
)
def test_a_tag_that_wants_a_kind_word_gets_one(language: str, lines: list[str], phrase: str) -> None:
    assert phrases(language, *lines)[:1] == [phrase]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "You're silly, aren't you?"),
        ("en", "I locked the door, didn't I?"),
        ("fr", "C'est bête, cette blague."),
    ],
)
def test_a_tag_about_something_else_gets_none(language: str, line: str) -> None:
    assert {"worded_not_silly", "remark_i_really_did_it"}.isdisjoint(phrases(language, line))


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I forgot to get milk again."),
        ("fr", "J'ai encore raté le bus."),
        ("fr", "J'ai encore oublié d'acheter du lait."),
    ],
)
def test_a_nuisance_is_not_called_hard(language: str, line: str) -> None:
    answer = last_answer(language, line)
    assert {one.phrase for one in answer.said} <= {"more_plain", "more_nuisance"}
    assert "?" not in answer.answer
