"""What marks and flags mean: those that mean the same everywhere, and what notes say of the others."""

import re
from collections.abc import Mapping, Sequence

Meaning = Mapping[str, object]

NOT_AVAILABLE: Meaning = {"value": "absent", "obs_status": "O", "says": "Not available"}
MEANINGS: dict[str, Meaning] = {
    "not_available": NOT_AVAILABLE,
    "not_applicable": {"value": "absent", "obs_status": "M", "says": "Not applicable"},
    "suppressed": {"value": "absent", "obs_status": "Q", "conf_status": "N", "says": "Suppressed"},
    "nil": {"value": "absent", "obs_status": "N", "low": 0, "high": 0, "says": "Nil"},
}
"""What a person may say of a mark: --mark 'x=suppressed'."""
SUPPRESSED = MEANINGS["suppressed"]
MARKS: dict[str, Meaning] = {
    **dict.fromkeys(
        (":", "..", "...", "…", "", "n/a", "N/A", "NA", "(NA)", "NaN", "n.a.", "нет данных", "н/д", "н.д.",
         "мәлімет жоқ", "məlumat yoxdur", "veri yok", "no data", "not available"), NOT_AVAILABLE),
    **dict.fromkeys(("(D)", "c", ": c", "C", "(c)", "[c]", "confidential", "suppressed"), SUPPRESSED),
    **dict.fromkeys(("[z]", "not applicable"), MEANINGS["not_applicable"]),
}  # fmt: skip
"""Marks that mean one thing in every publication; a dash, a cross or a star do not, and are asked."""
FLAGS: dict[str, Meaning] = {
    "b": {"obs_status": "B"}, "e": {"obs_status": "E"}, "p": {"obs_status": "P"}, "s": {"obs_status": "E"},
    "d": {"obs_status": "D"}, "i": {"obs_status": "E", "says": "Imputed"}, "r": {"says": "Revised"},
    "f": {"kind": "forecast"}, "u": {"obs_status": "U"}, "c": {"conf_status": "N", "absent": "Q"},
    "n": {"obs_status": "N"}, "a": {"absent": "M", "says": "Category not applicable"}, "z": {"absent": "M"},
    "(p)": {"obs_status": "P"}, "+": {"says": "National estimation"},
    "‡": {"obs_status": "E"}, ":": {"absent": "O"}, "..": {"absent": "O"}, "...": {"absent": "O"},
}  # fmt: skip
"""Flags that mean the same at Eurostat, UIS and most offices; any other is a question."""
CL_OBS_STATUS: dict[str, Meaning] = {
    "A": {"obs_status": "A"}, "B": {"obs_status": "B"}, "D": {"obs_status": "D"}, "E": {"obs_status": "E"},
    "F": {"kind": "forecast"}, "G": {"says": "Experimental"}, "I": {"obs_status": "E", "says": "Imputed"},
    "K": {"absent": "O", "says": "Included in another category"}, "L": {"absent": "O"}, "H": {"absent": "O"},
    "J": {"says": "Derogation"}, "M": {"absent": "M"}, "N": {"obs_status": "N"}, "O": {"absent": "O"},
    "P": {"obs_status": "P"}, "Q": {"absent": "Q"}, "S": {"says": "Strike and other special events"},
    "U": {"obs_status": "U"}, "V": {"obs_status": "V"}, "W": {"says": "Includes another category"},
}  # fmt: skip
"""SDMX CL_OBS_STATUS 2.2 in our codes."""
CL_CONF_STATUS: dict[str, Meaning] = {
    "F": {"conf_status": "F"}, **{code: {"conf_status": "N", "absent": "Q"} for code in "NCDSAOTGMEP"},
}  # fmt: skip
STATUS, SECRECY = ("OBS_STATUS", "OBS_FLAG"), ("CONF_STATUS", "OBS_CONF", "CONF_STATUS_OBS")
BILLION = "bn"
"""No break that is negligible: behind a number it is as often a word of scale, and is asked."""
LONG = 4
"""Letters beyond which a mark or a flag is a word."""
_WORDS = (
    ("P", r"предварит|provision|prelimin|geçici|ilkin|алдын ала|предварител"),
    ("E", r"оценк|estimat|tahmin|qiymətləndir|бағалау"),
    ("B", r"break in|разрыв ряда|несопостав"),
    ("U", r"low reliab|unreliab|ненадеж|güvenilir değil"),
)
_MARKS = (
    ("suppressed", r"конфиденц|confiden|suppress|gizli|құпия|məxfi|disclos|не публику|not publish|withheld"),
    ("not_applicable", r"not applicable|неприменим|uygulan|aid deyil|no aplica|não se aplica|невозмож"),
    ("nil", r"явлени[ея] отсутств|magnitude n(?:il|ull)|\bnil\b|\bnone\b|құбылыс жоқ|hadisə olmamış"
     r"|negligible|zero"),
    ("not_available", r"нет данных|not avail|no data|no information|bilgi yok|veri yok|мәлімет|məlumat yox"
     r"|отсутств|no value|sin dato|não dispon|unavailable|нет сведений|bilgi elde edil"),
)  # fmt: skip


