"""What a printed number says. Each table is a list of sentences a statistician can dispute."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.steps import hedge, numeral
from etl.steps.numeral import Numeral, Term, UnreadableNumeral
from etl.steps.scale import to_base
from etl.steps.words.tables import FOLDER, languages, lexicon
from etl.steps.words.text import tokenise

LEDGER = Path(__file__).parents[3] / "shared" / "figures" / "reported_figures.csv"
NBSP, THIN, NARROW = "\u00a0", "\u2009", "\u202f"


def terms(said: str) -> tuple[Term, ...]:
    """ "57e6 148e3 11" as terms: coefficient, then the power behind the e."""
    parts = (part.partition("e") for part in said.split())
    return tuple(Term(Decimal(number), int(power or 0)) for number, _, power in parts)


def reads(printed: str, language: str, low: str, high: str | None = None) -> bool:
    number = numeral.read(printed, language)
    return (number.low, number.high) == (terms(low), terms(high) if high else None)


def amount(ends: tuple[Term, ...]) -> Decimal:
    return sum((to_base(term.coefficient, term.unit_mult) for term in ends), Decimal(0))


def table(text: str) -> list[tuple[str, ...]]:
    """Rows of a drawn table, cells between bars."""
    return [tuple(c.strip() for c in row.split("|")) for row in text.strip().splitlines()]


# ------------------------------------------------------------------------------ separators


@pytest.mark.parametrize(("language", "printed", "value"), table("""
    tr | 299.739.183,69 TL | 299739183.69
    tr | 1.05 milyar dolar | 1.05e9
    tr | % 1.5             | 1.5
    tr | %83,3             | 83.3
    az | 159.2             | 159.2
    az | 69,3              | 69.3
    en | 1,234,567         | 1234567
    en | 1.234.567         | 1234567
    en | 1,234.567         | 1234.567
    en | 1.234,567         | 1234.567
    ru | 1234.567          | 1234.567
    ru | 0.123             | 0.123
    ka | 1100.9            | 1100.9
    ar | 20,33 في المائة   | 20.33
    ar | ٢٠٫٣٣             | 20.33
    ar | ١٬٢٣٤             | 1234
"""))  # fmt: skip
def test_a_mark_that_can_only_be_one_thing_is_that_thing_in_any_language(language, printed, value):
    assert reads(printed, language, value)


@pytest.mark.parametrize(("language", "printed", "value"), table("""
    ru | 4,809 млрд рублей    | 4.809e9
    uk | 2,268 мільярда       | 2.268e9
    en | $2.825 billion       | 2.825e9
    en | 45,597 entities      | 45597
    ro | 345.600 de spectatori| 345600
    tr | 1.050 milyar         | 1050e9
    de | 1.234                | 1234
"""))  # fmt: skip
def test_three_digits_behind_one_mark_follow_the_convention_of_the_language(language, printed, value):
    assert reads(printed, language, value)


@pytest.mark.parametrize(("language", "printed"), table("""
    ru | 1.234
    kk | 1.234
    ka | 1,234
    ar | 1,234
    ar | 1.234
"""))  # fmt: skip
def test_three_digits_behind_a_mark_the_language_uses_for_neither_are_refused(language, printed):
    with pytest.raises(UnreadableNumeral, match="thousands or decimals"):
        numeral.read(printed, language)


@pytest.mark.parametrize("space", [" ", NBSP, THIN, NARROW])
@pytest.mark.parametrize("language", ["uz", "az", "en", "tr", "ka"])
def test_spaces_of_any_width_group_thousands_in_every_language(language, space):
    assert reads(f"5{space}810", language, "5810")
    assert reads(f"1{space}035{space}325", language, "1035325")
    assert reads(f"5{space}810,6", language, "5810.6")


@pytest.mark.parametrize("printed", [
    "1.234.56", "12,34,567", "1..2", "1.,2", "1,2,3", "1O0", "O12", "1О0", "1O", "12²", "2½", "1e6",
    "10x", ".5", "007", "01.02", "1'234", "1\u200b234", "", "   ", "%", "—",
])  # fmt: skip
@pytest.mark.parametrize("language", ["en", "ru", "tr", "zh"])
def test_what_is_no_number_is_refused(language, printed):
    with pytest.raises(UnreadableNumeral):
        numeral.read(printed, language)


# --------------------------------------------------------------------------- scale words


@pytest.mark.parametrize(("language", "printed", "said"), table("""
    tr | 57 milyon 148 bin 11             | 57e6 148e3 11
    tr | 149 milyar 620 milyon 769 bin TL | 149e9 620e6 769e3
    tr | 251 bin 232                      | 251e3 232
    ru | 1 млрд 20 млн сомов              | 1e9 20e6
    ru | 27 млн 65 тыс. 69 сомов          | 27e6 65e3 69
    ru | 499 тыс.570 зрителей             | 499e3 570
    ru | 1 тысячу 973 спектакля           | 1e3 973
    uk | 198 млн 936 тис. грн             | 198e6 936e3
    hy | 463 հազար 908                    | 463e3 908
    de | 108 Milliarden 214 Millionen 593 Tausend TL | 108e9 214e6 593e3
    zh | 1亿2000万                         | 1e8 2000e4
    en | 3 crore 20 lakh                  | 3e7 20e5
