"""Where a task is done: a screen and a language, in turn, or all of them with CEI_TASKS=all."""

import os
from dataclasses import dataclass
from itertools import product

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard.wording import Wording, wording
from indicators.language import languages
from tests.browser.judged import spoken
from tests.browser.looking import settled

SCREENS = {"telephone": (390, 844), "laptop": (1440, 900), "hall": (1920, 1080)}
EVERY = list(product(SCREENS, languages()))


def seats(nth: int):
    """The seats of the nth task: another screen and another language for each, or every one."""
    taken = EVERY if os.environ.get("CEI_TASKS") == "all" else [EVERY[nth * 7 % len(EVERY)]]
    return pytest.mark.parametrize("seat", taken, ids="-".join, indirect=True)


@dataclass
class Seat:
    """A reader with a screen, a language and a keyboard."""

    page: Page
    language: str

    @property
    def words(self) -> Wording:
        return wording(self.language)

    def open(self, address: str) -> None:
        self.page.goto(spoken(address, self.language))
        settled(self.page)

    def says(self, english: str) -> str:
        return self.words.text(english)

    def press(self, target: Locator) -> None:
        """Press with the keyboard what the keyboard can reach."""
        assert target.evaluate("e => e.tabIndex >= 0 && !e.closest('[inert]')")
        target.focus()
        expect(target).to_be_focused()
        self.page.keyboard.press("Enter")

    def passport(self) -> Locator:
        drawer = self.page.locator("#passport .passport")
        expect(drawer).to_be_visible()
        return drawer
