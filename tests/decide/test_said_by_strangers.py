"""Errands, questions and wishes in the words of people who had never met it: leaning on what was said, or beyond it."""

from __future__ import annotations

import pytest

from robot.sense.language.choices import choices_in
from robot.sense.language.theme import by_theme
from tests.support.talk import last_answer

HOLDS = [
    # A correction within one line.
    ("en", ["Set twenty minutes for the eggs. No, what am I saying, four minutes."], "Four minutes"),
    ("en", ["Timer for an hour, no hang on, make that half an hour."], "Thirty minutes"),
    ("en", ["Wake me at six. No, what am I saying? Seven."], "seven o'clock in the morning"),
    ("en", ["Set a timer for twelve minutes. I tell a lie, fifteen."], "Fifteen minutes"),
    ("en", ["Remind me at six to ring Bob. Scratch that, seven."], "at seven o'clock in the evening: ring Bob"),
    ("en", ["Start a ten minute timer, but no, what am I on about, thirty minutes."], "Thirty minutes"),
    ("fr", ["Mets vingt minutes pour les œufs. Non, qu'est-ce que je raconte, quatre minutes."], "Quatre minutes"),
    ("fr", ["Réveille-moi à six heures. Ah non, je dis n'importe quoi, sept heures."], "à sept heures"),
    ("fr", ["Un minuteur de dix minutes. Au temps pour moi, quinze."], "Quinze minutes"),
    ("fr", ["Rappelle-moi à midi d'appeler Paul. Non mais qu'est-ce que je dis ? Treize heures."], "treize heures : "),
    ("fr", ["Mets un minuteur de dix minutes, je me trompe, douze."], "Douze minutes"),
    # Words that only stress a time.
    ("en", ["Wake me at half three would you, and not a minute before."], "half past three in the afternoon"),
    ("fr", ["Réveille-moi à sept heures, et pas une minute avant."], "à sept heures"),
    # A time that leans on one that was named.
    ("en", ["I need to be up at two for the plumber, can you wake me at ten to?"], "ten to two in the afternoon"),
    ("en", ["The train goes at six tomorrow, so wake me at quarter to."], "a quarter to six in the morning"),
    ("en", ["My sister rings at four.", "Remind me at five to."], "five to four in the afternoon"),
    ("en", ["I've a call at three. Remind me at ten to, please."], "ten to three in the afternoon"),
    (
        "en",
        ["The film starts at eight, remind me at twenty to to feed the cat"],
        "twenty to eight in the evening: feed",
    ),
    ("en", ["Wake me at half past"], "half past ten"),
    ("en", ["Wake me at seven", "no, ten to"], "ten to seven"),
    ("fr", ["Le plombier vient à deux heures, tu peux me réveiller à moins dix ?"], "treize heures cinquante"),
    ("fr", ["Mon train est à huit heures demain, réveille-moi à moins le quart."], "sept heures quarante-cinq"),
    ("fr", ["Ma sœur appelle à seize heures.", "Rappelle-moi à moins cinq."], "quinze heures cinquante-cinq"),
    ("fr", ["Le film est à vingt heures, rappelle-moi à moins vingt de nourrir le chat"], "quarante : nourrir le chat"),
    ("fr", ["Mets un réveil à sept heures", "Non, moins le quart."], "six heures quarante-cinq"),
    # One more, for a reason.
    ("en", ["Wake me at ten to two", "And again at two, because I won't get up for the first one."], "at two o'clock"),
    ("en", ["Wake me at seven", "and once more at ten past seven"], "ten past seven"),
    (
        "fr",
        ["Réveille-moi à six heures", "Et encore à sept heures, sinon je reste au lit le premier."],
        "à sept heures",
    ),
    ("fr", ["Réveille-moi à sept heures", "et de nouveau à sept heures dix"], "sept heures dix"),
    # How long something cooks, and a word when it is done.
    ("en", ["Bake for forty minutes, shout when it's done."], "Forty minutes"),
    ("en", ["The stew needs two hours, give me a shout."], "Two hours"),
    ("en", ["It has to rest for half an hour. Let me know when it's ready."], "Thirty minutes"),
    ("en", ["Shout when the pasta is done, it needs eleven minutes."], "Eleven minutes"),
    ("en", ["Steep five minutes and let me know"], "Five minutes"),
    (
        "en",
        ["I'm roasting a chicken for ninety minutes, can you tell me when time's up?"],
        "One hour and thirty minutes",
    ),
    ("fr", ["Je fais une carbonnade, il faut que ça mijote trois heures, tu me préviens ?"], "Trois heures"),
    ("fr", ["Les œufs cuisent dix minutes, fais-moi signe."], "Dix minutes"),
    ("fr", ["Ça doit reposer une demi-heure, tu m'avertis quand c'est bon ?"], "Trente minutes"),
    ("fr", ["Préviens-moi quand les pâtes sont cuites, il faut onze minutes."], "Onze minutes"),
    ("fr", ["Le poulet met une heure et demie. Tu peux me dire quand c'est prêt ?"], "Une heure et trente minutes"),
    ("fr", ["Laisse infuser cinq minutes et sonne"], "Cinq minutes"),
    # At half of that.
    ("en", ["The stew needs two hours, give me a shout.", "Nudge me half way so I can stir it."], "one hour"),
    ("en", ["The bread bakes fifty minutes.", "Tell me when we're half way."], "Twenty-five minutes"),
    ("en", ["Ring me half way through.", "an hour"], "Thirty minutes"),
    (
        "fr",
        ["Ça mijote trois heures, tu me préviens ?", "D'accord, sonne-moi à la moitié pour que je le retourne."],
        "une heure et trente minutes",
    ),
    ("fr", ["Les œufs cuisent dix minutes, fais-moi signe.", "préviens-moi à mi-cuisson"], "cinq minutes"),
    ("fr", ["Sonne-moi à la moitié.", "une heure"], "Trente minutes"),
    # Quiet until a time, and an alarm at it.
    ("en", ["Can you stay quiet until three?", "And then wake me."], "three o'clock in the afternoon"),
    ("en", ["Please be silent until half past four and wake me up then"], "half past four in the afternoon"),
    ("en", ["Keep quiet till four", "At that time, wake me up"], "four o'clock in the afternoon"),
    ("en", ["I'm having a nap until five.", "Wake me then."], "five o'clock in the afternoon"),
    ("fr", ["Tu peux rester silencieux jusqu'à quinze heures ?", "Et là tu me réveilles"], "à quinze heures"),
    ("fr", ["Tais-toi jusqu'à midi et demi", "et ensuite réveille-moi"], "midi et demi"),
    ("fr", ["Reste silencieux jusqu'à seize heures et là tu me réveilles"], "à seize heures"),
    ("fr", ["Je dors jusqu'à seize heures.", "Réveille-moi à ce moment-là."], "à seize heures"),
    # So many decimals.
    ("en", ["4096 divided by 37, two decimal places"], "110.70"),
    ("en", ["what is 10 divided by 3 to one decimal"], "3.3."),
    ("en", ["22 over 7 rounded to three decimal places please"], "3.143"),
    ("en", ["What's 100 divided by 7, to the nearest whole number?"], "14."),
    ("en", ["work out 15 percent of 83 to 1 decimal place"], "12.5"),
    ("en", ["10 divided by 4 with two decimals"], "2.50"),
    ("fr", ["4096 divisé par 37, arrondi à deux décimales"], "110,70"),
    ("fr", ["combien font 10 divisé par 3, à une décimale près ?"], "3,3."),
    ("fr", ["racine carrée de deux avec trois chiffres après la virgule"], "1,414"),
    ("fr", ["racine carrée de seize"], "4."),
    ("fr", ["Calcule 100 divisé par 7 arrondi à l'unité"], "14."),
    ("fr", ["22 sur 7 à deux décimales"], "3,14."),
    ("fr", ["15 pour cent de 83, arrondi au dixième"], "12,5"),
    # Words that are often misspelt.
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
    # What to choose between stands behind a comma.
    ("en", ["Pass your verdict, blue tie or the green one?"], "one, "),
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
    ("en", ["Do you have feet?"], "answer_asks_body"),
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
    ("fr", ["Eh, t'as des pieds ?"], "answer_asks_body"),
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
    (
        "en",
        ["Set a pasta timer for ten minutes", "and one for the sauce, twenty", "cancel the sauce"],
        "cancelled_timer_named",
    ),
    ("en", ["set an egg timer for four minutes", "forget the egg one"], "cancelled_timer_named"),
    ("fr", ["Alors tu écoutes tout le temps ?"], "answer_are_you_recording"),
    ("fr", ["Et qui d'autre entend ?"], "answer_are_you_recording"),
    ("fr", ["Prouve-le."], "answer_asks_honest"),
    ("fr", ["Comment en être sûre ?"], "answer_asks_honest"),
    ("fr", ["Tu sers à quoi, au juste ?"], "answer_what_can_you_do"),
    ("fr", ["C'est quoi le plus gros animal ?", "comment tu sais"], "remark_how_do_you_know"),
    ("fr", ["Je lui dis quoi ?"], "answer_asks_advice"),
    ("en", ["Remind me at twelve to call the plumber", "did you put twelve down?"], "reminder_stands"),
    ("en", ["Remind me at twelve to call the plumber", "Did you write one o'clock?"], "reminder_stands_not"),
    ("en", ["Wake me at seven", "You have got me down for seven, right?"], "reminder_stands"),
    ("en", ["Wake me at seven", "have you set it for six?"], "reminder_stands_not"),
    ("en", ["Wake me at half six", "it's half six you've noted, isn't it?"], "reminder_stands"),
    ("en", ["Set a timer for ten minutes", "Did you say ten minutes?"], "reminder_stands"),
    ("fr", ["Rappelle-moi à midi d'appeler Paul", "Enfin bon. C'est bien midi que tu as noté ?"], "reminder_stands"),
    ("fr", ["Réveille-moi à sept heures", "Tu as bien mis sept heures ?"], "reminder_stands"),
    ("fr", ["Réveille-moi à sept heures", "C'est à huit heures que tu me réveilles ?"], "reminder_stands_not"),
    ("fr", ["Mets un minuteur de dix minutes", "T'as mis dix minutes ?"], "reminder_stands"),
    ("fr", ["Réveille-moi à sept heures", "Tu l'as noté pour six heures ?"], "reminder_stands_not"),
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
    ("en", ["I'm six. How old are you?"], "answer_asks_age"),
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
    ("language", "line", "things"),
    [
        ("en", "Pass your verdict, blue tie or the green one?", ("blue tie", "the green one")),
        ("en", "Help me decide, red scarf or the grey one?", ("red scarf", "the grey one")),
        ("en", "Your honest opinion, the beach or the woods?", ("the beach", "the woods")),
        ("en", "quick question, tea or the coffee?", ("tea", "the coffee")),
        ("en", "tea or coffee, you decide", ("tea", "coffee")),
        ("en", "Come on, your vote, apples or pears?", ("apples", "pears")),
        ("fr", "Ton verdict, cravate bleue ou la verte ?", ("cravate bleue", "la verte")),
        ("fr", "Donne-moi ton avis, la robe rouge ou la noire ?", ("la robe rouge", "la noire")),
        ("fr", "Aide-moi à choisir, soupe ou la salade ?", ("soupe", "la salade")),
        ("fr", "Allez, tranche, le vélo ou le bus ?", ("le vélo", "le bus")),
        ("fr", "thé ou café, à toi de choisir", ("thé", "café")),
    ],
)
def test_it_picks_one_of_what_stands_behind_the_comma(language: str, line: str, things: tuple[str, str]) -> None:
    answer = last_answer(language, line)
    assert answer.said[0].behavior == "chance"
    assert any(answer.answer.strip(" .").endswith(thing) for thing in things)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I sat there for two hours, tell me why I bother"),
        ("en", "She rang an hour ago, let me know if you mind"),
        ("fr", "J'ai attendu deux heures, dis-moi pourquoi"),
        ("fr", "Elle arrive à trois heures, tu me préviens ?"),
        ("fr", "Je dis ça à moitié."),
        ("en", "I always give up half way."),
        ("en", "Tell me the half-time score"),
        ("en", "I'll be out for ten minutes, just shout."),
        ("fr", "J'ai fait dix minutes de marche, sonne"),
        ("fr", "Dis-moi le score à la mi-temps"),
        ("fr", "L'arbitre sonne à la mi-temps après vingt minutes."),
    ],
)
def test_a_length_of_time_alone_sets_no_timer(language: str, line: str) -> None:
    assert "remind" not in {one.behavior for one in last_answer(language, line).said}


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("en", "I've got the hairdresser on Thursday at two, can you remind me an hour before?", "thursday at one"),
        (
            "fr",
            "J'ai le coiffeur jeudi à deux heures, tu peux me le rappeler une heure avant ?",
            "jeudi à treize heures",
        ),
    ],
)
def test_so_long_before_a_day_that_is_told_is_on_that_day(language: str, line: str, told: str) -> None:
    assert told in last_answer(language, line).answer.lower()
    more = "What else have I got?" if language == "en" else "Et j'ai quoi d'autre ?"
    assert told in last_answer(language, line, more).answer.lower()