"""))  # fmt: skip
def test_a_compound_numeral_keeps_one_term_for_each_scale_word(language, printed, said):
    assert reads(printed, language, said)


@pytest.mark.parametrize(("printed", "said"), [
    ("84 milyar 220 milyon 477 TL", "84e9 220e6 477"),
    ("14 milyon 394 kişi", "14e6 394"),
])  # fmt: skip
def test_a_missing_scale_word_is_read_as_printed_and_not_repaired(printed, said):
    assert reads(printed, "tr", said)


@pytest.mark.parametrize(("language", "printed", "said"), table("""
    uz | 5 810,6 минг нафар         | 5810.6e3
    kk | 143 мыңан астам адам       | 143e3
    kk | 2 миллиард доллардан асады | 2e9
    kk | 1 млрд долларға            | 1e9
    zh | 14.36万人                   | 14.36e4
    zh | 2.5万亿元                   | 2.5e12
    en | 1.2 trillion tenge         | 1.2e12
    ru | 14,5 трлн руб.             | 14.5e12
    be | 5,7 млн.                   | 5.7e6
    bg | 143 хиляди души            | 143e3
    ro | 800 de mii de persoane     | 800e3
    he | 8 מיליון                   | 8e6
    ar | 5 ملايين                   | 5e6
    ka | 5 მილიონი                  | 5e6
    pl | 1 bilion                   | 1e12
    de | 1 Billion                  | 1e12
    en | US$2.6bn                   | 2.6e9
    en | $5m                        | 5e6
    tr | BEŞ BİN                    | 5e3
    en | two thousand million       | 2e9
"""))  # fmt: skip
def test_a_scale_word_gives_its_power_in_every_language(language, printed, said):
    assert reads(printed, language, said)
    assert numeral.read(printed, language).has_scale_word


@pytest.mark.parametrize(("language", "printed"), table("""
    az | 1409
    ka | 1100.9
    en | 2921.6
    ru | 1 035 325
"""))  # fmt: skip
def test_without_a_scale_word_the_table_header_may_carry_the_scale(language, printed):
    assert not numeral.read(printed, language).has_scale_word


@pytest.mark.parametrize(("language", "printed"), table("""
    en | $5 m
    en | 5 тыс.
    ru | 5 mln
    en | million
    en | hundreds of thousands of people
    ru | 2-х миллионов
    ru | 5 театров, тысячи зрителей
    en | 5 million thousand
    en | 5 (five) million
"""))  # fmt: skip
def test_a_scale_word_that_no_number_counts_is_refused(language, printed):
    with pytest.raises(UnreadableNumeral, match="scale word"):
        numeral.read(printed, language)


# --------------------------------------------------------------------------------- words


@pytest.mark.parametrize(("language", "printed", "said"), table("""
    en | More than three thousand companies      | 3e3
    en | About two percent                       | 2
    en | about half a million US dollars a year  | 0.5e6
    en | a total of seven countries              | 7
    az | beş min nəfəri ötüb                     | 5e3
    ru | более двух триллионов долларов ежегодно | 2e12
    ru | полтора миллиона                        | 1.5e6
    ru | полмиллиона                             | 0.5e6
    ru | превысил миллион                        | 1e6
    en | more than a million                     | 1e6
    en | two hundred and fifty thousand          | 2e5 50e3
    en | twenty-five museums                     | 20 5
    ru | сто двадцать три тысячи                 | 100e3 20e3 3e3
    tr | on iki bin                              | 10e3 2e3
    uz | o‘n besh ming                           | 10e3 5e3
    uk | п’ять мільйонів                         | 5e6
    ro | două sute de mii                        | 2e5
    zh | 三千五百万                                | 3e7 5e6
    zh | 两亿三千万                                | 2e8 3e7
    ar | خمسة ملايين                             | 5e6
    he | שני מיליון                              | 2e6
