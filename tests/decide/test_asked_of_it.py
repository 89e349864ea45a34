"""What is asked of it plainly: what it does, what to talk of, to listen, to have patience; of what it lacks, a no."""

from __future__ import annotations

import pytest

from tests.support.tables import TABLES
from tests.support.talk import last_answer

PHRASES = {
    "en": {
        "What is it you do, exactly?": "answer_what_can_you_do",
        "So what exactly do you do?": "answer_what_can_you_do",
        "What do you want to talk about?": "answer_wants_talk",
        "Well, what shall we talk about?": "answer_wants_talk",
        "I don't want advice, I just want to moan a bit.": "answer_wants_listen",
        "Just let me have a rant.": "answer_wants_listen",
        "Same time tomorrow?": "worded_same_time",
        "I'm eighty three, so you'll have to be patient with me.": "worded_be_patient",
        "Please be patient with me, I'm new at this.": "worded_be_patient",
        "Please speak little slower, I am peeling small onions.": "answer_slower",
        "I learn English, please speak slow.": "answer_slower",
        "Talk quicker, please.": "answer_faster",
        "Can you swim?": "worded_no_limbs",
        "Do you have legs?": "worded_no_limbs",
        "Do you sleep?": "worded_no_rest",
        "Do you ever get tired?": "worded_no_rest",
        "Do you eat?": "worded_no_meals",
        "You don't drink tea, do you?": "worded_no_meals",
        "I haven't the faintest idea what you're for.": "answer_what_can_you_do",
        "Why should anyone have you on their table?": "answer_what_can_you_do",
        "What would you say sets you apart from a smart speaker?": "answer_asks_compare",
        "Can I ask you something without you being weird about it?": "answer_wants_listen",
        "Don't talk to me, I haven't had coffee yet.": "answer_wants_quiet_company",
        "Are you going to remember that tomorrow?": "worded_will_you_remember",
        "Steel, mostly. Will you remember that?": "worded_will_you_remember",
        "If I ask you to forget something, do you really forget it?": "worded_erased",
        "You've got my name wrong every single time.": "worded_name_wrong",
        "What rhymes with orange? It's for her homework.": "worded_rhyme",
        "Can your ears hear me if I whisper?": "remark_can_you_hear_me",
        "How long have the fish fingers got left?": "answer_asks_reminders",
        "Is that pasta not done yet?": "answer_asks_reminders",
        "Where exactly is that stored, and can I wipe it?": "answer_are_you_recording",
        "Describe yourself in three words.": "answer_asks_body",
        "You're a star. No talking till I've had a brew, deal?": "answer_wants_quiet_company",
        "Excuse me, can you help me with English?": "answer_asks_homework",
        "I'm tired now. Same again tomorrow?": "worded_same_time",
        "I speak a bit slow since the stroke.": "worded_be_patient",
    },
    "fr": {
        "C'est quoi que tu fais, exactement ?": "answer_what_can_you_do",
        "De quoi tu veux parler ?": "answer_wants_talk",
        "On parle de quoi ?": "answer_wants_talk",
        "Je veux pas de conseils, je veux juste râler un peu.": "answer_wants_listen",
        "J'ai juste besoin de vider mon sac.": "answer_wants_listen",
        "Même heure demain ?": "worded_same_time",
        "J'ai quatre-vingt-trois ans, alors faut être patient avec moi.": "worded_be_patient",
        "Sois patient avec moi, j'apprends.": "worded_be_patient",
        "Répète un peu plus fort, s'il te plaît, et articule.": "answer_louder",
        "J'apprends le français, parlez lentement s'il vous plaît.": "answer_slower",
        "Plus vite !": "answer_faster",
        "Tu sais nager ?": "worded_no_limbs",
        "T'as des mains ?": "worded_no_limbs",
        "Tu dors, des fois ?": "worded_no_rest",
        "Tu es fatigué parfois ?": "worded_no_rest",
        "Est-ce que tu manges ?": "worded_no_meals",
        "Tu bois du thé ?": "worded_no_meals",
        "Je n'ai pas la moindre idée de ce que tu sais faire.": "answer_what_can_you_do",
        "Pourquoi on devrait t'acheter ?": "answer_what_can_you_do",
        "Qu'est-ce que tu as de plus qu'une enceinte ?": "answer_asks_compare",
        "Je peux te poser une question sans que tu te moques ?": "answer_wants_listen",
        "Ne me parle pas, j'ai pas bu mon café.": "answer_wants_quiet_company",
        "Tu vas t'en souvenir demain ?": "worded_will_you_remember",
        "Quand tu oublies, c'est vraiment effacé ?": "worded_erased",
        "D'accord, et tu stockes quoi exactement, et pendant combien de temps ?": "answer_are_you_recording",
        "Ce n'est pas mon prénom.": "worded_name_wrong",
        "Donne-moi un mot qui rime avec citrouille.": "worded_rhyme",
        "Il en est où, mon gratin ?": "answer_asks_reminders",
        "Ta lumière me fait mal aux yeux, tu peux la baisser ?": "worded_lights",
        "Ok, mais tu peux faire ma dissert de français ?": "answer_asks_homework",
        "Pff, t'as rien compris.": "answer_tells_robot_wrong",
        "Bon… jour. Je parle… un peu lentement.": "worded_be_patient",
        "On recommence demain, avec autre chose que les fruits ?": "worded_same_time",
        "Décris-toi en trois mots.": "answer_asks_body",
    },
}
OTHERS = {
    "en": {
        "The nurse had to be patient with me.": "worded_be_patient",
        "Okay robot, quick, I've got my hands full.": "answer_faster",
        "Can you drink on antibiotics?": "worded_no_meals",
        "Do you have eyes?": "worded_no_limbs",
        "Can you run through the list?": "worded_no_limbs",
        "What do you eat?": "worded_no_meals",
        "Don't talk to me like that.": "answer_wants_quiet_company",
        "Spoon. Window. Bed. Bread.": "answer_sleep",
        "Will you remember to wake me at six?": "worded_will_you_remember",
        "How long has my husband got left?": "answer_asks_reminders",
        "Do you remember me?": "worded_will_you_remember",
        "Are they really gone?": "worded_erased",
        "Did he really forget that it was my birthday?": "worded_erased",
        "The dentist said no talking for two hours.": "answer_wants_quiet_company",
        "There's bingo on Friday. Where is it held?": "answer_are_you_recording",
        "I think my watch is slow.": "worded_be_patient",
        "Tell me a nursery rhyme for the baby.": "worded_rhyme",
        "You said my brother's name wrong.": "worded_name_wrong",
    },
    "fr": {
        "Allez robot, vite, j'ai les mains pleines.": "answer_faster",
        "Tu as des oreilles ?": "worded_no_limbs",
        "Tu manges quoi ?": "worded_no_meals",
        "Ne me parle pas comme ça.": "answer_wants_quiet_company",
        "Il en est où, mon colis ?": "answer_asks_reminders",
        "J'aime quand tu dis mon prénom.": "worded_name_wrong",
        "Mes enfants m'ont oubliée pour de bon ?": "worded_erased",
    },
}
SAID = {
    "en": ["Standup was forty-five minutes. Standing. Up.", "Off the night shift, finally."],
    "fr": ["Des jours comme ça, je voudrais être à ta place, sur la table, tranquille."],
}
STOPS = {
    "en": ["Stop!", "Robot stop, you're frightening the cat and me.", "Please. Stop. Now.", "Stand still!"],
    "fr": ["Arrête, tu fais peur au chat et à la petite.", "Tranquille !", "Laisse-moi tranquille."],
}


