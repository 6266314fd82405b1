"""Commands of `bench`: whether the books add up, and putting right what does not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import click
import frappe
from frappe.commands import get_site, pass_context

from bottle_mfg.errors import BottleError
from bottle_mfg.ledger import Link
from bottle_mfg.posting import chain, recount
from bottle_mfg.reporting import cache


@click.command("bottle-verify")
@click.option(
	"--seals",
	type=click.Path(dir_okay=False, path_type=Path),
	help="a file with the seals of the last time: hold the ledger against it, and note today's if all is well",
)
@pass_context
def verify(context: object, seals: Path | None) -> None:
	"""Count the books from zero and print every difference; exit code 1 if there is one.

	First comes what was changed behind the app's back: which entries are not what was written.
	"""
	with _site(context):
		found = 0
		for one in chain.broken(known=_read_seals(seals)):
			found += 1
			click.echo(f"{one.doctype} {one.name} {one.sentence}")
		for one in recount.verify(_progress()):
			found += 1
			figures = f"{_plain(one.stored)} instead of {_plain(one.expected)}"
			click.echo(f"{one.doctype} {one.name}: {one.column} is {figures}")
		if seals and not found:
			seals.write_text(json.dumps(chain.noted(), indent=1, sort_keys=True))
		click.echo(f"{_counted(found, 'difference')}." if found else "The books add up.")
		sys.exit(1 if found else 0)


@click.command("bottle-rebuild")
@click.option("--closed-too", is_flag=True, help="also put right what lies in a closed period")
@pass_context
def rebuild(context: object, closed_too: bool) -> None:
	"""Put right all that a count from zero finds wrong. Who moves stock meanwhile has to wait or try again."""
	with _site(context):
		try:
			if not any(recount.verify(_progress())):
				click.echo("The books add up: nothing to do.")
				return
			frappe.db.rollback()
			wrong = recount.rebuild(_progress(), closed_too)
		except BottleError as error:
			raise click.ClickException(str(error)) from error
		frappe.db.commit()
		cache.forget()
		click.echo(f"{_counted(wrong, 'record')} put right.")


def _read_seals(path: Path | None) -> chain.Seals:
	if not path or not path.exists():
		return {}
	try:
		return {first: Link(*end) for first, end in json.loads(path.read_text()).items()}
	except (ValueError, TypeError, AttributeError) as error:
		raise click.ClickException(f"{path} does not hold the seals of a ledger") from error


@contextmanager
def _site(context: object) -> Iterator[None]:
	site = get_site(context)
	frappe.init(site=site)
	frappe.connect()
	try:
		yield
	finally:
		frappe.destroy()


def _progress() -> recount.Progress:
	"""Tells on stderr how far the count is: a line that is written over, or none where nobody looks."""
	shown = sys.stderr.isatty()

	def tell(done: int, total: int) -> None:
		if shown:
			click.echo(f"\r{done:,} of {total:,} entries", nl=done >= total, err=True)

	return tell


def _counted(number: int, noun: str) -> str:
	return f"{number} {noun}{'' if number == 1 else 's'}"


def _plain(figure: Any) -> str:
	if figure is None:
		return "nothing"
	return f"{figure.normalize() + 0:f}" if isinstance(figure, Decimal) else str(figure)


commands = [verify, rebuild]
