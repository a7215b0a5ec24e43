"""The version of homolog that runs."""

from importlib import metadata


def version() -> str:
    """Return the installed version; "0+checkout" when it runs from a checkout without install."""
    try:
        return metadata.version("homolog")
    except metadata.PackageNotFoundError:
        return "0+checkout"
