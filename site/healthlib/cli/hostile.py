"""`script/hostile`: sends hostile requests to a running site and says how it took them."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import chain
from urllib.parse import urlsplit

import click

from healthlib.cli.attacks import Attack, attacks, random_attacks

STATUSES = frozenset({200, 400, 404, 414})
MOST_SECONDS = 0.5
WAIT_SECONDS = 20


@dataclass(frozen=True)
class Answer:
    """How the site took one request.

    Attributes:
        attack: the request.
        status: the HTTP status; 0 when there was no answer.
        seconds: from sending to the last byte.
    """

    attack: Attack
    status: int
    seconds: float

    @property
    def wrong(self) -> bool:
        """Whether a site must not answer like this."""
        return self.status not in STATUSES or self.seconds > MOST_SECONDS

    def __str__(self) -> str:
        """One line, with as much of the request as fits."""
        return f"{self.seconds * 1e3:6.0f} ms  {self.status}  {self.attack.what}: {self.attack.target[:80]}"


Send = Callable[[Attack], Answer]


@click.command()
@click.argument("base")
@click.option("--random", "number", default=300, show_default=True, help="How many random requests follow the list.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same random requests.")
def main(base: str, number: int, seed: int) -> None:
    """Send every request of the list, then random ones, to the site at BASE, such as http://127.0.0.1:8000.

    Fails when an answer is an error of ours or takes more than half a second.
    """
    send = sender(base)
    _wait_for(send)
    answers = [send(attack) for attack in chain(attacks(), random_attacks(number, seed))]
    report(answers)
    if any(answer.wrong for answer in answers):
        raise SystemExit(1)


def sender(base: str) -> Send:
    """Return what sends a request to a site: a connection each, because a site may close one on a bad request."""
    address = urlsplit(base)
    if address.scheme != "http" or not address.hostname:
        raise click.UsageError("BASE is an address such as http://127.0.0.1:8000.")

    def send(attack: Attack) -> Answer:
        connection = HTTPConnection(str(address.hostname), address.port or 80, timeout=10)
        started = time.perf_counter()
        try:
            connection.request(attack.method, attack.target)
            response = connection.getresponse()
            response.read()
            status = response.status
        except (OSError, HTTPException):
            status = 0
        finally:
            connection.close()
        return Answer(attack, status, time.perf_counter() - started)

    return send


def _wait_for(send: Send) -> None:
    """Wait until the site answers; the first search also opens the library in a worker."""
    until = time.monotonic() + WAIT_SECONDS
    while send(Attack("first search", "/search?q=pain")).status != 200:
        if time.monotonic() > until:
            raise click.ClickException("The site does not answer.")
        time.sleep(0.1)


def report(answers: Iterable[Answer]) -> None:
    """Print how many answers there were of each status, the slowest, and every wrong one."""
    by_time = sorted(answers, key=lambda answer: -answer.seconds)
    statuses = Counter(answer.status for answer in by_time)
    click.echo(f"{len(by_time)} requests")
    for status, number in sorted(statuses.items()):
        click.echo(f"  {status or 'no answer'}: {number}")
    click.echo("slowest")
    for answer in by_time[:5]:
        click.echo(f"  {answer}")
    wrong = [answer for answer in by_time if answer.wrong]
    click.echo(f"errors of ours, or over {MOST_SECONDS} s: {len(wrong)}")
    for answer in wrong:
        click.echo(f"  {answer}")


if __name__ == "__main__":
    main()
