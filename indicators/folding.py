"""Folding: one plain spelling for a word however it is typed, so that it is found.

Every word becomes small Latin letters and digits. İ, I, ı and i are one letter: plain lower-casing turns
"İmza" into five characters of which the second is a lone dot, and NFC does not mend it. Diacritics fall
away (ş s, ğ g, ü u); Kazakh letters are those that a Russian keyboard offers in their place (қ к, ң н, ү у);
Cyrillic is written in Latin letters, and those spellings of it that readers mix are one (kh h, y i).
Folded words are only compared, never shown.
"""

import re
import unicodedata

_CYRILLIC = (
    "а a, б b, в v, г g, д d, е e, ж zh, з z, и i, к k, л l, м m, н n, о o, п p, р r, с s, т t, у u, ф f, "
    "х h, ц ts, ч ch, ш sh, щ sh, ъ a, ы i, э e, ю iu, я ia, ә a, ғ g, қ k, ң n, ө o, ұ u, ү u, "
    "һ h, і i, ґ g, є e"
)
_LATIN = "ı i, ə e, ß ss, æ ae, ø o, œ oe, đ d, ð d, ł l, þ th"
_ONE_BY_ONE = str.maketrans(dict(pair.split() for pair in f"{_CYRILLIC}, {_LATIN}".split(", ")) | {"ь": ""})
_MIXED = (("kh", "h"), ("x", "ks"), ("q", "k"), ("w", "v"), ("y", "i"))
"""Spellings that stand for one another, above all in names of places: Kazakhstan, Kazahstan."""
_WORD = re.compile(r"[0-9a-z]+")
_APOSTROPHE = re.compile("['’ʻʼ`]")


def folded(text: str) -> str:
    """The text in its plain spelling.

    Examples:
        >>> folded("İmza"), folded("IMZA"), folded("Қазақстан"), folded("Азия")
        ('imza', 'imza', 'kazakstan', 'aziia')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    plain = _APOSTROPHE.sub("", bare.lower()).translate(_ONE_BY_ONE)
    for seen, stands in _MIXED:
        plain = plain.replace(seen, stands)
    return plain


def words(text: str) -> list[str]:
    """The words of a text, folded; no separators, no punctuation."""
    return _WORD.findall(folded(text))
