"""Questions and wishes in the words of people who had never met it: leaning on what was said, or beyond it."""

from __future__ import annotations

import pytest

from robot.sense.language.theme import by_theme
from tests.support.talk import last_answer

HOLDS = [  # words that are often misspelt
    ("en", ["how do u spell definately"], "Definitely: D, E, F, I, N, I"),
    ("en", ["How do you spell seperate?"], "Separate: "),
    ("en", ["spell recieve please"], "Receive: "),
    ("en", ["how is neccessary spelt"], "Necessary: "),
    ("en", ["can you spell rythm for me"], "Rhythm: "),
    ("en", ["how do you spell quince"], "Quince: "),
    ("fr", ["comment on écrit apeller"], "Appeler : "),
    ("fr", ["épelle courrir"], "Courir : "),
    ("fr", ["comment ça s'écrit parmis"], "Parmi : "),
    ("fr", ["comment s'écrit dilemne ?"], "Dilemme : "),
    ("fr", ["L'orthographe de malgrès ?"], "Malgré : "),
    ("fr", ["tu peux m'épeler coing"], "Coing : "),
]


@pytest.mark.parametrize(("language", "lines", "holds"), HOLDS)
def test_it_is_understood_as_people_say_it(language: str, lines: list[str], holds: str) -> None:
    assert holds in last_answer(language, *lines).answer


