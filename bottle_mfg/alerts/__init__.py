"""What people are told without asking: in the bell of the Desk, and by e-mail where the site can send any.

An alert follows from what is in the database once a document is committed, is told by a worker, and once only.
"""
