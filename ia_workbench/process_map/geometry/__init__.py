"""Where everything on the drawn map goes: pure values, in CSS pixels, no session and no clock."""
