"""`homolog serve`: what it prints works, and nothing stays behind."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from harness.processes import free_port

ROOT = Path(__file__).resolve().parents[2]
LAST_LINE = "Ctrl-C ends everything."


@dataclass(frozen=True)
class Serving:
    """A running `homolog serve` and the lines it printed."""

    process: subprocess.Popen[str]
    text: str

    def urls(self) -> list[str]:
        return re.findall(r"http://\S+", self.text)

    def url_of(self, what: str) -> str:
        return next(line.split()[-1] for line in self._values(what) if "http" in line)

    def _values(self, what: str) -> list[str]:
        lines = [line for line in self.text.splitlines() if line.startswith(what)]
        return [re.sub(r"(http://\S+).*", r"\1", line) for line in lines]


@pytest.fixture
def serving() -> Iterator[Serving]:
    with served() as serving:
        yield serving


@contextmanager
def served(*options: str) -> Iterator[Serving]:
    process = subprocess.Popen(
        [sys.executable, "-m", "harness", "serve", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if LAST_LINE in line:
            break
    try:
        yield Serving(process, "".join(lines))
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


def test_the_printed_pages_open(serving: Serving) -> None:
    pages = [*serving.urls()[:3], serving.url_of("test page")]

    assert [requests.get(page, timeout=10).status_code for page in pages] == [200] * 4


def test_the_printed_agent_signs_in(serving: Serving) -> None:
    page = serving.url_of("test page")
    agent = re.search(r"^agent\s+(\S+) / (\S+)", serving.text, re.MULTILINE)
    assert agent is not None
    with requests.Session() as session:
        token = re.search(r'name="csrf_token" value="([^"]+)"', session.get(page, timeout=10).text)
        assert token is not None
        form = {"login": agent[1], "password": agent[2], "csrf_token": token[1]}

        answer = session.post(
            f"{page}/login", form, headers={"Accept": "application/json"}, timeout=10
        )

    assert answer.json() == {"next": "/interact_multiagent/console"}


def test_the_doctor_finds_nothing_wrong_and_then_what_is(serving: Serving) -> None:
    meta = serving.url_of("emulated Meta").rstrip("/")
    command = [sys.executable, "-m", "harness", "doctor", "--url", meta]

    healthy = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    requests.patch(
        f"{meta}/_control/app", json={"access": {"instagram_manage_messages": "none"}}, timeout=10
    )
    ill = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert (healthy.returncode, ill.returncode) == (0, 1)
    assert "Nothing is wrong on Meta's side." in healthy.stdout
    assert "First to mend: permission." in ill.stdout


def test_the_doctor_names_customers_it_does_not_know(serving: Serving) -> None:
    meta = serving.url_of("emulated Meta").rstrip("/")
    command = [sys.executable, "-m", "harness", "doctor", "--url", meta, "--customer", "nobody"]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "expected one of" in done.stderr
    assert 'got "nobody"' in done.stderr


def test_ctrl_c_ends_everything(serving: Serving) -> None:
    serving.process.send_signal(signal.SIGINT)

    assert serving.process.wait(timeout=10) == 0
    with pytest.raises(requests.ConnectionError):
        requests.get(serving.url_of("test page"), timeout=2)


def test_the_chosen_port_and_the_printed_log_ins_work() -> None:
    port = free_port()
    with served("meta", "--port", str(port)) as serving:
        assert serving.url_of("Graph API") == f"http://127.0.0.1:{port}"
        told = requests.get(f"http://127.0.0.1:{port}/_control/login", timeout=10).json()

    for flavour, row in (("facebook", "Facebook Login"), ("instagram", "Instagram Login")):
        person = told[flavour]["person"]
        assert re.search(f"^{row} +{person['login']} / {person['password']} ", serving.text, re.M)
    assert re.search(f"^Instagram app id +{told['instagram']['client_id']} ", serving.text, re.M)
    secret = told["instagram"]["client_secret"]
    assert re.search(f"^Instagram app secret +{secret} ", serving.text, re.M)


def test_the_printed_proxy_answers_under_metas_own_name() -> None:
    with served("meta", "--tls") as serving:
        exported = dict(re.findall(r"export (\w+)=(\S+)", serving.text))
        token = re.search(r"EAA\w+", serving.text)
        assert token is not None

        answer = requests.get(
            "https://graph.facebook.com/v25.0/me",
            params={"access_token": token[0]},
            proxies={"https": exported["HTTPS_PROXY"]},
            verify=exported["REQUESTS_CA_BUNDLE"],
            timeout=10,
        )

    assert answer.json()["name"] == "Empresa Exemplo"
    assert set(exported) == {
        "HTTPS_PROXY", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS",
    }  # fmt: skip


@pytest.mark.parametrize("what", [(), ("interact",)])
def test_the_proxy_goes_with_the_emulator_alone(what: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "harness", "serve", *what, "--tls"]

    ended = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=20, check=False
    )

    assert (ended.returncode, len(ended.stderr.splitlines())) == (2, 1)
    assert "--tls goes with `homolog serve meta`" in ended.stderr
