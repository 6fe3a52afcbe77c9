"""A server that replays answers given in advance, with every fault that a live service has."""

import gzip
import threading
import time
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    command: str
    path: str
    headers: Message
    form: str


class Service:
    """Answers one request after the other; the last answer stays. `asked` are the requests that came."""

    def __init__(self) -> None:
        self.answers: list = []
        self.asked: list = []
        self.at_once, self.most_at_once = 0, 0
        counting = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            server_version = "replay"

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                form = self.rfile.read(length).decode() if length else ""
                with counting:
                    service.asked.append(Asked(self.command, self.path, self.headers, form))
                    service.at_once += 1
                    service.most_at_once = max(service.most_at_once, service.at_once)
                    answers = service.answers
                    answer = answers.pop(0) if len(answers) > 1 else answers[0]
                try:
                    answer(self)
                except OSError:
                    self.close_connection = True  # the client went away
                finally:
                    service.at_once -= 1

            do_GET = do_POST = _answer

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a client that goes away is no fault of the server
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_port}"
        self.address = f"{self.base}/data"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def gives(body=b"", status=200, *, cut=None, kind="text/csv", wait=0.0, length=None, **headers):
    """An answer: cut after so many bytes, late by `wait` seconds, or of another announced length."""

    def answer(request):
        if wait:
            time.sleep(wait)
        request.send_response(status)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(body[:cut])
        if cut is not None or length is not None:
            request.wfile.flush()
            request.close_connection = True

    return answer


def drips(body, pause=0.05, step=8):
    """An answer that comes a few bytes at a time."""

    def answer(request):
        request.send_response(200)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        for at in range(0, len(body), step):
            request.wfile.write(body[at : at + step])
            request.wfile.flush()
            time.sleep(pause)

    return answer


def chunked(body, *, whole=True, kind="text/csv", packed=False):
    """An answer in chunks; without the last one where it is not whole."""

    def answer(request):
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Transfer-Encoding", "chunked")
        if packed:
            request.send_header("Content-Encoding", "gzip")
        request.end_headers()
        sent = gzip.compress(body) if packed else body
        for at in range(0, len(sent), 50):
            piece = sent[at : at + 50]
            request.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
        request.wfile.write(b"0\r\n\r\n" if whole else b"")
        request.close_connection = not whole

    return answer


def unannounced(body, kind="text/csv"):
    """An answer whose end is the end of the connection."""

    def answer(request):
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Connection", "close")
        request.end_headers()
        request.wfile.write(body)
        request.close_connection = True

    return answer


def hangs_up(request):
    """No answer at all."""
    request.close_connection = True
