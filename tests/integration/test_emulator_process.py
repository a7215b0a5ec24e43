"""The emulator as a process: real bytes over real sockets, and an orderly end."""

import hashlib
import hmac
import http.server
import json
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
import requests

from tests.fakes.hostile_heads import accepted, answers_to_hostile_heads
from tests.fakes.slow_body import answer_to, answers_to_a_late_body, ready, stalled_bodies

START_LIMIT_S = 20.0
PROMPT_S = 5.0
STOP_LIMIT_S = 6.0  # it takes 0.4 s on a quiet machine; without an end of its own, 30
TEXT = "Olá, ação / 😊 <&>'\" \u2028"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def on_a_free_port() -> list[str]:
    """The command that starts an emulator; the usual port may be another test's."""
    return [sys.executable, "-m", "fake_meta", "--port", str(free_port())]


@dataclass
class Received:
    """One POST as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def entry(self) -> dict[str, Any]:
        entry = json.loads(self.body)["entry"][0]
        assert isinstance(entry, dict)
        return entry

    @property
    def message(self) -> dict[str, Any]:
        message = self.entry["messaging"][0]["message"]
        assert isinstance(message, dict)
        return message


@dataclass
class Receiver:
    """A callback that keeps what it gets and answers what the test wants."""

    posts: list[Received] = field(default_factory=list)
    statuses: deque[int] = field(default_factory=deque)
    verify_token: str = "verify-me"
    url: str = ""

    def answer_verification(self, query: dict[str, list[str]]) -> tuple[int, bytes]:
        if query["hub.verify_token"] != [self.verify_token]:
            return 403, b""
        return 200, query["hub.challenge"][0].encode()

    def take(self, post: Received) -> int:
        self.posts.append(post)
        return self.statuses.popleft() if self.statuses else 200


def handler_for(receiver: Receiver) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            self.reply(*receiver.answer_verification(query))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.reply(receiver.take(Received(dict(self.headers), body)), b"")

        def reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Keep the test's output clean."""

    return Handler


@dataclass
class Process:
    """A running emulator."""

    process: subprocess.Popen[str]
    url: str

    def control(self, method: str, path: str, body: Any = None) -> Any:
        response = requests.request(method, f"{self.url}/_control{path}", json=body, timeout=10)
        return response.json()

    def graph(self, method: str, path: str, **arguments: Any) -> requests.Response:
        return requests.request(method, f"{self.url}{path}", timeout=10, **arguments)

    def journal(self, **query: Any) -> list[dict[str, Any]]:
        answer = requests.get(f"{self.url}/_control/journal", params=query, timeout=10).json()
        entries = answer["entries"]
        assert isinstance(entries, list)
        return entries

    def deliveries_of(self, message: dict[str, Any], count: int = 1) -> list[dict[str, Any]]:
        """The journalled deliveries of `message`; waits until there are `count`."""
        asked = {"mid": message["mid"], "kind": "webhook_delivery", "wait_s": 5}
        found: list[dict[str, Any]] = []
        while len(found) < count:
            after = found[-1]["seq"] if found else 0
            more = self.journal(**asked, after=after)
            assert more, f"{len(found)} of {count} deliveries after 5 s"
            found += more
        return found

    def write(self, username: str, **body: Any) -> Any:
        return self.control("POST", f"/customers/{username}/messages", body)


def start(port: int, *options: str) -> Process:
    process = subprocess.Popen(
        [sys.executable, "-m", "fake_meta", "--port", str(port), *options],
        text=True,
        stderr=subprocess.PIPE,
    )
    session = requests.Session()
    retry = requests.adapters.HTTPAdapter(
        max_retries=requests.adapters.Retry(
            total=None, connect=100, backoff_factor=0.05, backoff_max=0.2
        )
    )
    session.mount("http://", retry)
    url = f"http://127.0.0.1:{port}"
    assert session.get(f"{url}/_control/health", timeout=START_LIMIT_S).json() == {"status": "ok"}
    return Process(process, url)