"""))  # fmt: skip
def test_numbers_in_words_are_read(language, printed, said):
    assert reads(printed, language, said)


@pytest.mark.parametrize(("language", "printed", "times"), table("""
    en | Over 10 years, this indicator has tripled | 3
    en | increases almost twice every year         | 2
    en | 3.2 times nominal increase since 2017     | 3.2
    az | 2,5 dəfə artıb                            | 2.5
    ru | более чем в два раза                      | 2
"""))  # fmt: skip
def test_words_for_multiplying_say_how_many_times(language, printed, times):
    assert reads(printed, language, times)


@pytest.mark.parametrize(("language", "printed"), table("""
    ru | на треть больше
    ru | 5 с половиной миллионов
    en | two thirds of GDP
    en | a third
    he | 8 וחצי מיליון
"""))  # fmt: skip
def test_a_fraction_in_words_is_left_to_a_person(language, printed):
    with pytest.raises(UnreadableNumeral, match="fraction in words"):
        numeral.read(printed, language)


@pytest.mark.parametrize(("language", "printed"), table("""
    kk | бұл көрсеткішке
    en | one of the largest museums
    tr | bir müze
    zh | 第一
"""))  # fmt: skip
def test_a_value_by_reference_an_article_or_a_rank_is_no_number(language, printed):
    with pytest.raises(UnreadableNumeral):
        numeral.read(printed, language)


# ------------------------------------------------------------- what is not the figure


@pytest.mark.parametrize(("language", "printed", "said"), table("""
    en | $5 billion by 2030                  | 5e9
    en | $1 billion in 2028                  | 1e9
    en | about 45,000 jobs a year by 2025    | 45000
    en | $15 billion in IT exports by 2030   | 15e9
    en | rose in 2023 to 5.4 million         | 5.4e6
    en | 2022/23 season: 45 plays            | 45
    en | 2019-2023: 50 films                 | 50
    en | from 2019 to 2023 50 films          | 50
    en | as of 01.01.2023 418 halls          | 418
    ru | на 1 января 2023 года 418 кинозалов | 418
    en | as of 1 January 2023: 418 halls     | 418
    en | as of 2023-01-01: 418 halls         | 418
    en | the 20th festival, 50 films         | 50
    en | in the 1990s 50 films               | 50
    ru | до 2030 года 500 тысяч              | 500e3
    ru | 1 млн 2023 года                     | 1e6
    ru | за 2-3 года 5 фильмов               | 5
    ru | с 2019 года экспорт вырос до 5 млн  | 5e6
    az | 2023-cü ildə 50 film                | 50
    tr | 2023'te 50 film                     | 50
    he | ב-2023 היו 50 סרטים                 | 50
    zh | 2023年超过50家                        | 50
"""))  # fmt: skip
def test_a_year_a_date_a_rank_or_a_length_of_time_is_not_the_figure(language, printed, said):
    assert reads(printed, language, said)


@pytest.mark.parametrize(("language", "printed"), table("""
    en | in 2028
    en | 2022/2023
    en | by 2025-2030
    en | over 10 years
    ru | 5-й фестиваль
    de | von 2019 bis 2023
    zh | 2025年1月1日
"""))  # fmt: skip
def test_a_text_that_only_tells_the_time_has_no_figure(language, printed):
    with pytest.raises(UnreadableNumeral, match="none is an amount"):
        numeral.read(printed, language)


@pytest.mark.parametrize(("language", "printed", "said"), table("""
    az | 2083                       | 2083
    en | 1,976                      | 1976
    en | more than 2000 films       | 2000
    en | 2023 million               | 2023e6
    ru | от 1500 до 2000 человек    | 1500 to 2000
    bg | от 2000 до 3000 души       | 2000 to 3000
    pl | 1500 do 2000 osób          | 1500 to 2000
    en | 1500–2000 people           | 1500 to 2000
