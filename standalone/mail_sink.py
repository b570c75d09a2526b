"""A local SMTP server that keeps each mail as a file and sends nothing on.

`python -m standalone.mail_sink PORT FOLDER`
"""

import asyncio
import email
import email.policy
import re
import sys
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

numbers = count(1)


class MailSink:
    """Writes what arrives to a folder."""

    def __init__(self, folder: Path):
        """Keep the folder's path; it is made when the first mail comes."""
        self.folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Write one mail, named by time, recipient and subject. Half a mail never shows under its name."""
        self.folder.mkdir(parents=True, exist_ok=True)
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        subject = re.sub(r"[^A-Za-z0-9]+", "-", str(message["subject"] or "no-subject")).strip("-")[:60]
        recipient = re.sub(r"[^A-Za-z0-9.@_-]+", "-", (envelope.rcpt_tos or ["nobody"])[0])[:60]
        stamp = datetime.now().strftime("%Y%m%d-%H%M%S-%f")
        path = self.folder / f"{stamp}-{next(numbers):04d}-{recipient}-{subject}.eml"
        draft = path.with_suffix(".part")
        draft.write_bytes(envelope.content)
        draft.rename(path)
        return "250 kept"


async def serve(port: int, folder: Path) -> None:
    """Listen on a loopback port until stopped."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(MailSink(folder), hostname="localhost", enable_SMTPUTF8=True), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