@pytest.fixture(scope="module")
def running() -> Iterator[Process]:
    running = start(free_port())
    yield running
    running.process.terminate()
    running.process.wait(STOP_LIMIT_S + 3)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler_for(receiver))
    receiver.url = f"http://127.0.0.1:{server.server_port}/webhook"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield receiver
    server.shutdown()
    server.server_close()


@pytest.fixture
def world(running: Process, receiver: Receiver) -> Any:
    """A fresh world whose app is subscribed to the receiver on both layers."""
    world = running.control("POST", "/reset")
    app_token = f"{world['app']['id']}|{world['app']['secret']}"
    subscription = {
        "object": "instagram",
        "callback_url": receiver.url,
        "fields": "messages",
        "verify_token": receiver.verify_token,
        "access_token": app_token,
    }
    path = f"/v25.0/{world['app']['id']}/subscriptions"
    assert running.graph("POST", path, data=subscription).json() == {"success": True}
    page = {"access_token": world["page"]["access_token"], "subscribed_fields": "messages"}
    assert running.graph("POST", "/v25.0/me/subscribed_apps", params=page).status_code == 200
    return world


def test_a_text_arrives_signed_over_its_exact_bytes(
    running: Process, receiver: Receiver, world: Any
) -> None:
    message = running.write("ana.silva", text=TEXT)

    entry = running.deliveries_of(message)[0]

    post, secret = receiver.posts[0], world["app"]["secret"].encode()
    assert post.message == {"mid": message["mid"], "text": TEXT}
    assert post.body.isascii()
    assert b"\\/" in post.body
    sha256 = hmac.new(secret, post.body, hashlib.sha256).hexdigest()
    sha1 = hmac.new(secret, post.body, hashlib.sha1).hexdigest()
    assert post.headers["X-Hub-Signature-256"] == f"sha256={sha256}"
    assert post.headers["X-Hub-Signature"] == f"sha1={sha1}"
    assert post.headers["User-Agent"] == "facebookexternalua"
    assert post.headers["Content-Type"] == "application/json"
    assert entry["request"]["body"].encode() == post.body


def test_a_failed_delivery_comes_again_on_the_virtual_clock(
    running: Process, receiver: Receiver, world: Any
) -> None:
    running.control("POST", "/clock", {"freeze": True})
    receiver.statuses.extend([500, 500])
    message = running.write("ana.silva", text="again")
    running.deliveries_of(message)

    running.control("POST", "/clock", {"advance_s": 3})

    made = running.deliveries_of(message, 3)
    assert [one["outcome"] for one in made] == ["failed", "failed", "delivered"]
    assert [one.message["mid"] for one in receiver.posts] == [message["mid"]] * 3
    started = receiver.posts[0].entry["time"]
    assert [one.entry["time"] - started for one in receiver.posts] == [0, 1000, 3000]


def test_messenger_arrives_signed_is_tried_again_and_can_be_answered(
    running: Process, receiver: Receiver, world: Any
) -> None:
    subscription = {
        "object": "page",
        "callback_url": receiver.url,
        "fields": "messages,message_echoes",
        "verify_token": receiver.verify_token,
        "access_token": f"{world['app']['id']}|{world['app']['secret']}",
    }
    running.graph("POST", f"/v25.0/{world['app']['id']}/subscriptions", data=subscription)
    page = {"access_token": world["page"]["access_token"]}
    fields = {"subscribed_fields": "messages,message_echoes"}
    running.graph("POST", "/v25.0/me/subscribed_apps", params=page | fields)
    running.control("POST", "/clock", {"freeze": True})
    receiver.statuses.append(500)

    written = running.write("ana.silva", text=TEXT, platform="messenger")
    running.deliveries_of(written)
    running.control("POST", "/clock", {"advance_s": 1})
    running.deliveries_of(written, 2)
    psid = json.loads(receiver.posts[1].body)["entry"][0]["messaging"][0]["sender"]["id"]
    wish = {"recipient": {"id": psid}, "message": {"text": "Olá", "metadata": "7"}}
    sent = running.graph("POST", "/v25.0/me/messages", params=page, json=wish).json()
    running.deliveries_of({"mid": sent["message_id"]})

    secret = world["app"]["secret"].encode()
    signatures = [hmac.new(secret, one.body, hashlib.sha256).hexdigest() for one in receiver.posts]
    told = [one.headers["X-Hub-Signature-256"] for one in receiver.posts]
    assert told == [f"sha256={one}" for one in signatures]
    assert [json.loads(one.body)["object"] for one in receiver.posts] == ["page"] * 3
    assert receiver.posts[1].message == {"mid": written["mid"], "text": TEXT}
    echo = receiver.posts[2].message
    assert (echo["mid"], echo["metadata"]) == (sent["message_id"], "7")