def test_when_something_is_that_was_never_told_is_no_question_for_a_name() -> None:
    assert [one.phrase for one in last_answer("en", "When is my hairdresser? Did I tell you?").said] == ["told_nothing"]


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Ta for that, pet, you're a good little thing."), ("fr", "Merci, t'es un chou.")],
)
def test_thanks_and_praise_in_one_are_met_as_such(language: str, line: str) -> None:
    assert last_answer(language, line).intent in {"thanks", "compliment"}


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        ("en", ["Ring Colin before eight.", "My back's bad.", "I'm off to see what's left of the beans."]),
        ("en", ["I've had two cups.", "Just tell me what time it is so I know how much of the night's left."]),
        ("fr", ["Un jour sur deux ? Mouais. Et qui a le dimanche ?"]),
    ],
)
def test_numbers_in_a_talk_are_no_sum(language: str, lines: list[str]) -> None:
    assert "calculate" not in {one.behavior for one in last_answer(language, *lines).said}


@pytest.mark.parametrize(
    ("language", "line", "intent"),
    [
        ("en", "What day is it, Tuesday or Wednesday?", "what_day_is_it"),
        ("fr", "On est quel jour, mardi ou mercredi ? Avec la retraite je m'y perds.", "what_day_is_it"),
        ("fr", "Et maintenant faut le manger, onze kilos, à tout seul.", "unknown"),
    ],
)
def test_a_day_is_asked_for_and_nobody_leaves(language: str, line: str, intent: str) -> None:
    assert last_answer(language, line).intent == intent


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
    ("language", "lines", "phrase"),
    [
        ("en", ["Wake me at seven.", "Can you set a timer for ten minutes?"], "answer_wants_timer"),
        ("en", ["Right then, wake me at seven."], "answer_wants_alarm"),
    ],
)
def test_a_wish_is_a_wish_whatever_stands_beside_it(language: str, lines: list[str], phrase: str) -> None:
    answer = last_answer(language, *lines)
    assert [one.phrase for one in answer.said] == [phrase]
    assert "evening" not in answer.answer


