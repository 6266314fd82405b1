"""What a customer sees of the factory with a login of his own: his bills, payments and balance, and what there is."""
