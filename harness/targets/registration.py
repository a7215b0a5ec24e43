"""Makes a console's webhook known to Meta."""

from harness.drivers.meta_control import MetaControl
from harness.errors import HarnessError, TargetError


def register_webhook(meta: MetaControl, name: str, webhook_url: str) -> None:
    """Subscribe the app with this callback; TargetError when Meta's verification fails (§2.2)."""
    world = meta.world()
    try:
        meta.subscribe_app(world, webhook_url, world.verify_token)
    except HarnessError as trouble:
        raise TargetError(
            f"Meta could not verify the webhook {webhook_url} of {name}: {trouble}"
        ) from trouble
