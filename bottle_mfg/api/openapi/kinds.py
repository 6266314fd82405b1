"""The DocTypes that the description is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bottle_mfg.api.openapi.fields import holds_data


@dataclass(frozen=True)
class Kind:
	"""A DocType and what its meta does not tell."""

	meta: Any
	filled_in: frozenset[str] = frozenset()
	"""Required fields that the server fills in where a client leaves them out."""

	@property
	def name(self) -> str:
		return self.meta.name

	@property
	def fields(self) -> list[Any]:
		return [field for field in self.meta.fields if holds_data(field)]

	def who_may(self, act: str) -> list[str]:
		"""The roles that may do something with records of the kind."""
		return [_role(row) for row in self.meta.permissions if row.get(act) and not row.permlevel]

	@property
	def takes_keys(self) -> bool:
		return any(field.fieldname == "idempotency_key" for field in self.fields)


def component(doctype: str, suffix: str = "") -> str:
	"""The name of a DocType among the components."""
	return doctype.replace(" ", "") + suffix


def _role(row: Any) -> str:
	return f"{row.role} (own)" if row.get("if_owner") else row.role
