from frappe.model.document import Document


class BottlePurchaseItem(Document):
	pass