def note_on(sign: str, notes: Sequence[str]) -> str | None:
    """The note that explains a mark or a flag: it begins with it, perhaps quoted; None for none."""
    return next(iter(notes_on(sign, notes)), None)


def notes_on(sign: str, notes: Sequence[str]) -> list[str]:
    """Every note that explains it: a publication in two languages has two, which may say two things."""
    begins = re.compile(
        rf"^[\s«\"'“(\[]*{re.escape(sign)}[»\"'”)\].]*(?:\s*[-–—:=.]+\s*|\s+|(?=[^\W\d]))(\S.*)$", re.S
    )
    within = re.compile(rf"[«\"'“(]{re.escape(sign)}[»\"'”)]\s*[-–—:=]*\s*(\S[^;]*)", re.S)
    found = [p.search(" ".join(note.split())) for p in (begins, within) for note in notes]
    return list(dict.fromkeys(said[1] for said in found if said))


def mark_said(note: str) -> str | None:
    """The key of MEANINGS that a note is like, or None."""
    return next((key for key, words in _MARKS if re.search(words, note.casefold())), None)


def marks_said(notes: Sequence[str]) -> list[str]:
    """The keys of MEANINGS that notes on one mark are like; two where they contradict each other."""
    return list(dict.fromkeys(key for note in notes if (key := mark_said(note))))


def flag_said(note: str) -> Meaning:
    """What a note says of the values that bear its flag: words, and a status where it names one."""
    status = next((code for code, words in _WORDS if re.search(words, note.casefold())), None)
    return ({"obs_status": status} if status else {}) | {"says": note[:300]}


def letters_said(flag: str, known: Mapping[str, Meaning]) -> Meaning | None:
    """What a flag of two or three letters says, each of which is a flag: be is b and e; None for others."""
    letters = 1 < len(flag) <= 3 and flag.isascii() and flag.islower()
    if not letters or flag == BILLION or any(letter not in known for letter in flag):
        return None
    said: dict[str, object] = {}
    for letter in reversed(flag):
        said |= known[letter]
    return said


def mark_meaning(mark: str) -> Meaning | None:
    """What a mark means everywhere, or what its own words say: "Not publishable"."""
    known = MARKS.get(mark) or MARKS.get(mark.casefold())
    said = mark_said(mark) if known is None and len(mark) > LONG else None
    return MEANINGS[said] if said else known


def flag_meaning(flag: str, known: Mapping[str, Meaning], note: str | None) -> Meaning | None:
    """What a flag means: by its code list, by its letters, by a note on it, or by its own words."""
    found = known.get(flag) or known.get(flag.strip(";,.")) or letters_said(flag, known)
    if found is None and len(flag) > LONG and "obs_status" in flag_said(flag):
        return flag_said(flag)
    return found or (flag_said(note) if note else None)


def flags_of(
    formatted: str, attributed: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Meaning], str | None]:
    """The flags of a format, and the attribute to read them from where two code lists collide.

    Statuses and confidentiality of SDMX share letters: F is a forecast in one, free in the other.
    """
    named = {name.upper(): name for name in attributed}  # obs_status at the World Bank
    status, secrecy = (
        {code for a in names if a in named for text in attributed[named[a]] for code in text.split()}
        for names in (STATUS, SECRECY)
    )
    if not formatted.startswith("sdmx") and not status | secrecy:
        return FLAGS, None
    lower = {k: v for k, v in FLAGS.items() if not k.isupper()}
    if not status:
        return lower | CL_CONF_STATUS if secrecy else lower | CL_OBS_STATUS, None
    if not secrecy & set(CL_OBS_STATUS) or (secrecy <= {"F"} and "F" not in status):
        free = {"F": CL_CONF_STATUS["F"]} if "F" in secrecy else {}
        extra = {c: m for c, m in CL_CONF_STATUS.items() if c not in CL_OBS_STATUS}
        return lower | CL_OBS_STATUS | extra | free, None
    chosen = next(named[a] for a in STATUS if attributed.get(named.get(a, "")))
    return lower | CL_OBS_STATUS, "@" + chosen
