from frappe.model.document import Document


class BottleSupplier(Document):
	pass