def test_a_redirect_is_a_failure_and_is_not_followed(
    running: Process, receiver: Receiver, world: Any
) -> None:
    receiver.statuses.append(302)

    entry = running.deliveries_of(running.write("ana.silva", text="elsewhere"))[0]

    assert (entry["outcome"], entry["response"]["status"]) == ("failed", 302)


def test_a_dead_callback_is_a_failure_with_a_reason(
    running: Process, receiver: Receiver, world: Any
) -> None:
    subscription = {"callback_url": f"http://127.0.0.1:{free_port()}/"}
    app_token = f"{world['app']['id']}|{world['app']['secret']}"
    form = {"object": "instagram", "fields": "messages", "verify_token": "x", **subscription}

    answer = running.graph(
        "POST", f"/{world['app']['id']}/subscriptions", data={**form, "access_token": app_token}
    )

    assert answer.json()["error"]["code"] == 2200
    assert "no answer from the callback" in answer.json()["error"]["message"]


def test_only_the_phone_tells_of_an_unsent_message(
    running: Process, receiver: Receiver, world: Any
) -> None:
    on_web = running.write("ana.silva", text="web")
    on_phone = running.write("ana.silva", text="phone")
    path = "/customers/ana.silva/messages"

    running.control("POST", f"{path}/{on_web['mid']}/unsend", {"surface": "web"})
    running.control("POST", f"{path}/{on_phone['mid']}/unsend", {"surface": "mobile"})
    running.deliveries_of(on_phone, 2)

    deleted = [one.message["mid"] for one in receiver.posts if "is_deleted" in one.message]
    assert deleted == [on_phone["mid"]]


def test_several_at_once_arrive_as_several_posts(
    running: Process, receiver: Receiver, world: Any
) -> None:
    sent = running.write("ana.silva", texts=["a", "b", "c"])["messages"]

    delivered = [running.deliveries_of(message)[0]["outcome"] for message in sent]

    assert delivered == ["delivered"] * 3
    assert sorted(one.message["text"] for one in receiver.posts) == ["a", "b", "c"]


def test_one_customers_messages_arrive_in_order(
    running: Process, receiver: Receiver, world: Any
) -> None:
    sent = [running.write("ana.silva", text=str(number)) for number in range(20)]

    running.deliveries_of(sent[-1])

    assert [one.message["text"] for one in receiver.posts] == [str(n) for n in range(20)]


def test_a_story_mention_carries_a_picture_that_expires(
    running: Process, receiver: Receiver, world: Any
) -> None:
    path = "/customers/ana.silva/stories"
    story = running.control("POST", path, {"mentions": ["empresa.exemplo"]})
    running.deliveries_of(story)
    url = receiver.posts[0].message["attachments"][0]["payload"]["url"]
    live = requests.get(url, timeout=5)

    running.control("POST", f"{path}/{story['id']}/expire")

    assert (live.status_code, live.headers["Content-Type"]) == (200, "image/png")
    assert requests.get(url, timeout=5).status_code == 404


