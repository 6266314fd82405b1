from frappe.model.document import Document


class BlowReject(Document):
	pass
