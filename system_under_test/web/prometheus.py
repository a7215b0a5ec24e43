"""`GET /metrics` in the text format of Prometheus, by its own client library."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Iterator

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)

from system_under_test.domain.measures import Measure
from system_under_test.service.tallies import BUCKETS_S, Histogram, Tally
from system_under_test.web.console import console

prometheus = Blueprint("prometheus", __name__)
_OF_PROXIES = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


@prometheus.get("/metrics")
def scrape() -> ResponseReturnValue:
    """All metrics; from another machine only with the token of INTERACT_METRICS_TOKEN."""
    if not _may_scrape():
        sentence = "send Authorization: Bearer with the value of INTERACT_METRICS_TOKEN"
        return jsonify(error="forbidden", message=sentence), 403
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Look(console().tallies.take()))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_scrape() -> bool:
    token = console().metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(f"Bearer {token}".encode(), given.encode("utf-8", "replace"))
    if any(name in request.headers for name in _OF_PROXIES):
        return False  # whoever asked the proxy is not on this machine only because it is
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


class _Look:
    """One scrape as a collector."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def collect(self) -> Iterator[Metric]:
        yield from self._gauges()
        yield from self._counters()
        yield from self._histograms()

    def _gauges(self) -> Iterator[Metric]:
        tally = self._tally
        length = GaugeMetricFamily(
            "interact_queue_length", "Conversations that wait for an agent.", labels=["service"]
        )
        age = GaugeMetricFamily(
            "interact_queue_oldest_seconds", "Age of the oldest of them.", labels=["service"]
        )
        for service, (count, oldest_s) in tally.queues.items():
            length.add_metric([service], count)
            age.add_metric([service], oldest_s)
        agents = GaugeMetricFamily("interact_agents", "Agents by status.", labels=["status"])
        for status, count in tally.statuses.items():
            agents.add_metric([status], count)
        yield from (length, age, agents)
        yield GaugeMetricFamily(
            "interact_slots_used", "Taken positions of receiving agents.", tally.slots_used
        )
        yield GaugeMetricFamily(
            "interact_slots_offered", "Active positions of receiving agents.", tally.slots_offered
        )
        yield GaugeMetricFamily(
            "interact_deliveries_pending", "Deliveries not yet worked off.", tally.pending
        )
        outbox = GaugeMetricFamily("interact_outbox", "Replies on their way.", labels=["state"])
        for state, count in tally.outbox.items():
            outbox.add_metric([state], count)
        yield outbox

    def _counters(self) -> Iterator[Metric]:
        messages = CounterMetricFamily(
            "interact_messages", "Messages since the beginning.", labels=["direction"]
        )
        for direction, count in self._tally.messages.items():
            messages.add_metric([direction], count)
        yield messages

    def _histograms(self) -> Iterator[Metric]:
        for measure in Measure:
            family = HistogramMetricFamily(
                f"interact_{measure.key}_seconds", measure.definition, labels=["service"]
            )
            for (kind, service), histogram in self._tally.times.items():
                if kind == measure.key:
                    family.add_metric([service], _buckets(histogram), histogram.sum_s)
            yield family


def _buckets(histogram: Histogram) -> list[tuple[str, float]]:
    bounds = [(str(bound), float(histogram.buckets[bound])) for bound in BUCKETS_S]
    return [*bounds, ("+Inf", float(histogram.count))]
