"""The driver of a reader in a browser's page: Textual's own, but that a page which goes is a line that drops."""

from __future__ import annotations

import os
import signal

from textual.drivers.web_driver import WebDriver


class PageDriver(WebDriver):
    """Writes packets for textual-serve, reads what the page sends."""

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Heed the server; where the page is closed Textual would end without saving anything."""
        if packet_type == "quit":
            _hang_up()
        else:
            super().on_meta(packet_type, payload)

    def run_input_thread(self) -> None:
        """Read until the server is gone, be it killed."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            _hang_up()


def _hang_up() -> None:
    """Have the app save and end, as when a terminal is closed."""
    os.kill(os.getpid(), signal.SIGHUP)