"""))  # fmt: skip
def test_a_number_that_nothing_calls_a_year_is_a_figure(language, printed, said):
    assert reads(printed, language, *said.split(" to "))


@pytest.mark.parametrize(("language", "printed"), table("""
    en | $1 billion 2028
    en | 2023 – 540
    ru | с 5 млн до 2030
    en | 5 million 3 million
    en | 100 thousand 20 million
    en | 1/3
    en | 10:30
    en | Table 3: 50 films
    en | 5% to 100 films
    en | grew by 5 to 100
    ru | увеличилось на 923 тысячи до 2,5 млн
    ru | на 11,2% до 23 млн
    en | top-10
    en | G20
"""))  # fmt: skip
def test_two_candidates_that_no_rule_settles_are_refused_rather_than_guessed(language, printed):
    with pytest.raises(UnreadableNumeral):
        numeral.read(printed, language)


# -------------------------------------------------------------------- ranges and changes


@pytest.mark.parametrize(("language", "printed", "low", "high"), table("""
    ru | в среднем 8-10 полнометражных фильмов | 8    | 10
    uk | 15–17 відсотків                       | 15   | 17
    en | 3-7 percent                           | 3    | 7
    en | 2%–7%                                 | 2    | 7
    tr | %80-%90                               | 80   | 90
    ru | от 80 до 100 картин                   | 80   | 100
    ru | от 2 до 7 процентов ВВП               | 2    | 7
    pl | 1,9 do 3,2 hrywien                    | 1.9  | 3.2
    en | between 3 and 7 percent               | 3    | 7
    de | von 3 bis 7                           | 3    | 7
    ar | بين 3 و7                              | 3    | 7
    zh | 3%～5%                                 | 3    | 5
    ru | с 65 до 107                           | 65   | 107
    en | from 4 billion soms to 6.2 billion soms | 4e9 | 6.2e9
    en | decreased from 10 to 5                | 10   | 5
    de | von 65 auf 107                        | 65   | 107
    tr | 80'den 100'e                          | 80   | 100
    kk | 80-ден 100-ге дейін                   | 80   | 100
    he | מ-80 ל-100                            | 80   | 100
    zh | 从65增至107                             | 65   | 107
"""))  # fmt: skip
def test_a_range_and_a_from_to_pair_have_two_ends(language, printed, low, high):
    assert reads(printed, language, low, high)


@pytest.mark.parametrize(("language", "printed", "low", "high"), table("""
    en | 8-10 thousand             | 8e3   | 10e3
    en | $2–$3 million             | 2e6   | 3e6
    ru | от 3 до 5 тыс. человек    | 3e3   | 5e3
    en | two-three thousand        | 2e3   | 3e3
    ru | от 500 тысяч до 1 млн     | 500e3 | 1e6
"""))  # fmt: skip
def test_the_first_end_borrows_a_scale_word_printed_once(language, printed, low, high):
    assert reads(printed, language, low, high)


@pytest.mark.parametrize("printed", ["from 800 to 1.2 million", "500-5 thousand"])
def test_a_scale_word_is_not_borrowed_where_the_ends_would_not_rise(printed):
    with pytest.raises(UnreadableNumeral, match="both ends"):
        numeral.read(printed, "en")


# --------------------------------------------------------------------------------- signs


@pytest.mark.parametrize(("language", "printed", "said"), table("""
    ka | 17.6%-ით შემცირდა    | -17.6
    en | fell by 5%           | -5
    en | down about 5%        | -5
    en | 5% less than in 2023 | -5
    en | minus 5%             | -5
    ru | снизился на 5%       | -5
    ru | меньше на 5%         | -5
    ru | на 5% меньше         | -5
    tr | %5 azaldı            | -5
    az | 5 faiz azalıb        | -5
    kk | 5%-ға азайды         | -5
    uz | 5 фоизга камайди     | -5
    zh | 下降了5%              | -5
    he | ירד ב-5%             | -5
    ar | انخفض بنسبة 5%       | -5
    en | -19%                 | -19
    en | −19%                 | -19
    en | (-5)                 | -5
    en | -$5 million          | -5e6
    en | −5 million 300 thousand | -5e6 -300e3
"""))  # fmt: skip
def test_a_minus_or_a_word_that_says_it_fell_by_so_much_makes_it_negative(language, printed, said):
    assert reads(printed, language, said)


@pytest.mark.parametrize(("language", "printed", "said"), table("""
    en | fell to 5%                | 5
    ru | снизилось до 5%           | 5
    ru | снизилась и составила 3,5% | 3.5
    tr | %5'e düştü                | 5
    kk | 5%-ға дейін төмендеді     | 5
    uz | 5 фоизгача камайди        | 5
    zh | 下降到5%                   | 5
    en | less than 1%              | 1
    en | 5 or less                 | 5
    en | 50 films, less than planned | 50
    ru | на 26,4% больше           | 26.4
    ru | увеличилось на 923 тысячи | 923e3
