"""A small SMTP server for tests: keeps what it gets in memory, and can refuse in the ways real ones do.

    with SmtpSink() as sink:            # sink.url is an EMAIL_URL
        ...
    sink.mails                          # [(recipients, bytes), …]

`sink.answer["RCPT"] = "550 no such mailbox"` makes it refuse from then on; any of MAIL, RCPT, DATA, END.
`sink.lines` counts connections; `sink.hang_up()` ends those that are open.
"""

import contextlib
import socket
import socketserver
import threading


class _Handler(socketserver.StreamRequestHandler):
    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.server.lines += 1
        self.server.open.append(self.connection)
        self.say("220 sink")
        recipients: list[str] = []
        for raw in self.rfile:
            line = raw.decode("ascii", "replace").strip()
            verb = line.split(" ")[0].upper()
            if verb == "QUIT":
                self.say("221 bye")
                return
            if verb == "EHLO":
                self.say("250-sink\r\n250 8BITMIME")
            elif verb == "DATA":
                self.say(self.server.answer.get("DATA", "354 go on"))
                if "DATA" not in self.server.answer:
                    self._take(recipients)
                recipients = []
            elif verb in ("MAIL", "RCPT"):
                answer = self.server.answer.get(verb, "250 ok")
                if verb == "RCPT" and answer.startswith("250"):
                    recipients.append(line.split("<", 1)[1].split(">", 1)[0])
                self.say(answer)
            else:
                self.say("250 ok")

    def _take(self, recipients: list[str]) -> None:
        lines = []
        for raw in self.rfile:
            if raw == b".\r\n":
                break
            lines.append(raw[1:] if raw.startswith(b"..") else raw)
        else:
            return  # who wrote it is gone in the middle of it
        if "END" not in self.server.answer:
            self.server.mails.append((list(recipients), b"".join(lines)))
        self.say(self.server.answer.get("END", "250 kept"))


class SmtpSink(socketserver.ThreadingTCPServer):
    """A server on a port of this computer, a free one where none is named, for the time of a `with`."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0):
        super().__init__(("127.0.0.1", port), _Handler)
        self.mails: list[tuple[list[str], bytes]] = []
        self.answer: dict[str, str] = {}
        self.lines = 0
        self.open: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        """Who is killed while writing has not written."""

    def hang_up(self) -> None:
        """Ends every line, as a server does that was silent or busy for long."""
        for line in self.open:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "SmtpSink":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.shutdown()
        self.server_close()
