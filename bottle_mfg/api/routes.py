"""Which of Frappe's routes a request takes, whatever the version of the interface in its path."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.wrappers import Request

METHODS = "bottle_mfg."
"""What the names of our own methods begin with."""

_RECORDS = ("resource", "document", "doctype")


@dataclass(frozen=True)
class Route:
	"""A route: to a method by its name, or to records of a DocType, maybe to one of them (`record`)."""

	verb: str
	method: str = ""
	doctype: str = ""
	record: str = ""
	is_list: bool = False

	@property
	def makes_document(self) -> bool:
		return self.verb == "POST" and self.is_list

	@property
	def is_our_method(self) -> bool:
		return self.method.startswith(METHODS)


def parts(request: Request) -> list[str]:
	"""The parts of the path behind /api and the version of the interface; none of a path that is elsewhere."""
	found = request.path.strip("/").split("/")
	if found[0] != "api":
		return []
	return found[2:] if found[1:2] in (["v1"], ["v2"]) else found[1:]


def route_of(request: Request, cmd: str = "") -> Route:
	"""The route of a request. `cmd` names the method where the request does it the old way, in its form."""
	kind, *rest = [*parts(request), ""]
	if kind == "method" and rest[0]:
		return Route(request.method, method=rest[0])
	if cmd:
		return Route(request.method, method=cmd)
	if kind not in _RECORDS or not rest[0]:
		return Route(request.method)
	record = "/".join(rest[1:-1])
	return Route(request.method, doctype=rest[0], record=record, is_list=kind != "doctype" and not record)
