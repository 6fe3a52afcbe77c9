"""How numbers are printed: the word tables of 17 languages, and the grammar that reads with them.

The tables are facts: one CSV a subject, one row a word. Adding a word or a language adds rows here
and changes no Python.

    separators.csv      language, decimal, thousands ("space" for a space of any width), spaced
                        (no: words stand without spaces, each letter is a token), reference
    scale_words.csv     language, word, unit_mult, place, reference. `place` glued: only where it
                        touches the digits ("$5m")
    number_words.csv    language, word, value, unit_mult (its own scale: "полмиллиона" is 0.5, 6),
                        use: (empty)       a number wherever it stands
                             attached      a number only beside a scale or number word ("one")
                             before_scale  a number only before a scale word ("a", "half a")
                             fraction      a fraction in words: the text is refused ("треть")
                             ignore        looks like a number and is none ("la sută", per cent)
    time_words.csv      language, word, role: year_before, year_after, unit, ordinal (`times.py`)
    relation_words.csv  language, word, role: start_of_range, start_of_change, joins,
                        joins_after_start, changes (`joints.py`), by, level (`signs.py`), plus
                        (joins number words: "hundred and five")
    sign_words.csv      language, word, place: before, after, comparative (`signs.py`)
    hedge_words.csv     language, word, hedge, place: before, after, right_after, empty (`hedge.py`)

The language `mul` stands for every language. List every inflected form: "min" is a thousand in
Azerbaijani, "mina" is not, so nothing is matched by its beginning. Words are compared folded
(`tokens.fold`): case, vowel points and the several apostrophes do not count.

The code, in the order a text passes through it:

    tokens.py   text → tokens                         figures.py  tokens → coefficients and terms
    tables.py   the tables, one Lexicon a language    times.py    years and lengths of time aside
    text.py     one text with its Lexicon             joints.py   ranges and changes
    digits.py   "5 810,6" → Decimal                   signs.py    minus, "fell by"
"""
