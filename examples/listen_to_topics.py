"""Listen to what robots publish while they live: each decision, as it is made. Needs the extra `zenoh`."""

import sys
from itertools import islice

from hardware import live_messages

MANY = 5

address = sys.argv[1] if len(sys.argv) > 1 else "tcp://127.0.0.1"
for message in islice(live_messages(address, "/decision"), MANY):
    mode, behavior = message.fields["mode"], message.fields["behavior"]
    print(f"{message.robot} is {mode} and does: {behavior}", flush=True)
