from frappe.model.document import Document


class BottleSaleItem(Document):
	pass