@pytest.mark.parametrize(
    ("language", "line", "told"),
    [
        ("en", "Remind me in five minutes to please take the bins out", "in five minutes"),
        ("en", "Remind me in 20 minutes to, um, ring Bob", "in twenty minutes"),
        ("en", "Remind me at ten to, um, ring Bob", "at ten o'clock"),
        ("en", "Remind me tomorrow to take a coat in case it rains at eight", "tomorrow at eight o'clock"),
        ("fr", "Demain rappelle-moi de prendre le car à huit heures", "demain à huit heures : prendre le car"),
        ("fr", "Rappelle-moi demain de prendre un manteau au cas où il pleut à huit heures", "demain à huit heures"),
    ],
)
def test_a_time_stays_what_it_is_beside_other_words(language: str, line: str, told: str) -> None:
    assert told in last_answer(language, line).answer


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
    ("language", "line", "result"),
    [
        ("en", "22 over 7 to three places", "3.143."),
        ("en", "I have 4 places at 12 pounds each, how much is that?", "48 pounds."),
        ("en", "I had 12 sweets and ate 5. Tell me how many are left.", "7."),
        ("en", "I had 12 sweets and ate 5. Let's see how many are left.", "7."),
        ("fr", "J'avais douze bonbons et j'en ai mangé cinq. Dis-moi combien il en reste.", "7."),
        ("fr", "combien font un million sur quatre ?", "250000."),
        ("fr", "combien font un tiers sur deux ?", "0,1667."),
        ("fr", "un quart fois huit", "2."),
        ("fr", "combien fait un tiers de six ?", "2."),
        ("fr", "vingt et un mille sur trois", "7000."),
    ],
)
def test_a_sum_is_worked_out_however_it_is_worded(language: str, line: str, result: str) -> None:
    assert last_answer(language, line).answer.endswith(f" {result}")


@pytest.mark.parametrize(
    ("language", "line", "things"),
    [
        ("en", "Should I choose a phone call, a text or an email?", ("a phone call", "a text", "an email")),
        (
            "en",
            "A room with a sea view, a garden room or an attic?",
            ("a sea view", "a garden room", "an attic"),
        ),
        ("en", "A quick question, tea or coffee?", ("tea", "coffee")),
        ("en", "Your call, the red one or the blue one?", ("the red one", "the blue one")),
        ("fr", "Un conseil, thé ou café ?", ("thé", "café")),
        ("fr", "Un menu au choix, une soupe ou un gâteau ?", ("un menu au choix", "une soupe", "un gâteau")),
    ],
)
def test_a_clause_with_a_thing_in_it_is_no_aside(language: str, line: str, things: tuple[str, ...]) -> None:
    assert choices_in(line, language) == things


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


def test_places_that_are_no_decimals_round_nothing() -> None:
    line = "I have two tickets and 4 places at 12 pounds each, how much is that?"
    assert "0000" not in last_answer("en", line).answer


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
