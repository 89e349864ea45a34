"""Where a person's own configuration stands, and beside it the keys and passwords that do not belong into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from pathlib import Path


def personal() -> Path:
    """Where a person's own configuration stands, whether it is there or not."""
    return platformdirs.user_config_path("bowlby") / "bowlby.toml"


def door_keys() -> Path:
    """Where the keys of other programs stand, as hashes, whether there are any or not."""
    return platformdirs.user_config_path("bowlby") / "program.keys"


def network_key() -> Path:
    """Where the key stands that machines of one household show one another, whether there is one or not."""
    return platformdirs.user_config_path("bowlby") / "network.key"


def broker_password() -> Path:
    """Where the password of the MQTT broker stands, if it has one."""
    return platformdirs.user_config_path("bowlby") / "broker.password"
