"""The offline pack: a deck, its figures and their passports in one page that needs no network."""
