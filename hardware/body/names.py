"""What the bodies that ship are called, beside Bowlby One: their files lie here."""

BUS_HEAD = "bus_head"
REACHY_MINI = "reachy_mini"
