"""A bad line between two sides: a proxy that drops, cuts or refuses connections. Knows nothing of what goes over it."""

import contextlib
import random
import socket
import threading
import time


class Proxy:
    """Listens on a port of its own and passes on. `lost` is the share of connections that break: half of them before
    the request arrives, half in the middle of the answer. `delay`: how many seconds each answer is under way. `away`
    refuses everything and cuts what is open.
    """

    def __init__(self, host: str, port: int, *, lost: float = 0.0, delay: float = 0.0, seed: int = 46):
        self.target, self.lost, self.delay, self.away = (host, port), lost, delay, False
        self.broken = 0
        self._dice, self._open = random.Random(seed), set()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "Proxy":
        return self

    def __exit__(self, *_) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        for one in list(self._open):
            _close(one)
        self._open.clear()

    def go_away(self) -> None:
        self.away = True
        self.cut()

    def come_back(self) -> None:
        self.away = False

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self.away:
                _close(near)
                continue
            threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        fate = self._dice.random()
        if fate < self.lost / 2:
            self.broken += 1
            _close(near)
            return
        try:
            far = socket.create_connection(self.target, timeout=60)
        except OSError:
            _close(near)
            return
        self._open.update((near, far))
        answer_at_most = self._dice.randrange(1, 400) if fate < self.lost else None
        if answer_at_most:
            self.broken += 1
        threading.Thread(target=self._pass_on, args=(near, far, None, False), daemon=True).start()
        self._pass_on(far, near, answer_at_most, True)

    def _pass_on(self, source: socket.socket, target: socket.socket, at_most: int | None, is_answer: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65536):
                if is_answer:
                    time.sleep(self.delay)
                if at_most is not None:
                    piece = piece[:at_most]
                    at_most -= len(piece)
                target.sendall(piece)
                if at_most == 0:
                    break
        for one in (source, target):
            self._open.discard(one)
            _close(one)


def _close(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
