"""Catalogues of translations, one folder a language; `python -m indicators.locale` keeps them whole."""
