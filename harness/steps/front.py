"""The reviewer in front of the login page."""

from __future__ import annotations

from harness.evidence import Evidence
from harness.targets.contract import Arrival, Console, Credentials, SignIn, Target, WindowWish


class Front:
    """The reviewer in front of the login page, in one window."""

    def __init__(self, target: Target, evidence: Evidence) -> None:
        self._target = target
        self._evidence = evidence
        self._wish = WindowWish()
        self.attempts: list[SignIn] = []
        self._arrival: Arrival | None = None
        self._console: Console | None = None

    def use(self, wish: WindowWish) -> None:
        """Go on in another kind of window; what was open there is opened anew."""
        self._wish = wish
        if self._console is not None:
            self._console.close()
            self._console = None
            self.arrive()

    @property
    def console(self) -> Console:
        """The window, opened as it was wished for."""
        if self._console is None:
            self._console = self._target.open_console(self._wish)
            self._evidence.watch(self._console.camera)
        return self._console

    @property
    def arrival(self) -> Arrival:
        """How the test page was reached."""
        return self._arrival or self.arrive()

    @property
    def is_gone(self) -> bool:
        """Whether the window was taken away, as it is when a case fails."""
        camera = self._console.camera if self._console else None
        return camera is not None and camera.is_gone

    def arrive(self) -> Arrival:
        """Open the test page."""
        self._arrival = self.console.arrive()
        return self._arrival

    def sign_in(self, credentials: Credentials) -> SignIn:
        """Fill in the credentials and press ENTER."""
        self.attempts.append(self.console.sign_in(credentials))
        return self.attempts[-1]
