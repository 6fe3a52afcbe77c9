"""The forms of charts beside lines: each module takes an answer and returns panels (dashboard/forms.py)."""