def test_a_private_story_and_a_stranger_are_not_heard(
    running: Process, receiver: Receiver, world: Any
) -> None:
    stranger = running.control("POST", "/customers", {})
    private = running.control("POST", "/customers", {"role": "tester", "private": True})

    story = running.control(
        "POST", f"/customers/{private['username']}/stories", {"mentions": ["empresa.exemplo"]}
    )
    message = running.write(stranger["username"], text="hello?")

    silence = running.journal(mid=message["mid"])[0]
    assert (story["mid"], "private" in story["not_sent_because"]) == (None, True)
    assert (silence["kind"], "no role" in silence["reason"]) == ("webhook_not_sent", True)
    assert receiver.posts == []


def test_an_answer_is_echoed(running: Process, receiver: Receiver, world: Any) -> None:
    running.deliveries_of(running.write("ana.silva", text="oi"))
    body = {"recipient": {"id": world["customers"][0]["igsid"]}, "message": {"text": "olá"}}
    bearer = {"Authorization": f"Bearer {world['page']['access_token']}"}

    sent = running.graph("POST", "/v25.0/me/messages", json=body, headers=bearer).json()

    running.deliveries_of({"mid": sent["message_id"]})
    assert receiver.posts[-1].message["is_echo"] is True


def test_graph_errors_come_in_metas_envelope(
    running: Process, receiver: Receiver, world: Any
) -> None:
    token = {"access_token": world["page"]["access_token"]}

    refused = running.graph("GET", "/v25.0/12334", params=token)

    error = refused.json()["error"]
    assert (refused.status_code, error["code"], error["error_subcode"]) == (400, 100, 33)
    assert refused.headers["facebook-api-version"] == "v25.0"
    assert 'OAuth "Facebook Platform"' in refused.headers["WWW-Authenticate"]


def test_a_taken_port_is_one_line_and_exit_2(running: Process) -> None:
    port = running.url.rsplit(":", 1)[1]

    again = subprocess.run(
        [sys.executable, "-m", "fake_meta", "--port", port],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert again.returncode == 2
    assert again.stderr == (
        f"fake_meta: port {port} on 127.0.0.1 is taken; choose another with --port\n"
    )


def test_a_cut_answer_breaks_the_connection(running: Process, world: Any) -> None:
    running.control("POST", "/faults", {"name": "cut_answer", "times": 1})
    url = f"{running.url}/v25.0/me?access_token={world['page']['access_token']}"

    # Whether the status line still comes depends on when the server notices.
    broken = (requests.exceptions.ChunkedEncodingError, requests.exceptions.ConnectionError)
    with pytest.raises(broken, match=r"IncompleteRead|RemoteDisconnected"):
        requests.get(url, timeout=5)

    assert requests.get(url, timeout=5).json()["name"] == "Empresa Exemplo"


@pytest.fixture
def own_process() -> Iterator[Process]:
    """An emulator that the test may end."""
    own = start(free_port())
    yield own
    if own.process.poll() is None:
        own.process.kill()
        own.process.wait(STOP_LIMIT_S)


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_in_time_with_an_open_request(own_process: Process, way: signal.Signals) -> None:
    host = own_process.url.removeprefix("http://").split(":")
    waiting = socket.create_connection((host[0], int(host[1])))
    waiting.sendall(b"GET /_control/journal?after=9&wait_s=30 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    own_process.control("GET", "/health")

    own_process.process.send_signal(way)

    assert own_process.process.wait(STOP_LIMIT_S) == 0
    waiting.close()


def test_it_is_one_process_in_moderate_memory(own_process: Process) -> None:
    process = psutil.Process(own_process.process.pid)

    assert process.children() == []
    assert process.memory_info().rss < 90e6  # it is 60 MB; a second process would be 50 more


def test_the_journal_file_is_whole_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "journal.jsonl"
    own = start(free_port(), "--journal-file", str(path))
    for number in range(200):
        own.graph("GET", f"/v25.0/{number}")

    own.process.terminate()
    own.process.wait(STOP_LIMIT_S + 3)

    lines = path.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["seq"] for line in lines] == list(range(1, 201))


def test_an_emulator_begins_with_a_saved_world(running: Process, tmp_path: Path) -> None:
    running.control("POST", "/reset")
    running.control("POST", "/customers", {"username": "zoe.saved"})
    path = tmp_path / "world.snapshot"
    path.write_bytes(running.graph("GET", "/_control/snapshot").content)

    own = start(free_port(), "--snapshot", str(path))
    seen = own.control("GET", "/customers/zoe.saved")
    own.process.terminate()
    own.process.wait(STOP_LIMIT_S + 3)

    assert seen == running.control("GET", "/customers/zoe.saved")


@pytest.mark.parametrize(
    ("content", "sentence"), [(b"junk", "no snapshot"), (None, "No such file")]
)
def test_a_snapshot_that_is_none_is_one_line(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    path = tmp_path / "world.snapshot"
    if content is not None:
        path.write_bytes(content)
    command = [*on_a_free_port(), "--snapshot", str(path)]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)

    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)
    assert sentence in ended.stderr