"""))  # fmt: skip
def test_a_level_that_was_reached_and_a_rise_are_not_negative(language, printed, said):
    assert reads(printed, language, said)


@pytest.mark.parametrize("printed", ["exports of $5 billion fell", "fell by -5%", "Films –50"])
def test_a_sign_that_is_open_is_refused(printed):
    with pytest.raises(UnreadableNumeral):
        numeral.read(printed, "en")


# ------------------------------------------------------------------------------- errors


def test_the_error_says_the_text_the_language_and_what_was_expected():
    with pytest.raises(UnreadableNumeral) as caught:
        numeral.read("1.234.56", "tr")
    fault = caught.value
    assert (fault.text, fault.language) == ("1.234.56", "tr")
    assert "threes" in fault.expected
    assert all(part in str(fault) for part in ("'1.234.56'", "tr", fault.expected))


def test_a_language_without_tables_is_refused_by_name():
    with pytest.raises(UnreadableNumeral, match=r"separators\.csv has no row"):
        numeral.read("5", "fr")


# ------------------------------------------------------------------------------- tables

KNOWN = {
    "scale_words.csv": ("place", {"", "glued"}),
    "number_words.csv": ("use", {"", "attached", "before_scale", "fraction", "ignore"}),
    "time_words.csv": ("role", {"year_before", "year_after", "unit", "ordinal"}),
    "relation_words.csv": (
        "role",
        {"start_of_range", "start_of_change", "joins", "joins_after_start", "changes"}
        | {"by", "level", "plus"},
    ),
    "sign_words.csv": ("place", {"before", "after", "comparative"}),
    "hedge_words.csv": ("place", {"", "before", "after", "right_after"}),
}  # fmt: skip


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", KNOWN)
def test_every_row_of_a_word_table_is_complete_and_in_a_known_language(name):
    column, known = KNOWN[name]
    for row in rows(name):
        assert row["language"] in {*languages(), "mul"}, row
        assert row["word"].strip() == row["word"] != "", row
        assert row[column] in known, row
    lines = [tuple(row.values()) for row in rows(name)]
    assert len(lines) == len(set(lines))


@pytest.mark.parametrize("name", ["scale_words.csv", "number_words.csv", "hedge_words.csv"])
def test_no_word_of_a_language_has_two_meanings_in_one_table(name):
    meanings = defaultdict(set)
    for row in rows(name):
        meaning = row.get("unit_mult", ""), row.get("value", ""), row.get("hedge", "")
        meanings[row["language"], row["word"], row.get("use"), row.get("place")].add(meaning)
    assert {word: said for word, said in meanings.items() if len(said) > 1} == {}


def test_every_language_has_its_thousand_million_and_billion():
    wanted = {"zh": {4, 8}}
    for language in languages():
        powers = {word.unit_mult for word in lexicon(language).scales.facts.values()}
        assert wanted.get(language, {3, 6, 9}) <= powers, language


# --------------------------------------------------------------------------- properties

QUICK = settings(max_examples=200, deadline=None)
SCALES = [row for row in rows("scale_words.csv") if row["place"] == ""]
SEPARATORS = {row["language"]: row for row in rows("separators.csv")}


def grouped(whole: str, mark: str) -> str:
    return f"{int(whole):,}".replace(",", mark)


@st.composite
def written(draw):
    """A language, a number as it is printed there, its coefficient and its power."""
    language = draw(st.sampled_from(sorted(SEPARATORS)))
    marks = SEPARATORS[language]
    whole = str(draw(st.integers(0, 10**13)))
    decimals = draw(st.text("0123456789", max_size=5))
    thousands = marks["thousands"]
    if thousands == "space":
        thousands = draw(st.sampled_from([" ", NBSP, THIN, NARROW]))
    printed = grouped(whole, thousands) if draw(st.booleans()) else whole
    printed += marks["decimal"] + decimals if decimals else ""
    words = [row for row in SCALES if row["language"] == language]
    scale = draw(st.none() | st.sampled_from(words))
    gap = " " if marks["spaced"] == "yes" else ""
    printed += gap + scale["word"] if scale else ""
    power = int(scale["unit_mult"]) if scale else 0
    return language, printed, Decimal(f"{whole}.{decimals}" if decimals else whole), power


@QUICK
@given(written())
def test_any_number_printed_by_the_conventions_of_a_language_reads_back_exactly(example):
    language, printed, coefficient, power = example
    assert numeral.read(printed, language) == Numeral(
        low=(Term(coefficient, power),), high=None, has_scale_word=power > 0
    )


@st.composite
def compounds(draw):
    """A language, a numeral of two or more groups, and its terms."""
    language = draw(st.sampled_from(sorted(SEPARATORS)))
    words = defaultdict(list)
    for row in SCALES:
        if row["language"] == language and int(row["unit_mult"]) in (12, 9, 8, 6, 4, 3):
            words[int(row["unit_mult"])].append(row["word"])
    powers = draw(st.lists(st.sampled_from(sorted(words)), min_size=1, unique=True))
    if len(powers) == 1 or draw(st.booleans()):
        powers.append(0)
    said, above = [], 15
    for power in sorted(powers, reverse=True):
        number = draw(st.integers(1, min(999, 10 ** (above - power) - 1)))
        said.append((number, power, draw(st.sampled_from(words[power] or [""]))))
        above = power
    gap = " " if SEPARATORS[language]["spaced"] == "yes" else ""
    printed = gap.join(f"{number}{gap}{word}" for number, _, word in said).strip()
    return language, printed, tuple(Term(Decimal(number), power) for number, power, _ in said)


@QUICK
@given(compounds())
def test_compound_numerals_read_back_term_by_term(example):
    language, printed, expected = example
    assert numeral.read(printed, language) == Numeral(expected, None, has_scale_word=True)


PIECES = [
    "5", "1.5", "1,234", "2023", "20", "10", "0", "½", "%", "$", "-", "–", "—", "/", ".", ",", "(",
    "млн", "million", "万", "bin", "тыс.", "до", "от", "с", "to", "from", "between", "and", "by",
    "two", "half a", "third", "hundred", "a", "года", "years", "in", "fell", "less", "about",
    "более", "-ით", "'den", "'", " ", " ", " ", NBSP, "\u200b", "é", "I", "İ", "ß", "٣", "三",
]  # fmt: skip
TEXTS = st.text() | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@QUICK
@given(TEXTS, st.sampled_from(sorted(SEPARATORS)))
def test_any_text_is_read_or_refused_and_nothing_else_happens(printed, language):
    try:
        number = numeral.read(printed, language)
    except UnreadableNumeral:
        return
    assert number.low
    assert all(term.coefficient.is_finite() for term in number.low)


@QUICK
@given(TEXTS, st.sampled_from(sorted(SEPARATORS)))
def test_a_text_without_a_digit_or_a_number_word_never_has_a_value(printed, language):
    assume(not any(character.isdecimal() for character in printed))
    try:
        text = tokenise(printed, language)
    except UnreadableNumeral:
        return
    numbers = text.words.numbers
    assume(not any(numbers.match(text.tokens, at) for at in range(len(text.tokens))))
    with pytest.raises(UnreadableNumeral):
        numeral.read(printed, language)


# ------------------------------------------------------------------------------- ledger

READ_BY_A_PERSON = {
    "KAZ-035": "a fraction in words: a third, of what the ledger gives 33 percent",
    "KAZ-051": "value by reference: 'to this level'",
}


@pytest.mark.skipif(not LEDGER.exists(), reason="the development ledger is not here")
def test_every_figure_of_the_ledger_reads_as_a_careful_person_read_it():
    with LEDGER.open(encoding="utf-8-sig", newline="") as file:
        ledger = list(csv.DictReader(file))
    wrong = {}
    for row in ledger:
        try:
            number = numeral.read(row["value_text"], row["language"])
        except UnreadableNumeral:
            wrong[row["id"]] = "unreadable"
            continue
        power = int(row["unit_mult"]) if number.has_scale_word else 0
        wanted = to_base(Decimal(row["value"]), power)
        is_second_end = row["qualifier"] == "up to" or (
            number.high is not None and hedge.read(row["value_text"], row["language"]) is None
        )
        end = number.high if is_second_end and number.high is not None else number.low
        if amount(end) != wanted:
            wrong[row["id"]] = f"{row['value_text']!r} reads {amount(end)}, not {wanted}"
    assert len(ledger) == 427
    assert wrong == dict.fromkeys(READ_BY_A_PERSON, "unreadable")
