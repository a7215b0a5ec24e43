"""All state of the emulated Meta, behind one lock."""

from __future__ import annotations

from fake_meta.world.alerts import AlertVerbs
from fake_meta.world.assets import AssetVerbs, AssetView
from fake_meta.world.codes import CodeVerbs
from fake_meta.world.companies import CompanyVerbs
from fake_meta.world.company_app import CompanyAppVerbs
from fake_meta.world.conversations import Conversation, ConversationVerbs, MessageDetail
from fake_meta.world.core import Outbox, WorldCore
from fake_meta.world.greetings import GreetingVerbs
from fake_meta.world.keeping import KeepingVerbs
from fake_meta.world.limits import LimitVerbs
from fake_meta.world.messenger import MessengerVerbs
from fake_meta.world.meta_app import DeliveryTarget, MetaAppVerbs
from fake_meta.world.page_personas import PagePersonaVerbs
from fake_meta.world.posts import Post, PostVerbs
from fake_meta.world.profiles import Profile, ProfileVerbs
from fake_meta.world.reviews import ReviewVerbs
from fake_meta.world.routing import RoutingVerbs
from fake_meta.world.stories import StoryVerbs
from fake_meta.world.thread_state import ThreadState, ThreadStateVerbs
from fake_meta.world.tokens import TokenWish

__all__ = [
    "AssetView",
    "Conversation",
    "DeliveryTarget",
    "MessageDetail",
    "Outbox",
    "Post",
    "Profile",
    "ThreadState",
    "TokenWish",
    "World",
    "WorldCore",
]


class World(
    CompanyVerbs,
    MessengerVerbs,
    ThreadStateVerbs,
    StoryVerbs,
    CompanyAppVerbs,
    ConversationVerbs,
    RoutingVerbs,
    PostVerbs,
    GreetingVerbs,
    PagePersonaVerbs,
    ProfileVerbs,
    MetaAppVerbs,
    AssetVerbs,
    AlertVerbs,
    LimitVerbs,
    CodeVerbs,
    ReviewVerbs,
    KeepingVerbs,
):
    """The company, its app, its customers, their threads and stories.

    Every verb takes the lock, answers frozen values and raises `fake_meta.domain.errors` (or, for
    what the Graph API refuses, `fake_meta.domain.graph_errors.GraphCallError`).
    """
