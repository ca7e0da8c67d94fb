"""Finding in free text what could tell who someone is, in six languages."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relais.barriers.deidentify import Reason, find_identifying, fold, propose_text

INSTEAD = {reason: f"[{reason.value}]" for reason in Reason}
SCRIPTS = ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９"]


def found(text, *names):
    return [(span.reason.value, text[span.start : span.end]) for span in find_identifying(text, names)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Call me on +996 700 12-34-56 tonight", ("phone", "+996 700 12-34-56")),
        ("اتصلوا بي على ٠٧٠٠١٢٣٤٥٦", ("phone", "٠٧٠٠١٢٣٤٥٦")),
        ("07\u200b00 123\u200f456", ("phone", "07\u200b00 123\u200f456")),
        ("Write to aida.k@example.org", ("online", "aida.k@example.org")),
        ("aida (at) example.org", ("online", "aida (at) example.org")),
        ("she is @gulnora_84 there", ("online", "@gulnora_84")),
        ("see https://t.me/gulnora", ("online", "https://t.me/gulnora")),
        ("Паспорт AN 1234567 отобрали", ("document", "AN 1234567")),
        ("carte de séjour n° 7503-112", ("document", "7503-112")),
        ("جواز سفره رقم ٨٨٣٣١٢", ("document", "٨٨٣٣١٢")),
        ("the card says 4827-1953-8", ("code", "4827-1953-8")),
        ("born 12.03.1984 in Khatlon", ("date", "12.03.1984")),
        ("née le 12 mars 1984", ("date", "12 mars 1984")),
        ("родилась 12 марта 1984", ("date", "12 марта 1984")),
        ("она 1984 г.р., из Хатлона", ("date", "1984")),
        ("مواليد ١٩٨٤", ("date", "١٩٨٤")),
        ("1984-жылы туулган", None),
        ("туулган 1984", ("date", "1984")),
        ("таваллуд 12.03.1984", ("date", "12.03.1984")),
        ("My name is Gulnora and I wait", ("name", "Gulnora")),
        ("Je m'appelle Amina Diallo et j'attends", ("name", "Amina Diallo")),
        ("меня зовут Фарход", ("name", "Фарход")),
        ("менин атым Айгүл", ("name", "Айгүл")),
        ("номи ман Фирӯз", ("name", "Фирӯз")),
        ("اسمي فاطمة", ("name", "فاطمة")),
        ("They asked Mrs Smith to leave", ("name", "Smith")),
        ("они позвали г-жу, гражданка Ли ушла", ("name", "Ли")),
        ("السيدة فاطمة انتظرت", ("name", "فاطمة")),
        ("Гулнора Рахимова пришла дважды", ("name", "Гулнора Рахимова")),
        ("пришёл Асан уулу Бакыт", ("name", "Асан уулу")),
        ("Пётр Сергеевич не принял", ("name", "Пётр Сергеевич")),
        ("I live at 12 Lenin street, near the bazaar", ("address", "12 Lenin street")),
        ("j'habite 12 rue des Fleurs", ("address", "12 rue des Fleurs")),
        ("живёт на ул. Ленина, д. 5", ("address", "ул. Ленина, д. 5")),
        ("شارع الحمرا رقم 12", ("address", "شارع الحمرا رقم 12")),
        ("Чүй көчөсү 45", ("address", "көчөсү 45")),
        ("at 42.87462, 74.56975", ("address", "42.87462, 74.56975")),
    ],
)
def test_what_could_identify_someone_is_found(text, expected):
    if expected is None:
        assert found(text) == []
    else:
        assert expected in found(text), found(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The office asks for a birth certificate nobody in the village has.",
        "They waited 40 days and paid 1 200 soms for 3 visits of 2 hours.",
        "In March 2026 the registry in Batken had no forms for 120 people.",
        "Her name is not in the register.",
        "Её имя не указано в книге 1992 года.",
        "Son nom est mal écrit sur l'acte.",
        "اسمها غير مكتوب في السجل",
        "The form 2025/2026 costs 100-200 soms, window 5, room 4.",
        "Закон № 70 от 2007 года требует справку.",
        "M. le directeur refuse tout.",
        "Moldova asks for an apostille.",
        "The street was closed because of snow.",
    ],
)
def test_what_happened_to_anyone_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gulnara came twice", "Гулнора Рахимова"),
        ("Рахимовой отказали", "Gulnora Rahimova"),
        ("غولنورا رفضوا طلبها", "Гулнора"),
        ("وغولنورا انتظرت", "Гулнора"),
        ("Айгүлдүн паспорту жок", "Айгүл"),
        ("karim went home", "Karim"),
        ("they sent AISULUU away", "Айсулуу"),
        ("Ali waited", "Али"),
    ],
)
def test_a_known_name_is_found_in_any_script_spelling_or_case(text, name):
    assert [reason for reason, _words in found(text, name)] == ["name"]


@pytest.mark.parametrize(
    ("text", "name"), [("crime is low", "Karim"), ("All people wait", "Ali"), ("The office is closed", "Gulnora")]
)
def test_ordinary_words_are_not_taken_for_a_name(text, name):
    assert found(text, name) == []


def test_a_long_name_without_capitals_is_one_finding():
    assert found("my name is gulnora and I wait") == [("name", "gulnora")]


def test_what_overlaps_is_one_finding():
    spans = find_identifying("Born 12.03.1984, card 4827-1953-8, 12 Lenin street 4, +996 700 123456")
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_the_proposal_keeps_everything_else():
    assert (
        propose_text("Gulnora called 0700 123456 and waited.", INSTEAD, ["Гулнора"])
        == "[name] called [phone] and waited."
    )


def test_folding_keeps_every_letter_in_its_place():
    folded = fold("Ёжик ﬁn ٣")
    assert folded.text == "ежик fin 3"
    assert len(folded.places) == len(folded.text)


@given(
    st.lists(st.sampled_from("0123456789"), min_size=9, max_size=12),
    st.sampled_from(SCRIPTS),
    st.sampled_from(["", " ", "-", ".", "\u200b"]),
    st.sampled_from(["Call {} please", "رقمي {} مساء", "мой номер {}", "{}"]),
)
def test_every_long_number_in_any_script_is_found(digits, script, between, sentence):
    number = between.join(script[int(digit)] for digit in digits)
    assert find_identifying(sentence.format(number))


TELLING = st.sampled_from(
    [
        "Gulnora",
        "0700 123456",
        "aida@example.org",
        "12.03.1984",
        "ул. Ленина 5",
        "my name is",
        "AN 1234567",
        "born",
        "1984",
    ]
)


@given(st.lists(st.one_of(TELLING, st.text(max_size=12)), max_size=8).map(" ".join))
def test_spans_lie_inside_the_text_in_order_and_apart(text):
    end = 0
    for span in find_identifying(text, ["Гулнора Рахимова"]):
        assert end <= span.start < span.end <= len(text)
        end = span.end


@given(st.lists(st.one_of(TELLING, st.text(max_size=12)), max_size=8).map(" ".join))
def test_nothing_is_found_in_what_was_proposed(text):
    proposed = propose_text(text, INSTEAD, ["Гулнора Рахимова"])
    assert find_identifying(proposed, ["Гулнора Рахимова"]) == ()
