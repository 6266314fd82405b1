"""All that the screen at the machines says, in the language of its user: it has to speak without a connection, too."""

from __future__ import annotations

from frappe import _

from bottle_mfg.floor.offered import SHIFTS


def words() -> dict[str, str]:
	"""The screen's words, by the names that its scripts know them by."""
	return _counting() | _choosing() | _telling() | _refusing()


def of_shifts() -> dict[str, str]:
	"""The names of the shifts."""
	return {shift: _(shift) for shift in SHIFTS}


def _counting() -> dict[str, str]:
	return {
		"preforms_in": _("Preforms In"),
		"good_out": _("Good Bottles Out"),
		"rejects": _("Rejects"),
		"less": _("One less: {0}"),
		"more": _("One more: {0}"),
		"type_number": _("Type the number: {0}"),
		"why_rejected": _("Why Rejected?"),
		"why_how": _("One tap for each piece"),
		"fell_as": _("What was lost"),
		"as_bottle": _("Bottle"),
		"as_preform": _("Preform"),
		"without_reason": _("{0} without a reason"),
		"all_explained": _("All have a reason"),
		"one_back": _("Take one back: {0}"),
		"save": _("Save"),
		"check_title": _("Is this right?"),
		"check_yes": _("Yes, save"),
		"check_no": _("No, change"),
		"check_many_lost": _("That is very much: {0} % lost."),
		"check_short": _("The books know of {0} preforms only."),
		"need_machine": _("Choose the machine first."),
		"need_bottle": _("Choose the bottle first."),
		"need_preforms": _("How many preforms went in?"),
		"need_good": _("How many good bottles came out?"),
		"too_many_good": _("More bottles than preforms: please count again."),
		"too_many_reasons": _("The reasons add up to {0}, but only {1} were lost."),
		"done": _("Done"),
		"erase": _("Erase"),
		"close": _("Close"),
	}


def _choosing() -> dict[str, str]:
	return {
		"machine": _("Machine"),
		"bottle": _("Bottle"),
		"preform": _("Preform"),
		"shift": _("Shift"),
		"operator": _("Operator"),
		"warehouse": _("Warehouse"),
		"choose": _("Choose"),
		"other_machine": _("Name of the machine"),
		"other_operator": _("Your name"),
		"by_clock": _("by the clock"),
		"nothing_to_choose": _("There is nothing yet. The office enters it under Bottle Items."),
	}


def _telling() -> dict[str, str]:
	return {
		"today": _("Today"),
		"all_machines": _("All machines"),
		"bottles": _("Bottles"),
		"reject_rate": _("Reject Rate"),
		"preforms_left": _("Preforms left"),
		"as_of": _("As of {0}"),
		"last_entered": _("Last Entered"),
		"nothing_entered": _("Nothing yet today."),
		"of_preforms": _("{0} of {1} preforms"),
		"online": _("Connected"),
		"offline": _("No connection"),
		"offline_note": _("Go on counting. All is kept here and sent later."),
		"waiting": _("Waiting: {0}"),
		"sending": _("Sending"),
		"state_waiting": _("Waiting to be sent"),
		"state_refused": _("Not taken"),
		"state_held": _("Held back until you say so"),
		"correcting": _("You are correcting an entry."),
		"leave_it": _("Leave It"),
		"state_blown": _("Sent"),
		"state_pending_approval": _("Sent. The manager has to approve it"),
		"state_under_way": _("Sent. It is being worked on"),
		"state_draft": _("Sent, not yet submitted"),
		"state_cancelled": _("Taken back"),
		"kept": _("Kept on this device. It will be sent when there is a connection."),
		"sent": _("Sent: {0} good bottles."),
		"sent_for_approval": _("Sent. So many need the approval of a manager."),
		"refused": _("One entry was not taken. See Last Entered."),
		"correct": _("Correct"),
		"try_again": _("Try Again"),
		"as_of_now": _("Send with the time of now"),
		"throw_away": _("Throw Away"),
		"throw_away_sure": _("Throw this entry away for good?"),
		"keep": _("Keep"),
		"menu": _("Menu"),
		"to_desk": _("To the office's screens"),
		"log_out": _("Log out"),
		"log_in": _("Log in"),
		"login_needed": _("Please log in again. Kept here: {0}. Nothing is lost."),
		"of_others": _("Kept here for {1}: {0}. To be sent at the next login."),
		"no_storage": _(
			"This browser cannot keep what was counted. Free some space, or use another browser."
		),
		"settled_meanwhile": _("This entry was sent or thrown away meanwhile. Nothing was entered twice."),
	}


def _refusing() -> dict[str, str]:
	return {
		"why_insufficient_stock": _(
			"Not enough preforms: the books have {0} of {1}. Tell the office to enter what came in, then try again."
		),
		"why_closed_period": _("The books of that day are closed. Ask the manager."),
		"why_not_found": _("{0} is not there any more. Choose another one: Correct."),
		"why_not_permitted": _("You may not enter this. Ask the manager."),
		"why_too_old": _("The clock of this device may be wrong. Send it with the time of now."),
		"why_failed": _("The office's computer cannot take it now. It is tried again; tell the office."),
		"why_idempotency_conflict": _(
			"This was entered before, with other numbers: {0}. Compare, then throw it away."
		),
	}
