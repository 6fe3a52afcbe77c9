"""Pages kept as they were sent: a page is the answer to its address, of one release, on one day.

The same pages are opened again and again, by a hall of people at once; none is made twice. Whatever a
page shows is named by what the browser asked, the current release and the day, so that nothing has to be
forgotten by hand: a new release, or a new day, asks under another name.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import sha256

from flask import Flask, Response, g, has_request_context, request

from exports.packing import packing

ASKED = "/_dash-update-component"
MOST = 32 * 2**20
"""Bytes kept in all, as packed; the page that was looked at longest ago goes first."""
LARGEST = MOST // 16
LONGEST = 20_000
"""Bytes of a request beyond which its answer is not kept: no page of ours asks for so much."""
Answer = tuple[bytes, str]
"""The body as sent, and its encoding."""


class Kept:
    """Answers by what was asked, as many as fit.

    Args:
        most: bytes kept in all.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: Hashable) -> Answer | None:
        """The answer kept under that key, or None."""
        with self._turn:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: Hashable, answer: Answer) -> None:
        """Keep an answer; the oldest go where there is no room."""
        with self._turn:
            self._size += len(answer[0]) - len(self._answers.pop(key, (b"", ""))[0])
            self._answers[key] = answer
            while self._size > self._most:
                self._size -= len(self._answers.popitem(last=False)[1][0])


def register(server: Flask, stamp: Callable[[], Hashable], kept: Kept) -> None:
    """Keep what `server` answers the callbacks of pages; before what packs its answers is registered.

    Args:
        server: of the site.
        stamp: what, beside the request, a page depends on.
        kept: where they are kept.
    """

    def name() -> Hashable:
        return stamp(), packing(), sha256(request.get_data()).digest()

    def before() -> Response | None:
        if request.path != ASKED or (request.content_length or LONGEST + 1) > LONGEST:
            return None
        g.kept_as = name()
        found = kept.get(g.kept_as)
        if found is None:
            return None
        response = Response(found[0], mimetype="application/json")
        if found[1]:
            response.headers["Content-Encoding"] = found[1]
            response.headers["Vary"] = "Accept-Encoding"
        return response

    def after(response: Response) -> Response:
        key = g.pop("kept_as", None)
        passes = g.pop("passes", False) or response.status_code != 200 or response.is_streamed
        if key is None or passes or name() != key:  # another release came while the page was made
            return response
        body = response.get_data()
        if len(body) <= LARGEST:
            kept.put(key, (body, response.headers.get("Content-Encoding", "")))
        return response

    server.before_request(before)
    server.after_request(after)


def passing() -> None:
    """What is now answered tells of a fault of this moment and is not to be kept."""
    if has_request_context():
        g.passes = True
