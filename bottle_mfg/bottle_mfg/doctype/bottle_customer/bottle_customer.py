from frappe.model.document import Document


class BottleCustomer(Document):
	pass
