"""Closed forms that the simulation is held against (contact-centre §E.1)."""

from __future__ import annotations

import math


def erlang_c_mean_wait_s(arrivals_per_s: float, handle_s: float, servers: int) -> float:
    """M/M/s: the mean wait of everybody."""
    load = arrivals_per_s * handle_s
    blocked = 1.0
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    utilisation = load / servers
    waits = blocked / (1 - utilisation * (1 - blocked))
    return waits * handle_s / (servers - load)


def erlang_a_given_up(
    arrivals_per_s: float, handle_s: float, servers: int, patience_s: float
) -> float:
    """M/M/s+M: the share of customers who give up, by the birth and death of the queue."""
    weight, total, giving_up = 1.0, 1.0, 0.0
    for number in range(1, servers * 40):
        leaves = min(number, servers) / handle_s + max(0, number - servers) / patience_s
        weight *= arrivals_per_s / leaves
        total += weight
        giving_up += weight * max(0, number - servers) / patience_s
    return giving_up / total / arrivals_per_s


def machine_repair_reply_s(held: int, writing_s: float, thinking_s: float) -> float:
    """M/M/1//k: how long an answer takes an agent who always holds so many."""
    ratio = writing_s / thinking_s
    idle = 1 / sum(
        math.factorial(held) / math.factorial(held - busy) * ratio**busy for busy in range(held + 1)
    )
    return held / ((1 - idle) / writing_s) - thinking_s