def rows(of: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    """Language, line and phrase."""
    return [(language, line, phrase) for language, lines in of.items() for line, phrase in lines.items()]


@pytest.mark.parametrize(("language", "line", "phrase"), rows(PHRASES))
def test_it_is_answered(language: str, line: str, phrase: str) -> None:
    assert last_answer(language, line).said[0].phrase == phrase


@pytest.mark.parametrize(("language", "line", "phrase"), rows(OTHERS))
def test_what_only_sounds_so_is_something_else(language: str, line: str, phrase: str) -> None:
    assert phrase not in {one.phrase for one in last_answer(language, line).said}


@pytest.mark.parametrize(("language", "line"), [(language, line) for language, lines in SAID.items() for line in lines])
def test_a_word_in_passing_does_not_hush_it(language: str, line: str) -> None:
    assert last_answer(language, line).said


@pytest.mark.parametrize(
    ("language", "line"), [(language, line) for language, lines in STOPS.items() for line in lines]
)
def test_but_who_says_stop_is_heeded(language: str, line: str) -> None:
    assert not last_answer(language, line).said


@pytest.mark.parametrize(("language", "no"), [("en", "No"), ("fr", "Non")])
def test_a_no_comes_first(language: str, no: str) -> None:
    said = [one for what in ("limbs", "rest", "meals") for one in TABLES.variants(f"worded_no_{what}", language)]
    assert all(one.startswith(no) for one in said)
