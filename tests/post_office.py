"""A real SMTP server for tests: on a port of its own, and as unkind as a test wants it."""

import asyncio
import socket
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller


class Letters:
    """A post office that takes what it is given, answers no, or breaks off in the middle."""

    def __init__(self):
        self.kept, self.answers = [], []

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802 - the server's own name
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "break":
            self.kept.append(message_from_bytes(envelope.content, policy=policy.default))
            server.transport.close()
            return "250 OK"
        if answer.startswith("250"):
            self.kept.append(message_from_bytes(envelope.content, policy=policy.default))
        return answer


class Office(Controller):
    """Its server, with a loop that is closed when it stops."""

    def stop(self, no_assert=False):  # noqa: FBT002 - its own signature
        super().stop(no_assert=no_assert)
        self.loop.close()


@contextmanager
def opened(handler=None):
    """A server that runs, and its port."""
    handler = handler or Letters()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    office = Office(handler, hostname="127.0.0.1", port=port, loop=asyncio.new_event_loop())
    office.start()
    try:
        yield handler, port
    finally:
        office.stop()
