"""Stand-ins for a provider and a mail server, on this machine: they answer as told, and remember what came."""

import socket
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl


@dataclass
class Provider:
    """Answers each request as told: a status and a body, or one of the ways to fail."""

    status: int = 201
    body: str = '{"sid": "SM0123456789abcdef0123456789abcdef", "status": "queued"}'
    fails: str = ""
    requests: list[dict[str, object]] = field(default_factory=list)
    url: str = ""
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def running_provider(provider: Provider) -> Iterator[Provider]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            form = self.rfile.read(int(self.headers["Content-Length"])).decode()
            provider.requests.append(
                {
                    "path": self.path,
                    "form": dict(parse_qsl(form, keep_blank_values=True)),
                    "authorization": self.headers["Authorization"],
                }
            )
            if provider.fails == "silence":
                provider.released.wait(5)
                return
            if provider.fails == "reset":
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                return
            body = provider.body.encode()
            self.send_response(provider.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", str(len(body) * (2 if provider.fails == "half" else 1)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """A connection that we broke off ourselves is no news."""

    with Quiet(("127.0.0.1", 0), Handler) as server:
        provider.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield provider
        finally:
            provider.released.set()
            server.shutdown()
            thread.join()


@dataclass
class MailServer:
    """Answers each command as told; the text after DATA is kept."""

    answers: dict[str, str] = field(default_factory=dict)
    """By command, where it differs from a plain yes; "" hangs up."""
    extensions: tuple[str, ...] = ()
    messages: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    url: str = ""


class MailHandler(socketserver.StreamRequestHandler):
    told: MailServer

    def handle(self):
        self.say("220 mail.example.org")
        for line in iter(self.rfile.readline, b""):
            command = line.decode().split()[0].upper().partition(":")[0]
            self.told.commands.append(command)
            if not self.obey(command):
                return

    def obey(self, command):
        usual = {"DATA": "354 go on", "QUIT": "221 bye"}.get(command, "250 ok")
        if command == "EHLO":
            usual = "\r\n".join([*("250-" + name for name in ("mail", *self.told.extensions)), "250 ok"])
        answer = self.told.answers.get(command, usual)
        if not answer:
            return False
        self.say(answer)
        if answer.startswith("354"):
            return self.take_message()
        return command != "QUIT"

    def take_message(self):
        lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
        self.told.messages.append("".join(lines))
        answer = self.told.answers.get("END", "250 kept")
        if answer:
            self.say(answer)
        return bool(answer)

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def running_mail_server(server: MailServer) -> Iterator[MailServer]:
    handler = type("Handler", (MailHandler,), {"told": server})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as listening:
        listening.daemon_threads = True
        server.url = f"smtp://127.0.0.1:{listening.server_address[1]}"
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()
