"""Fixtures for other people's test suites: `fake_meta`, an emulator in process per test.

```python
def test_answer(fake_meta):
    token = fake_meta.company.page_token
    me = requests.get("https://graph.facebook.com/me", params={"access_token": token})
    assert me.json()["name"] == "Empresa Exemplo"
```

Override `fake_meta_callback` to have webhooks handed to your own WSGI application, `fake_meta_seed`
for another world.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from fake_meta.client import ControlClient
    from fake_meta.in_process import Intercepted

WsgiApp = Callable[..., Iterable[bytes]]


@pytest.fixture
def fake_meta_seed() -> int:
    """The seed of the world: same seed, same ids, names and secrets."""
    return 1


@pytest.fixture
def fake_meta_callback() -> WsgiApp | None:
    """The WSGI application that receives webhooks in process; None posts them."""
    return None


@pytest.fixture
def fake_meta(fake_meta_seed: int, fake_meta_callback: WsgiApp | None) -> Iterator[Intercepted]:
    """Meta's hosts answered by an emulator in this process, for `requests`."""
    from fake_meta.in_process import intercept  # a suite that does not ask for it pays nothing

    with intercept(seed=fake_meta_seed, callback_app=fake_meta_callback) as meta:
        yield meta


@pytest.fixture
def fake_meta_world(fake_meta: Intercepted) -> ControlClient:
    """The control API of that emulator: customers, journal, clock."""
    return fake_meta.control
