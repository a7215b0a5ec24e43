"""Real bugs of duplicates, races and identity, and of names, each by its number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from system_under_test.domain.agents import INSTAGRAM_LOGIN, PAGE_INBOX
from system_under_test.domain.customers import Profile
from system_under_test.domain.graph_errors import Fate
from system_under_test.service.outbox import ECHO_WAIT_MS
from system_under_test.service.setup import ChannelSetup
from tests.fakes.little_console import ACCOUNT, PAGE, LittleConsole
from tests.fakes.wsgi_console import AgentDesk, WsgiConsole, entry, envelope

ANA, BIA = "3603717463085785", "3603717463085786"
SECOND = "17841400000000002"


def texts(agent: AgentDesk, customer: str = ANA) -> list[str]:
    return [one["text"] for one in agent.bubbles(customer)]


def test_case_19_a_delivery_again_and_later_changes_nothing(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    web.agent()
    message = lone.message(ANA, "Oi")

    web.deliver(message)
    web.deliver(message)
    lone.clock.now += 3_000
    web.deliver(message)
    lone.clock.now += 3_600_000
    web.deliver(message)

    assert lone.scalar("SELECT count(*) FROM message") == 1
    assert lone.scalar("SELECT unread FROM conversation") == 1
    assert lone.scalar("SELECT count(*) FROM routing_log WHERE trigger = 'arrived'") == 1


def test_case_20_ten_first_messages_at_once_are_one_conversation(little: LittleConsole) -> None:
    """R14."""
    web = WsgiConsole(little)
    agent = web.agent()
    items = [little.message(ANA, f"foto {number}") for number in range(10)]

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(web.deliver, items))

    assert {one.status_code for one in answers} == {200}
    assert sorted(texts(agent)) == [f"foto {number}" for number in range(10)]
    assert [bool(one["conversation_id"]) for one in agent.state()["slots"]].count(True) == 1
    assert little.scalar("SELECT count(*) FROM conversation") == 1


def test_case_21_a_burst_of_thirty_is_thirty(little: LittleConsole) -> None:
    web = WsgiConsole(little)
    agent = web.agent()
    items = [little.message(ANA, str(number)) for number in range(30)]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(web.deliver, items))

    assert len(agent.bubbles(ANA)) == 30


def test_case_23_our_own_message_is_no_customer(lone: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))

    web.deliver(lone.item(ACCOUNT, ANA, {"mid": "e1", "text": "do telefone", "is_echo": True}))

    assert agent.bubbles(ANA)[-1]["direction"] == "out"
    assert lone.scalar(f"SELECT count(*) FROM customer WHERE igsid = '{ACCOUNT}'") == 0


def test_case_24_an_automatic_text_and_its_echo_are_one_bubble(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    lone.change_service(hours="UTC mon-sun 00:00-00:01", closed_text="Fechado")
    web.deliver(lone.message(ANA))
    lone.sender.send_next()

    web.deliver(lone.item(ACCOUNT, ANA, {"mid": "mid.out.1", "text": "Fechado", "is_echo": True}))

    assert lone.scalar("SELECT count(*) FROM message WHERE direction = 'out'") == 1


def test_case_25_an_echo_before_the_answer_keeps_the_author(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    echo = lone.item(ACCOUNT, ANA, {"mid": "mid.out.1", "text": "Bom dia", "is_echo": True})
    lone.graph.while_sending = lambda: lone.deliver(echo)

    agent.reply(ANA, "Bom dia")
    lone.sender.send_next()

    out = [one for one in agent.bubbles(ANA) if one["direction"] == "out"]
    assert [(one["text"], one["author"], one["state"]) for one in out] == [
        ("Bom dia", "Agent 1", "sent")
    ]


def test_case_27_a_lost_answer_is_settled_by_the_echo(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    web.deliver(lone.message(ANA))
    lone.graph.failures = [Fate.UNSURE]
    agent.reply(ANA, "talvez")
    lone.sender.send_next()

    web.deliver(lone.item(ACCOUNT, ANA, {"mid": "e1", "text": "talvez", "is_echo": True}))
    lone.clock.now += ECHO_WAIT_MS
    lone.sender.send_next()

    out = [one for one in agent.bubbles(ANA) if one["direction"] == "out"]
    assert [(one["state"], one["mid"]) for one in out] == [("sent", "e1")]
    assert lone.graph.sent == []


def test_case_28_two_pages_may_know_the_same_id(lone: LittleConsole, web: WsgiConsole) -> None:
    lone.run(
        "INSERT INTO channel (page_id, account_id, username, token, service_id)"
        f" VALUES ('page.two', '{SECOND}', 'outra', 'EAAother', 1)"
    )
    agent = web.agent()
    for customer in (ANA, BIA):
        web.deliver(lone.message(customer))
        web.deliver(lone.item(customer, SECOND, {"mid": f"x{customer}", "text": "Ei"}))
    threads = agent.conversations()

    for one in threads:
        agent.post(f"conversations/{one['id']}/messages", {"text": one["channel"]["username"]})
        lone.sender.send_next()

    assert len(threads) == 4
    assert sorted(zip(lone.graph.sent, lone.graph.pages, strict=True)) == [
        ("empresa", PAGE), ("empresa", PAGE), ("outra", "page.two"), ("outra", "page.two")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "fate"),
    [
        *((code, Fate.PERMANENT) for code in (9010, 190, 100, 200, 10, 3)),
        *((code, Fate.RETRY) for code in (2, 4, 613, None)),
    ],
)
def test_case_31_no_profile_and_still_a_conversation(
    lone: LittleConsole, web: WsgiConsole, code: int | None, fate: Fate
) -> None:
    agent = web.agent()
    lone.graph.failures, lone.graph.code = [fate], code

    web.deliver(lone.message(ANA))
    lone.profiles.fetch_next()

    assert [one["name"] for one in agent.conversations()] == ["Instagram customer ·5785"]


def test_case_32_without_consent_still_a_conversation(
    lone: LittleConsole, web: WsgiConsole
) -> None:
    agent = web.agent()
    lone.graph.failures, lone.graph.code = [Fate.PERMANENT], 230

    web.deliver(lone.message(ANA))
    lone.profiles.fetch_next()

    assert agent.talk(ANA)["name"] == "Instagram customer ·5785"
    assert texts(agent) == ["Oi"]


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        (Profile(None, "ana.silva", None), "ana.silva"),
        (Profile("", "ana.silva", None), "ana.silva"),
        (Profile(None, None, None), "Instagram customer ·5785"),
    ],
)
def test_case_33_no_name_is_ever_invented(
    lone: LittleConsole, web: WsgiConsole, profile: Profile, shown: str
) -> None:
    agent = web.agent()
    lone.graph.profiles[ANA] = profile

    web.deliver(lone.message(ANA))
    lone.profiles.fetch_next()

    assert agent.talk(ANA)["name"] == shown


def test_case_34_the_name_comes_with_the_permission(lone: LittleConsole, web: WsgiConsole) -> None:
    agent = web.agent()
    lone.graph.failures, lone.graph.code = [Fate.PERMANENT], 10
    web.deliver(lone.message(ANA))
    lone.profiles.fetch_next()
    without = agent.talk(ANA)["name"]

    lone.graph.profiles[ANA] = Profile("Ana Silva", "ana.silva", None)
    web.deliver(lone.message(ANA, "mais uma"))
    lone.profiles.fetch_next()

    assert (without, agent.talk(ANA)["name"]) == ("Instagram customer ·5785", "Ana Silva")


@pytest.mark.parametrize(
    ("made", "to", "wire"),
    [
        (ChannelSetup("page.two", SECOND, "outra", "EAAother"), SECOND, "instagram"),
        (ChannelSetup("", SECOND, "outra", "IGAA", flavour=INSTAGRAM_LOGIN), SECOND, "instagram"),
        (ChannelSetup("page.two", "", "Outra", "EAAother", flavour=PAGE_INBOX), "page.two", "page"),
    ],
    ids=["facebook_login", "instagram_login", "messenger"],
)
def test_case_35_the_first_message_of_a_new_channel_arrives(
    lone: LittleConsole, web: WsgiConsole, made: ChannelSetup, to: str, wire: str
) -> None:
    agent = web.agent()
    with lone.store.administering() as book:
        book.put_channel(made)
    lone.graph.profiles[ANA] = Profile("Ana Silva", None, None)
    item = lone.item(ANA, to, {"mid": "m1", "text": "primeira"})

    answer = web.post(envelope(entry(item, account=to), kind=wire))
    lone.profiles.fetch_next()
    agent.reply(ANA, "Bom dia")
    lone.sender.send_next()

    assert answer.status_code == 200
    assert (texts(agent), agent.talk(ANA)["name"]) == (["primeira", "Bom dia"], "Ana Silva")
    assert [one["state"] for one in agent.bubbles(ANA)] == ["received", "sent"]
