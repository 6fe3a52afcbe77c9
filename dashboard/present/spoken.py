"""What the page of decks is told: every word that it says, its languages, and the formats of its charts."""

from typing import Any

from dashboard import theme
from dashboard.theme import DARK
from dashboard.wording import Wording, wording
from indicators.concepts.codelist import codelist
from indicators.language import languages


def spoken(words: Wording, release: str) -> dict[str, Any]:
    """All that assets/present.js needs beside the decks.

    Args:
        words: the language of the page.
        release: the current one; empty on the page that is kept for later.
    """
    return {
        "release": release,
        "language": words.language.code,
        "languages": [{"code": c, "name": codelist("language")[c]["name"]} for c in languages()],
        "configs": {c: theme.config(wording(c).language) for c in languages()},
        "dark": DARK,
        "words": {
            **_tools(words), **_slides(words), **_files(words), **_taken(words), **_newest(words),
            **_show(words),
        },
    }  # fmt: skip


def _tools(words: Wording) -> dict[str, str]:
    return {
        "heading": words.text("Decks of slides"),
        "deck": words.text("Deck"),
        "name": words.text("Name of the deck"),
        "myDeck": words.text("My deck"),
        "language": words.text("Language of the slides"),
        "shape": words.text("Shape"),
        "ground": words.text("Ground"),
        "light": words.text("light"),
        "darkened": words.text("dark"),
        "present": words.text("Present the deck"),
        "addText": words.text("Add a text slide"),
        "newDeck": words.text("New deck"),
        "newMade": words.text("A new deck is open."),
        "removeDeck": words.text("Delete the deck"),
        "deckRemoved": words.text("The deck “{name}” is deleted.", name="{name}"),
        "print": words.text("Print"),
        "undo": words.text("Undo"),
        "undone": words.text("Undone."),
        "close": words.text("Close"),
        "notKept": words.text("This browser keeps nothing: save the deck to a file before you leave."),
    }


def _slides(words: Wording) -> dict[str, str]:
    return {
        "slides": words.text("Slides: {n}", n="{n}"),
        "slideOf": words.text("Slide {n} of {all}", n="{n}", all="{all}"),
        "empty": words.text("No slide yet. Add one from any page, open a file, or write a text slide."),
        "newSlide": words.text("New slide"),
        "textAdded": words.text("A text slide stands at the end."),
        "title": words.text("Title"),
        "text": words.text("Text"),
        "annotation": words.text("Remark on the slide"),
        "notes": words.text("Speaker notes"),
        "openPage": words.text("Open its page"),
        "showFrom": words.text("Present from this slide"),
        "drag": words.text("Drag to move; or Alt and an arrow key"),
        "up": words.text("Move up"),
        "down": words.text("Move down"),
        "moved": words.text("“{title}” is now slide {n} of {all}.", title="{title}", n="{n}", all="{all}"),
        "copy": words.text("Duplicate"),
        "copied": words.text("“{title}” is there twice.", title="{title}"),
        "remove": words.text("Delete"),
        "removed": words.text("“{title}” is deleted. Undo brings it back.", title="{title}"),
    }


def _files(words: Wording) -> dict[str, str]:
    return {
        "save": words.text("Save to a file"),
        "savedFile": words.text("The deck is saved to a file, figures and all."),
        "open": words.text("Open a file"),
        "opened": words.text("“{name}” is open; slides: {n}.", name="{name}", n="{n}"),
        "unreadable": words.text("This file cannot be opened; nothing was changed"),
        "bad_large": words.text("It is larger than any deck."),
        "bad_json": words.text("It is no deck, or it was cut off."),
        "bad_format": words.text("It is a file of another kind; a deck ends in .deck.json."),
        "bad_newer": words.text("It was saved by a newer version of this site."),
        "bad_part": words.text("At {place} stands what no deck holds.", place="{place}"),
    }


def _taken(words: Wording) -> dict[str, str]:
    return {
        "take": words.text("Take the deck away"),
        "takePptx": words.text("Download as PowerPoint"),
        "takePdf": words.text("Download as PDF"),
        "takeHtml": words.text("Download as one offline file"),
        "takeTemplate": words.text("Template of your ministry for PowerPoint, .pptx or .potx"),
        "takeHint": words.text(
            "In PowerPoint the charts can be edited. The one file holds charts, figures and passports, and "
            "opens from a USB stick."
        ),
        "taking": words.text("The file is being made …"),
        "takenAway": words.text("{file} is saved among your downloads.", file="{file}"),
        "notTakenAway": words.text("No file was made"),
    }


def _newest(words: Wording) -> dict[str, str]:
    return {
        "refresh": words.text("Compare with the newest release"),
        "asking": words.text("Asking the server …"),
        "unreached": words.text("The server cannot be reached."),
        "compared": words.text("The slides and the newest release"),
        "changed": words.text("The newest release says otherwise"),
        "current": words.text("Every slide is of the newest release"),
        "sameNewer": words.text("There is a newer release, with the same numbers"),
        "otherwise": words.text("Its numbers are those of the release, but the slide shows them otherwise."),
        "same": words.text("No number differs."),
        "none": words.text("no figure"),
        "takeOver": words.text("Take over the newest"),
        "keepOld": words.text("Keep the slides as they are"),
        "takenOver": words.text("The slides show the newest release. Undo brings the old ones back."),
        "translated": words.text("The slides are in their new language."),
        "notTranslated": words.text("Not every slide can be had in that language; nothing was changed."),
        "offline": words.text(
            "The server cannot be reached. The slides show what was known when they were taken; newer "
            "figures may exist."
        ),
        "ready": words.text("Ready without the server: this page and its slides are kept in this browser."),
        "notReady": words.text("This page is not kept for later: leave it open, or save the deck to a file."),
        "again": words.text("Try again"),
    }


def _show(words: Wording) -> dict[str, str]:
    return {
        "previous": words.text("Slide before (left arrow)"),
        "next": words.text("Next slide (right arrow)"),
        "notesKey": words.text("Speaker notes (S)"),
        "notesWindow": words.text("Notes in a window"),
        "notesWindowKey": words.text("Speaker notes in a window of their own (N)"),
        "fullscreen": words.text("Full screen"),
        "fullscreenKey": words.text("Full screen (F)"),
        "leave": words.text("Leave"),
        "leaveKey": words.text("Leave the show (Escape)"),
        "noNotes": words.text("No notes for this slide."),
        "then": words.text("Next:"),
        "last": words.text("This is the last slide."),
        "keys": words.text(
            "In the show: arrows, space or a clicker move; a number and Enter jumps; B makes the screen "
            "black; S shows your notes, N opens them in a window; F fills the screen; Escape leaves."
        ),
    }
