"""What callers of the world can do wrong; every error is one sentence for a human."""

from __future__ import annotations


class EmulatorError(Exception):
    """The caller asked the emulated Instagram for something it does not do."""

    @property
    def sentence(self) -> str:
        """What is wrong, what was expected and what to do, in one sentence."""
        return str(self)


class UnknownCustomerError(EmulatorError):
    """No customer has this username or IGSID."""


class UnknownAccountError(EmulatorError):
    """No company has an account of this username."""


class UnknownMessageError(EmulatorError):
    """No message of this thread has this mid."""


class UnknownStoryError(EmulatorError):
    """No story of this owner has this id."""


class UnknownPostError(EmulatorError):
    """The company has no such post, or nobody wrote such a comment."""


class UnknownEntryError(EmulatorError):
    """The journal holds no such entry."""


class UnknownMarkError(EmulatorError):
    """No snapshot is remembered under this name."""


class UnknownAppError(EmulatorError):
    """There is no app with this id."""


class UnknownSubmissionError(EmulatorError):
    """App Review has no submission of this number."""


class UnknownFaultError(EmulatorError):
    """No fault with this number is switched on."""


class UnknownTokenError(EmulatorError):
    """No token has this number."""


class AssetGoneError(EmulatorError):
    """The CDN has nothing under this asset id and signature, or no longer has."""


class InvalidRequestError(EmulatorError):
    """The request misses something or holds a value that means nothing here."""


class NotAllowedError(EmulatorError):
    """The request is well formed, but the state of the world forbids it."""
