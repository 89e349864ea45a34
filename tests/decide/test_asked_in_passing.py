"""What a line asks for in passing, or by its wording alone, is done whatever else is told with it."""

from __future__ import annotations

import pytest

from tests.support.talk import greeted, last_answer


@pytest.mark.parametrize(
    ("language", "lines", "answer"),
    [
        ("en", ["My name's Frank, by the way.", "Yes, you can remember it."], "Frank"),
        (
            "en",
            ["Set a timer for ten minutes.", "For the potatoes.", "Actually, make it fifteen, love."],
            "fifteen min",
        ),
        ("en", ["What's 348 divided by 12?", "OK, and take nine off that."], "20"),
        ("en", ["What day does that make it tomorrow?"], "Tuesday"),
        ("en", ["Okay Bowlby, quick, I've about two minutes. What's the time?"], "ten o'clock"),
        ("fr", ["Rappelle-moi d'appeler la pharmacie à trois heures, sinon j'oublie."], "appeler la pharmacie."),
        ("fr", ["Vite, j'ai deux minutes, là. Il est quelle heure ?"], "dix heures"),
        ("en", ["Wake me up at half six, would you?"], "half past six"),
        ("en", ["Can you be quiet for a while? I'm trying to read."], ""),
        ("fr", ["Il est quelle heure ?", "Attends, j'ai pas entendu, répète."], "J'ai dit"),
        ("fr", ["Et dans une semaine, ça fera quelle date ?"], "douze janvier"),
        ("fr", ["Calcule-moi 1 250 divisé par 16, alors."], " 78,125"),
        ("en", ["Split eighty-four dollars three ways for me."], "28"),
        ("fr", ["Partage quarante-huit bonbons entre six enfants, s'il te plaît."], "8"),
        ("en", ["Set a timer for six minutes, please.", "Thanks. How long is left?"], "five minutes"),
        ("en", ["Remind me at half past eight about the bins.", "What are you reminding me about?"], "the bins"),
        ("fr", ["Mets un minuteur de dix minutes pour les pâtes.", "Non, quinze plutôt."], "quinze minutes"),
        ("en", ["Wait, I missed that, what's the time?", "Hang on, I didn't catch it, say that again."], "ten o'clock"),
        ("fr", ["Je m'appelle Jeannine.", "Oui, tu peux le retenir."], "Jeannine"),
        ("en", ["What's the square root of 1296?", "And the root of that?"], "6"),
        ("en", ["What day's the ninth?", "And the tenth?"], "tenth of January"),
        ("fr", ["On est quel jour ?", "Et demain ?"], "mardi six janvier"),
        ("en", ["Wake me at seven tomorrow.", "and the day after too"], "Wednesday at seven"),
        (
            "fr",
            ["Réveille-moi à sept heures demain.", "et après-demain aussi", "annule le deuxième"],
            "mercredi à sept heures",
        ),
        ("en", ["Set a timer for six minutes for the eggs.", "and one for the rice, 12 minutes"], "rice"),
        (
            "fr",
            ["Mets un minuteur de douze minutes.", "C'est pour le riz.", "Il reste combien ?"],
            "douze minutes",
        ),
        (
            "en",
            ["I go back to the clinic on Tuesday.", "Can you remind me of that on Tuesday morning?"],
            "nine o'clock",
        ),
        ("en", ["I'm Denise, I look after Mr Hall.", "Yes, you can remember it.", "What's my name?"], "Denise"),
        ("en", ["My daughter comes on Sunday.", "Her name is Clara.", "When is she coming?"], "on Sunday"),
        ("fr", ["Ma femme est morte il y a deux ans.", "Monique.", "C'était quoi son nom, à ma femme ?"], "Monique"),
        ("en", ["Tell me a story.", "About a pig."], "about a pig"),
        ("en", ["Remember he takes his tablets at six, please."], "e takes his tablets"),
        ("en", ["Don't forget I take my drops at half nine."], "take your drops"),
        (
            "en",
            ["Remind me to eat at six.", "Get rid of that one and put seven for tomorrow."],
            "tomorrow at seven o'clock",
        ),
        ("fr", ["Souviens-toi qu'il prend ses cachets à dix-huit heures, s'il te plaît."], "prend ses cachets"),
        (
            "fr",
            ["Rappelle-moi de manger à midi.", "Enlève celui-là et mets sept heures pour demain."],
            "demain à sept heures",
        ),
        ("en", ["I'm Scottish, from Fife."], "?"),
    ],
)
def test_it_is_done(language: str, lines: list[str], answer: str) -> None:
    said = last_answer(language, *lines).answer
    assert answer in said
    assert bool(answer) is bool(said)
    assert "moins" not in said