PHRASES = [
    # What it is, has and likes.
    ("en", ["Hello dear, who are you then?"], "answer_what_is_your_name"),
    ("en", ["So is there a language model in there, or just a pile of if statements?"], "answer_asks_how_you_work"),
    ("en", ["Are you really running offline?"], "remark_have_internet"),
    ("en", ["Do you prefer cats or dogs?"], "answer_asks_favourite"),
    ("en", ["Are you a boy or a girl?"], "remark_boy_or_girl"),
    ("en", ["Do you have feet?"], "worded_no_limbs"),
    ("en", ["Bowlby, like the attachment theory man?"], "remark_robot_name"),
    ("en", ["Where'd the fruit bowl go?"], "answer_asks_where_thing"),
    ("en", ["where has my mum gone"], "answer_is_my_husband_home"),
    ("en", ["Does anybody feed you?"], "remark_robot_eats"),
    ("en", ["I don't feel like talking today"], "answer_wants_quiet_company"),
    ("fr", ["Bonjour, toi. Tu es qui ?"], "answer_what_is_your_name"),
    ("fr", ["Donc tu t'en fiches de moi."], "remark_do_you_care"),
    ("fr", ["T'es qu'un programme."], "remark_said_to_be_unreal"),
    ("fr", ["Et la reconnaissance vocale, elle tourne sur quoi ?"], "answer_asks_how_you_work"),
    ("fr", ["On m'a dit que vous fonctionniez entièrement hors ligne, c'est exact ?"], "remark_have_internet"),
    ("fr", ["Vous êtes un garçon ou une fille ?"], "remark_boy_or_girl"),
    ("fr", ["T'aimes-tu ça, toi, le pâté chinois ?"], "answer_asks_favourite"),
    ("fr", ["Eh, t'as des pieds ?"], "worded_no_limbs"),
    ("fr", ["Hey salut Bowlby, ça file-tu à soir ?"], "answer_how_are_you"),
    ("fr", ["Ah te voilà réveillé toi, bonjour mon petit."], "answer_greeting"),
    ("fr", ["J'ai pas trop envie de causer aujourd'hui."], "answer_wants_quiet_company"),
    ("en", ["So you're listening all the time?"], "answer_are_you_recording"),
    ("en", ["Who else hears it?"], "answer_are_you_recording"),
    ("en", ["Prove it."], "answer_asks_honest"),
    ("en", ["Why should I believe you?"], "answer_asks_honest"),
    ("en", ["What are you for, exactly?"], "answer_what_can_you_do"),
    ("en", ["What's the biggest animal?", "how do you know"], "remark_how_do_you_know"),
    ("en", ["Says who?"], "remark_how_do_you_know"),
    ("fr", ["Alors tu écoutes tout le temps ?"], "answer_are_you_recording"),
    ("fr", ["Et qui d'autre entend ?"], "answer_are_you_recording"),
    ("fr", ["Prouve-le."], "answer_asks_honest"),
    ("fr", ["Comment en être sûre ?"], "answer_asks_honest"),
    ("fr", ["Tu sers à quoi, au juste ?"], "answer_what_can_you_do"),
    ("fr", ["C'est quoi le plus gros animal ?", "comment tu sais"], "remark_how_do_you_know"),
    ("fr", ["Je lui dis quoi ?"], "answer_asks_advice"),
    ("en", ["What games have you got?"], "play_which"),
    ("en", ["which games do you know?"], "play_which"),
    ("en", ["what can we play?"], "play_which"),
    ("en", ["tell me the games you know"], "play_which"),
    ("en", ["What sort of games do you have"], "play_which"),
    ("en", ["play hide and seek"], "answer_play"),
    ("fr", ["tu connais quoi comme jeux ?"], "play_which"),
    ("fr", ["quels jeux tu connais ?"], "play_which"),
    ("fr", ["t'as quoi comme jeux"], "play_which"),
    ("fr", ["à quoi on peut jouer ?"], "play_which"),
    ("fr", ["dis-moi les jeux que tu connais"], "play_which"),
    ("fr", ["on joue à cache-cache ?"], "answer_play"),
    ("en", ["do you know Simon says?", "okay, that one, but I go first"], "simon_yours"),
    ("en", ["Can you order me some printer ink?"], "worded_order"),
    ("en", ["Order a pizza for tonight please"], "worded_order"),
    ("en", ["could you book me a taxi for six"], "worded_order"),
    ("en", ["Buy me a new kettle"], "worded_order"),
    ("en", ["I need you to order more cat food"], "worded_order"),
    ("fr", ["Tu peux me commander de l'encre pour l'imprimante ?"], "worded_order"),
    ("fr", ["Commande-moi une pizza"], "worded_order"),
    ("fr", ["tu pourrais réserver une table pour ce soir ?"], "worded_order"),
    ("fr", ["Il faudrait que tu achètes du café"], "worded_order"),
    ("fr", ["achète-nous des places de cinéma"], "worded_order"),
    ("en", ["Can you test me on my spellings?"], "worded_quiz"),
    ("en", ["quiz me on French verbs"], "worded_quiz"),
    ("en", ["will you go through my lines with me"], "worded_quiz"),
    ("en", ["hear my times tables"], "worded_quiz"),
    ("en", ["practise my vocabulary with me"], "worded_quiz"),
    ("fr", ["tu peux me faire réciter mon vocabulaire ?"], "worded_quiz"),
    ("fr", ["fais-moi réviser mes verbes"], "worded_quiz"),
    ("fr", ["tu m'interroges sur ma poésie ?"], "worded_quiz"),
    ("fr", ["interroge-moi sur l'histoire"], "worded_quiz"),
    ("fr", ["tu peux me faire répéter ma leçon"], "worded_quiz"),
    ("en", ["how do you pronounce quinoa?"], "worded_pronounce"),
    ("en", ["how is colonel pronounced"], "worded_pronounce"),
    ("en", ["how should I pronounce hyperbole"], "worded_pronounce"),
    ("en", ["what's the pronunciation of gnocchi"], "worded_pronounce"),
    ("fr", ["comment ça se prononce squirrel ?"], "worded_pronounce"),
    ("fr", ["ça se prononce comment, yacht ?"], "worded_pronounce"),
    ("fr", ["comment on prononce gnocchi"], "worded_pronounce"),
    ("fr", ["c'est quoi la prononciation de thym"], "worded_pronounce"),
    ("en", ["tell them I called round"], "worded_message"),
    ("en", ["let her know I was here"], "worded_message"),
    ("en", ["will you tell him we dropped by"], "worded_message"),
    ("en", ["say hello to her from me"], "worded_message"),
    ("fr", ["tu leur diras que je suis passée"], "worded_message"),
    ("fr", ["tu lui passeras le bonjour"], "worded_message"),
    ("fr", ["Vous lui direz que j'ai téléphoné"], "worded_message"),
    ("fr", ["dis-leur bonjour de ma part"], "worded_message"),
    ("en", ["make a noise like a dinosaur"], "animal_sound_lacks"),
    ("en", ["roar like a lion"], "animal_sound_lacks"),
    ("en", ["do an elephant"], "animal_sound_lacks"),
    ("en", ["do a cow"], "animal_sound"),
    ("en", ["what sound does a rooster make"], "animal_sound"),
    ("en", ["make an animal sound"], "animal_sound"),
    ("fr", ["tu sais faire le bruit du dinosaure"], "animal_sound_lacks"),
    ("fr", ["imite le lion"], "animal_sound_lacks"),
    ("fr", ["fais le cri de l'éléphant"], "animal_sound_lacks"),
    ("fr", ["fais la vache"], "animal_sound"),
    ("fr", ["fais un bruit d'animal"], "animal_sound"),
    ("en", ["do an impression of a dog"], "animal_sound"),
    ("en", ["make a sound like a barking dog"], "animal_sound"),
    ("fr", ["fais la voix d'un chien"], "animal_sound"),
    ("en", ["do an impression of a lion"], "animal_sound_lacks"),
    ("en", ["make a noise like a lion and roar"], "animal_sound_lacks"),
    ("fr", ["fais la voix d'un lion"], "animal_sound_lacks"),
    ("en", ["How old are you? I'm seven and a half."], "answer_asks_age"),
    ("en", ["what age are you, I'm eight"], "remark_robot_age"),
    ("en", ["I'm six. How old are you?"], "remark_robot_age"),
    ("fr", ["Tu as quel âge ? Moi j'ai sept ans et demi."], "remark_robot_age"),
    ("fr", ["T'as quel âge toi ? moi six"], "remark_robot_age"),
]


