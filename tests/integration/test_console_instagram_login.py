"""Both flavours at once, against the emulator: a Page's account and one of Instagram Login."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from harness.clock import SystemClock
from harness.drivers.meta_control import MetaControl
from harness.processes import Launcher, free_port
from system_under_test.adapters.graph_client import GraphClient
from system_under_test.domain.agents import INSTAGRAM_LOGIN, Channel
from tests.fakes.running_console import SETUP, AgentHands, RunningConsole, until

SHOP = "loja.exemplo"
DAY_S = 86_400
CHANNEL = """
[[channels]]
page_id = "{page}"
account_id = "{account}"
username = "{username}"
token = "{token}"
flavour = "{flavour}"
"""


@dataclass
class Emulator:
    """The emulator's addresses and its two companies."""

    url: str
    meta: MetaControl
    shop_id: str
    token: str
    secret: str

    def ask(self, path: str, **wish: Any) -> Any:
        answer = requests.post(f"{self.url}{path}", json=wish, timeout=5)
        assert answer.ok, answer.text
        return answer.json()

    def thread(self, username: str) -> list[dict[str, Any]]:
        path = f"{self.url}/_control/customers/{username}/thread"
        found: list[dict[str, Any]] = requests.get(
            path, params={"account": SHOP}, timeout=5
        ).json()["messages"]
        return found


@pytest.fixture(scope="module")
def emulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    port = free_port("127.0.0.1")
    url = f"http://127.0.0.1:{port}"
    program = (sys.executable, "-m", "fake_meta", "--port", str(port), "--seed", "1")
    logs = tmp_path_factory.mktemp("flavours") / "logs"
    with Launcher(logs, clock=SystemClock(), inherited=os.environ, ready_s=30.0) as launcher:
        launcher.start("emulator", program, {}, f"{url}/_control/health")
        meta = MetaControl(url)
        found = Emulator(url, meta, "", "", "")
        found.shop_id = found.ask("/_control/accounts", username=SHOP)["account"]["id"]
        wish = {"kind": "ig_user", "account": SHOP, "age_s": 2 * DAY_S, "life_s": 30 * DAY_S}
        found.token = found.ask("/_control/tokens", **wish)["access_token"]
        login = requests.get(f"{url}/_control/login", timeout=5).json()
        found.secret = login["instagram"]["client_secret"]
        yield found
        meta.close()


@pytest.fixture
def agent(emulator: Emulator, tmp_path: Path) -> Iterator[AgentHands]:
    """An operating agent of a console that knows both companies."""
    world = emulator.meta.world()
    console = RunningConsole(
        tmp_path,
        emulator.url,
        INTERACT_APP_SECRET=world.app_secret,
        INTERACT_VERIFY_TOKEN=world.verify_token,
        INTERACT_INSTAGRAM_APP_SECRET=emulator.secret,
        INTERACT_INSTAGRAM_GRAPH_URL=f"{emulator.url}/graph.instagram.com",
    )
    page = CHANNEL.format(
        page=world.page_id,
        account=world.account_id,
        username=world.account_username,
        token=world.page_token,
        flavour="facebook_login",
    )
    shop = CHANNEL.format(
        page="", account=emulator.shop_id, username=SHOP, token=emulator.token,
        flavour=INSTAGRAM_LOGIN,
    )  # fmt: skip
    console.apply(SETUP.partition("[[channels]]")[0] + page + shop)
    console.start()
    try:
        emulator.meta.subscribe_app(world, f"{console.url}/webhooks/meta", world.verify_token)
        yield console.operating()
    finally:
        console.stop(signal.SIGKILL)


def test_customers_of_both_accounts_are_heard_and_answered(
    emulator: Emulator, agent: AgentHands
) -> None:
    ana = emulator.meta.create_customer(name="Ana Both", role="tester")
    path = f"/_control/customers/{ana.username}/messages"
    installed = f"{emulator.url}/_control/world"
    until(
        lambda: requests.get(installed, timeout=5).json(),
        lambda world: world["page_subscribed_fields"],
    )

    emulator.ask(path, text="pela Página")
    until(agent.conversations, len)
    until(lambda: _shop_hears(emulator, path, agent), bool)

    direct = next(one for one in agent.conversations() if one["channel"]["username"] == SHOP)
    assert len(agent.conversations()) == 2
    agent.post(f"conversations/{direct['id']}/messages", {"text": "Olá da loja"})
    until(
        lambda: agent.conversation(direct["id"])["messages"][-1],
        lambda message: message["state"] == "sent",
    )
    assert direct["customer"]["igsid"] != ana.igsid  # every account knows her by another id
    assert [one["text"] for one in emulator.thread(ana.username)][-1] == "Olá da loja"


def _shop_hears(emulator: Emulator, path: str, agent: AgentHands) -> bool:
    """Write to the shop until its own subscription is in place."""
    emulator.ask(path, text="direto à loja", account=SHOP)
    return any(one["channel"]["username"] == SHOP for one in agent.conversations())


def test_the_emulator_refreshes_the_token(emulator: Emulator) -> None:
    world = emulator.meta.world()
    base = f"{emulator.url}/graph.instagram.com/v25.0"
    client = GraphClient(emulator.url, world.app_secret, 5.0, (base, emulator.secret))
    channel = Channel(
        1, emulator.shop_id, emulator.shop_id, SHOP, emulator.token, 1, flavour=INSTAGRAM_LOGIN
    )

    new = client.refresh_token(channel)

    assert new.token.startswith("IGAA")
    assert new.life_s > 50 * DAY_S