def test_a_journal_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    command = [*on_a_free_port(), "--journal-file", str(tmp_path)]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)

    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)
    assert "cannot write the journal file" in ended.stderr


def test_a_body_of_10_mb_is_refused_before_it_is_sent(running: Process) -> None:
    where = urlsplit(running.url)
    head = "POST /v25.0/me/messages HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10000000\r\n\r\n"
    with socket.create_connection((where.hostname, where.port), timeout=STOP_LIMIT_S) as sender:
        sender.sendall(head.encode() + b"{")
        answer = sender.recv(4096).decode()

    assert answer.startswith("HTTP/1.1 413")
    assert running.control("GET", "/world")["seed"] == 1


def test_an_answer_waits_for_a_late_body_so_that_the_connection_lives_on(
    running: Process,
) -> None:
    came_early, refused, following = answers_to_a_late_body(f"{running.url}/_control/nothing")

    assert not came_early
    assert refused == following == "HTTP/1.1 404 Not Found"


def test_heads_that_no_honest_client_sends_are_refused(running: Process) -> None:
    answers = answers_to_hostile_heads(f"{running.url}/_control/health")

    assert accepted(answers) == {}
    assert running.control("GET", "/world")["seed"] == 1


def test_bodies_that_never_come_keep_nobody_else_waiting(running: Process) -> None:
    where = f"{running.url}/v25.0/me/messages"
    with stalled_bodies(where, 80):
        read = requests.get(f"{running.url}/_control/world", timeout=PROMPT_S)
        sent = requests.post(where, json={}, timeout=PROMPT_S)

    assert (read.status_code, sent.status_code) == (200, 400)


def test_more_of_them_are_refused_as_meta_refuses_for_a_while(running: Process) -> None:
    where = f"{running.url}/v25.0/me/messages"
    with stalled_bodies(where, 200) as connections:
        refused = [answer_to(connection) for connection in ready(connections, 8, PROMPT_S)]
        sent = requests.post(where, json={}, timeout=PROMPT_S)
        read = requests.get(f"{running.url}/_control/world", timeout=PROMPT_S)

    assert refused == ["HTTP/1.1 503 Service Unavailable"] * 8
    assert sent.status_code == 503
    assert (sent.json()["error"]["code"], sent.json()["error"]["is_transient"]) == (2, True)
    assert "bodies have not come" in sent.json()["error"]["message"]
    assert read.status_code == 200


def test_a_world_file_with_a_mistake_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "world.toml"
    path.write_text("sead = 1", encoding="utf-8")
    command = [*on_a_free_port(), "--world", str(path)]

    ended = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)

    assert (ended.returncode, ended.stderr) == (2, f"fake_meta: {path}: unknown key sead\n")