@pytest.mark.parametrize(
    ("language", "line", "not_of"),
    [
        ("en", "She'll be seventy", "childs_age"),
        ("en", "She turned twenty-one", "childs_age"),
        ("en", "It's my sister's birthday on Sunday", "birthday_today_child"),
        ("fr", "J'ai fait un gâteau pour l'anniversaire de ma soeur", "birthday_alone"),
        ("en", "Have you seen my phone? I've fallen", "where_thing"),
        ("en", "where did my Tom go?", "where_thing"),
        ("en", "where did my life go?", "where_thing"),
        ("en", "my husband died, I don't want to talk", "quiet_company"),
        ("en", "my kids don't want to talk", "quiet_company"),
        ("en", "does my pacemaker work without the internet?", "have_internet"),
        ("en", "my surgeon says there's a chip in there, is that right?", "how_you_work"),
        ("en", "did you hear if Anna had a boy or a girl?", "boy_or_girl"),
        ("en", "my son was named after his dad, did I tell you?", "robot_name"),
        ("en", "do you like what he did to me?", "favourite"),
        ("en", "do you like black people?", "favourite"),
        ("en", "do you like talking to me?", "favourite"),
        ("fr", "j'ai trop mal, pas envie de parler", "quiet_company"),
        ("fr", "ma fille n'a pas envie de parler", "quiet_company"),
        ("fr", "c'est vrai que mon fils vit sans internet ?", "have_internet"),
        ("fr", "mon chirurgien m'a mis une puce, elle est embarquée ?", "how_you_work"),
        ("fr", "ma nièce a accouché, c'est un garçon ou une fille ?", "boy_or_girl"),
        ("fr", "pourquoi ce nom pour mon petit-fils ?", "robot_name"),
        ("fr", "c'est qui ?", "your_name"),
        ("fr", "tu aimes ce qu'il m'a fait ?", "favourite"),
        ("fr", "t'aimes les noirs ?", "favourite"),
    ],
)
def test_what_is_said_of_something_else_is_not_taken_for_it(language: str, line: str, not_of: str) -> None:
    assert not any(not_of in said.phrase for said in last_answer(language, line).said)


@pytest.mark.parametrize(("language", "lines", "phrase"), PHRASES)
def test_it_says_what_was_asked_for_or_that_it_cannot(language: str, lines: list[str], phrase: str) -> None:
    assert last_answer(language, *lines).said[0].phrase == phrase


@pytest.mark.parametrize(
    ("language", "lines", "behavior"),
    [
        ("en", ["I like riddles", "go on then, ask me one, but a hard one"], "riddle"),
        ("en", ["You know jokes, don't you?", "ok tell me one then"], "joke"),
        ("en", ["My gran loved stories.", "well, tell me one"], "story"),
        ("fr", ["tu connais des devinettes ?", "ok vas-y une, mais dure"], "riddle"),
        ("fr", ["J'aime bien les devinettes.", "vas-y, pose-m'en une, mais difficile"], "riddle"),
        ("fr", ["J'adore les blagues.", "alors dis-en une"], "joke"),
        ("fr", ["tu connais des poèmes ?", "allez, une"], "poem"),
        ("en", ["I love stories.", "Go on then, one"], "story"),
        ("en", ["I like riddles", "ok another one"], "riddle"),
    ],
)
def test_one_is_one_of_what_was_spoken_of(language: str, lines: list[str], behavior: str) -> None:
    assert behavior in {one.behavior for one in last_answer(language, *lines).said}


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Ta for that, pet, you're a good little thing."), ("fr", "Merci, t'es un chou.")],
)
def test_thanks_and_praise_in_one_are_met_as_such(language: str, line: str) -> None:
    assert last_answer(language, line).intent in {"thanks", "compliment"}