@pytest.mark.parametrize(
    ("language", "line", "behavior"),
    [
        ("en", "Play me something? No, you can't, can you. Tell us a joke then.", "joke"),
        ("en", "Bowlby, do cheese jokes! Do ten!", "joke"),
        ("en", "Okay robot, flip a coin for the washing up.", "chance"),
        ("en", "Can you pick a number between one and ten? It's to decide who's washing up.", "chance"),
        ("fr", "Tu me joues un truc ? Non, tu peux pas, hein. Raconte-nous une blague alors.", "joke"),
        ("fr", "Robot, lance une pièce pour savoir qui fait la vaisselle.", "chance"),
        ("fr", "Choisis un nombre entre un et cent pour la tombola, tu veux bien ?", "chance"),
    ],
)
def test_a_wish_is_one_beside_other_sentences(language: str, line: str, behavior: str) -> None:
    assert behavior in {one.behavior for one in last_answer(language, line).said}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "My grandson said, tell me a joke, and I couldn't think of one."),
        ("en", "We had to flip a coin to see who would tell her."),
        ("en", "He kept telling me. Be quiet, he says."),
        ("en", "No music, ta. Just tell me when it's three, quietly."),
        ("fr", "On a dû tirer à pile ou face pour savoir qui lui dirait."),
        ("fr", "Il fait des blagues toute la journée."),
        ("en", "Remember we used to go at six every Sunday."),
        ("fr", "Souviens-toi qu'il a appelé à six heures hier."),
    ],
)
def test_what_others_wish_or_nobody_does_is_no_wish(language: str, line: str) -> None:
    assert {"joke", "chance", "sing", "remind"}.isdisjoint(one.behavior for one in last_answer(language, line).said)


def test_whoever_speaks_of_something_else_has_left_a_game() -> None:
    lines = ["Guess my animal.", "Yes, I have one.", "My knee hurts so much today", "What time is it?"]
    assert "ten o'clock" in last_answer("en", *lines).answer


def test_another_riddle_is_asked_for_after_praise() -> None:
    said = last_answer(
        "fr", "Pose-moi une devinette.", "C'est quoi la réponse ?", "Ah ouais, pas mal. Encore une, mais plus facile."
    ).answer
    assert "?" in said


@pytest.mark.parametrize(
    ("told", "then", "never"),
    [
        ("We got a puppy!", "No, it's Pickle.", "meet you"),
        ("I've the dentist tomorrow, then.", "Half past two.", "1."),
        ("I live on my own, just me and the budgie.", "He's green.", "your and"),
    ],
)
def test_what_only_sounds_like_it_asks_for_nothing(told: str, then: str, never: str) -> None:
    with greeted() as talk:
        assert never not in talk.say(told).answer
        said = talk.say(then).answer
        assert said
        assert never not in said
        assert "can't" not in said


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Ella, shoes! Sorry, not you."), ("fr", "Jules, tes chaussures ! Pardon, c'était pas pour toi.")],
)
def test_what_was_for_somebody_else_is_left_to_them(language: str, line: str) -> None:
    with greeted(language) as talk:
        assert [sentence.phrase for sentence in talk.say(line).said] == ["answer_to_somebody_else"]


