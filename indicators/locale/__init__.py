"""Catalogues of translations, one folder a language, and `python -m indicators.locale`, which keeps them whole."""