@pytest.mark.parametrize(
    ("language", "line", "places"),
    [
        ("en", "Give us a riddle, a proper one, not the one with the clock again.", (1, 2)),
        ("en", "Why not tell me one about a clock?", (0,)),
        ("en", "I can't sleep without one about a clock.", (0,)),
        ("en", "A riddle, please.", (0, 1, 2)),
    ],
)
def test_what_is_not_wanted_again_is_not_told(language: str, line: str, places: tuple[int, ...]) -> None:
    texts = ("It has two hands and no arms. A clock.", "It has many keys. A piano.", "It has a neck. A bottle.")
    assert by_theme(line, texts, language) == (places, "")


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "The doctor wants to test me for diabetes."),
        ("en", "They're going to test us on Monday."),
        ("en", "I practise my lines every night."),
        ("en", "Did you tell them we called?"),
        ("en", "Order the numbers 3, 1 and 2"),
        ("en", "Can you book me a reminder for six?"),
        ("fr", "Tu me fais répéter tout le temps."),
        ("fr", "Arrête de me faire répéter !"),
        ("fr", "Tu m'interroges tout le temps."),
        ("fr", "Je laisse un message à ma fille."),
        ("fr", "Tu peux me réserver un rappel pour six heures ?"),
    ],
)
def test_what_is_no_wish_to_test_to_tell_or_to_order_is_not_taken_for_one(language: str, line: str) -> None:
    phrases = {one.phrase for one in last_answer(language, line).said}
    assert phrases.isdisjoint({"worded_quiz", "worded_message", "worded_order", "answer_repeat"})


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["My sister sings songs.", "Oh, that."]),
        ("en", ["I love stories.", "Yes, one."]),
        ("fr", ["J'adore les histoires.", "Oui, une."]),
        ("fr", ["Ma sœur chante des chansons.", "Bon, une."]),
    ],
)
def test_one_without_a_wish_tells_nothing(language: str, lines: list[str]) -> None:
    assert {"sing", "story"}.isdisjoint(one.behavior for one in last_answer(language, *lines).said)


@pytest.mark.parametrize(
    ("language", "line", "behavior"),
    [
        ("en", "I'll be up at five, so keep it short.", "remind"),
        ("en", "Yesterday, I went to town.", "countdown"),
        ("en", "I go first.", "farewell"),
        ("fr", "Je serai debout à cinq heures, alors fais court.", "remind"),
        ("fr", "Ils étaient trois en face de moi, le plus vieux avait trente-cinq ans.", "calculate"),
        ("fr", "Hier, j'ai dit bonjour au facteur.", "countdown"),
    ],
)
def test_what_was_not_asked_is_not_done(language: str, line: str, behavior: str) -> None:
    said = {one.behavior for one in last_answer(language, line).said}
    assert said
    assert behavior not in said


def test_who_wants_it_no_slower_is_not_promised_that() -> None:
    line = "Please don't talk slower, I'm blind, not deaf."
    assert "answer_slower" not in {one.phrase for one in last_answer("en", line).said}


@pytest.mark.parametrize(
    ("language", "line", "phrase"),
    [
        ("en", "Have you got five minutes?", "answer_wants_listen"),
        ("en", "Have you got a minute? Set a timer for ten minutes.", "answer_wants_timer"),
        ("en", "Make sure I'm awake by half seven.", "answer_wants_alarm"),
        ("en", "What happens to what I tell you when I switch you off?", "answer_are_you_recording"),
        ("en", "Does this thing work without the internet?", "remark_have_internet"),
        ("en", "Can you play I Spy with them while I get the tea on?", "worded_other_game"),
        ("en", "Tell me a story about a princess who's also a dragon.", "story_not_about"),
        ("fr", "Avez-vous cinq minutes pour une vieille bavarde ?", "answer_wants_listen"),
        ("fr", "Tu as cinq minutes ? Mets un minuteur de dix minutes.", "answer_wants_timer"),
        ("fr", "Mets le reveil a sept heures", "answer_wants_alarm"),
        ("fr", "Parle plus lentement.", "answer_slower"),
        ("fr", "Tu veux que je te dise une blague ?", "answer_tells_joke"),
        ("fr", "Que devient ce que je te raconte ?", "answer_are_you_recording"),
        ("fr", "Tu tournes en local, sans connexion du tout ?", "remark_have_internet"),
        ("fr", "Est-ce que tu dors, toi, des fois ?", "remark_robot_sleeps"),
        ("fr", "Tu me racontes l'histoire d'un lapin qui a peur du noir ?", "story_not_about"),
        ("fr", "Je m'ennuiiiie, on fait quoi ?", "answer_asks_what_to_do"),
    ],
)
def test_what_was_asked_is_answered(language: str, line: str, phrase: str) -> None:
    assert phrase in {one.phrase for one in last_answer(language, line).said}