@pytest.mark.parametrize(
    ("language", "lines", "holds"),
    [
        ("en", ["Wake me up in twenty minutes, I'm just going to shut my eyes on the sofa."], "wake you in twenty"),
        ("en", ["can you get me up at three? I've to collect the young one from camogie."], "three o'clock in the aft"),
        ("fr", ["tu me réveilles dans vingt minutes, je vais m'allonger"], "réveille dans vingt"),
        (
            "en",
            ["Can you do me a reminder for him, for his eye drops? Twelve o'clock, and again at four."],
            "at noon and today at four o'clock in the afternoon, to whoever is here: his eye drops",
        ),
        ("fr", ["Tu peux lui rappeler ses gouttes à midi et à seize heures ?"], "à midi et aujourd"),
        ("en", ["So, one hour you remind me, okay? Otherwise I'll sit and forget it."], "in one hour. Of what?"),
        ("fr", ["La soupe est sur le feu, faudra me le dire dans vingt minutes hein, sinon elle attache."], "ingt min"),
        ("en", ["The rice is on, let me know in twelve minutes or it'll catch."], "welve minutes"),
        ("fr", ["Tu peux me rappeler mes gouttes à huit heures et demie ce soir ?"], "vingt heures trente : tes"),
        (
            "fr",
            ["je passerai avec un fromage, dimanche", "Tu m'y fais penser, dimanche matin ?"],
            "passeras avec un from",
        ),
        (
            "fr",
            ["j'ai la coiffeuse qui vient à midi, faut pas oublier. Tu me le rappelles un quart d'heure avant ?"],
            "onze heures quarante-cinq : tu as la coiffeuse",
        ),
        (
            "fr",
            ["J'ai un train à dix heures. Rappelle-le-moi un quart d'heure avant."],
            "demain à neuf heures quarante",
        ),
        (
            "fr",
            ["Ouais, je passerai avec un fromage, dimanche. Tu m'y fais penser, dimanche matin ?"],
            "neuf heures : tu passeras avec un fromage.",
        ),
        (
            "fr",
            ["Enfin bon. Aujourd'hui j'ai la coiffeuse à quinze heures, rappelle-le-moi à quatorze heures."],
            "à quatorze heures : aujourd'hui tu as la coiffeuse",
        ),
        (
            "en",
            ["Yeah, well. I've the chiropodist on Friday at three, remind me of it at two on Friday."],
            "two o'clock in the afternoon: you've the chiropodist",
        ),
        (
            "en",
            ["Aye, right. I have to ring the vet. Remind me of that at five."],
            "afternoon: you have to ring the vet",
        ),
        ("en", ["I have the dentist at four. Remind me half an hour before."], "half past three"),
        ("en", ["Remind me ten minutes before five to put the bins out."], "ten to five"),
        ("en", ["Remind me half an hour before the match."], "When"),
        ("fr", ["Tu me lances vingt-cinq minutes et t'as pas le droit de me parler avant"], "ingt-cinq minutes"),
        ("fr", ["Un minuteur de neuf minutes pour les œufs, enfin non, dix, ils sortent du frigo."], "dix minutes"),
        ("en", ["Set a timer for nine minutes for the eggs. No, ten, they're from the fridge."], "ten minutes"),
        ("en", ["Wake me at seven, no wait, eight"], "eight o'clock"),
        ("fr", ["Rappelle-moi à neuf heures, non, dix heures, d'appeler Paul."], "demain à dix heures : appeler Paul"),
        (
            "fr",
            ["Rappelle-moi le judo mardi à seize heures.", "C'est mardi aujourd'hui ? C'est le mercredi. Annule ça."],
            "le judo",
        ),
        (
            "en",
            [
                "Set a timer for ten minutes.",
                "Set a timer for an hour.",
                "The oven's off. Cancel that.",
                "How long is left?",
            ],
            "minutes",
        ),
        ("en", ["Set a timer for fifty minutes.", "No no no, I said FIFteen, not fifty."], "fifteen minutes"),
        ("en", ["What's the time now? Me daughter's bringing the little 'un round at two."], "ten o'clock"),
        ("fr", ["Il est quelle heure là ? ma fille passe à deux heures avec le petit."], "dix heures"),
        ("en", ["What day is it today, is it Wednesday or have I skipped one?"], "Today is Monday, the fifth"),
        ("fr", ["On est quel jour aujourd'hui, on est mercredi ou j'en ai sauté un ?"], "lundi cinq janvier"),
        ("en", ["How do you spell 'rhythm'? I always leave something out."], "R, H, Y, T, H, M."),
        ("en", ["What's seven times eight, I keep forgetting that one"], "56"),
        ("fr", ["Sept fois huit, je l'oublie tout le temps, celui-là"], "56"),
        ("fr", ["Comment on écrit «rythme» ? J'oublie toujours une lettre."], "R, Y, T, H, M, E."),
    ],
)
def test_what_is_asked_for_as_people_say_it_is_done(language: str, lines: list[str], holds: str) -> None:
    said = last_answer(language, *lines).answer
    assert holds in said, said


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "I said I'd get up at five, and he woke me at four."),
        ("en", "You remind me of my brother."),
        ("en", "He'll let me know in ten minutes."),
        ("fr", "Tu me rappelles mon frère."),
        ("fr", "Il va me le dire dans dix minutes."),
    ],
)
def test_what_is_only_told_sets_nothing(language: str, line: str) -> None:
    answer = last_answer(language, line)
    assert not {"remind", "change_reminder"} & {one.behavior for one in answer.said}, answer.answer


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Will you whisht a minute, I'm trying to hear the news."),
        ("en", "Shush, I'm on the phone."),
        ("en", "Be quiet, no offence."),
        ("fr", "Chut, je suis au téléphone."),
    ],
)
def test_a_hush_is_kept_to(language: str, line: str) -> None:
    assert last_answer(language, line).intent == "quiet"
    assert not last_answer(language, line).said
