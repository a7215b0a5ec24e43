"""Every kind of delivery, made by the emulator with a fixed seed and a clock that stands.

`python -m tests.fakes.payload_gallery` writes them to tests/samples.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from fake_meta.clock import VirtualClock
from fake_meta.domain import events, wire
from fake_meta.domain.accounts import Customer, Subscription
from fake_meta.domain.change_events import MediaType
from fake_meta.domain.events import WebhookField
from fake_meta.domain.identifiers import Mid
from fake_meta.domain.outgoing import Download, Outgoing, Recipient
from fake_meta.domain.reactions import reaction_named
from fake_meta.domain.stories import MentionVariant
from fake_meta.domain.threads import (
    Attachment,
    MessageKind,
    Offer,
    Origin,
    Sender,
    Surface,
    ThreadMessage,
)
from fake_meta.journal import Journal
from fake_meta.world import World
from fake_meta.world.routing import PASS, REQUEST, TAKE
from tests.fakes.listening_world import NOW_MS, ORIGIN, RecordingOutbox

SAMPLES = Path(__file__).parents[1] / "samples"
COMPANY = "empresa.exemplo"
GENERIC = {
    "template_type": "generic",
    "elements": [
        {
            "title": "Vestido",
            "subtitle": "Azul",
            "image_url": "https://loja.example/v.png",
            "buttons": [{"type": "postback", "title": "Comprar", "payload": "BUY"}],
        }
    ],
}
BUTTONS = {
    "template_type": "button",
    "text": "Como ajudar?",
    "buttons": [
        {"type": "postback", "title": "Agente", "payload": "HUMAN"},
        {"type": "web_url", "title": "Site", "url": "https://loja.example/"},
    ],
}
QUICK = (Offer("Agente", "HUMAN"), Offer("Preços", "PRICES"))


class Floor:
    """A world with one tester who has written, and everything subscribed."""

    def __init__(self) -> None:
        self.outbox = RecordingOutbox()
        self.world = World(1, VirtualClock(lambda: NOW_MS), Journal(), self.outbox, ORIGIN)
        fields = tuple(str(field) for field in WebhookField)
        self.world.subscribe_app(Subscription("instagram", "http://c.test/", "token", fields))
        self.world.install_on_page(fields)
        self.tester: Customer = self.world.customers[0]
        self.name = self.tester.username
        self.first = self.world.send_text(self.name, "Oi, tudo bem? 😊")

    def send(self, outgoing: Outgoing) -> ThreadMessage:
        return self.world.send(Recipient(self.tester.igsid), outgoing)[0]

    def attach(self, kind: MessageKind, attachment: Attachment) -> ThreadMessage:
        return self.send(Outgoing(kind, attachments=(attachment,)))

    def default_elsewhere(self) -> None:
        self.world.set_default_app(self.world.second_app_id)

    def last(self) -> bytes:
        return wire.encode(events.envelope_of(self.outbox.events[-1], NOW_MS + 321))


def _text(floor: Floor) -> None:
    floor.world.send_text(floor.name, 'Olá! <b>50%</b> & "já" a/b')


def _attachment(kind: MessageKind) -> Callable[[Floor], None]:
    def write(floor: Floor) -> None:
        floor.world.send_media(floor.name, kind)

    return write


def _several(floor: Floor) -> None:
    floor.world.send_attachments(floor.name, ["image", "image", "video"])


def _reply(floor: Floor) -> None:
    floor.world.send_reply(floor.name, "sim", floor.first.mid)


def _quick_reply(floor: Floor) -> None:
    asked = floor.send(Outgoing(MessageKind.TEXT, "Com quem?", quick_replies=QUICK))
    floor.world.tap_quick_reply(floor.name, asked.mid, "HUMAN")


def _advertisement(floor: Floor) -> None:
    referral = {
        "ref": "promo-1",
        "ad_id": "120200000000001",
        "source": "ADS",
        "type": "OPEN_THREAD",
        "ads_context_data": {"ad_title": "Promo", "photo_url": "https://loja.example/a.png"},
    }
    floor.world.send_from_advertisement(floor.name, "Quero este", referral)


def _product(floor: Floor) -> None:
    floor.world.send_from_advertisement(floor.name, "Tem azul?", {"product": {"id": "5510001"}})


def _story_reply(floor: Floor) -> None:
    story = floor.world.publish_company_story("Promo")
    floor.world.reply_to_story(floor.name, story.id, "linda!")


def _mention(variant: MentionVariant) -> Callable[[Floor], None]:
    def publish(floor: Floor) -> None:
        floor.world.publish_story(floor.name, [COMPANY], "Promo", variant)

    return publish


def _mention_echo(floor: Floor) -> None:
    floor.world.publish_company_story("Obrigado", [floor.name])


def _unsend(floor: Floor) -> None:
    floor.world.unsend(floor.name, floor.first.mid, Surface.MOBILE)


def _self_message(floor: Floor) -> None:
    floor.world.write_to_oneself("teste")


def _echo(floor: Floor) -> None:
    floor.send(Outgoing(MessageKind.TEXT, "Olá! Já respondo."))


def _echo_media(floor: Floor) -> None:
    download = Download(MessageKind.IMAGE, "https://a.example/1.png", ("image/png", b"1"))
    floor.send(Outgoing(MessageKind.IMAGE, downloads=(download,)))


def _echo_images(floor: Floor) -> None:
    download = Download(MessageKind.IMAGE, "https://a.example/1.png", ("image/png", b"1"))
    floor.send(Outgoing(MessageKind.IMAGE, downloads=(download, download)))


def _echo_heart(floor: Floor) -> None:
    floor.attach(MessageKind.LIKE_HEART, Attachment("like_heart"))


def _echo_generic(floor: Floor) -> None:
    floor.attach(MessageKind.TEMPLATE, Attachment("template", GENERIC))


def _echo_buttons(floor: Floor) -> None:
    floor.attach(MessageKind.TEMPLATE, Attachment("template", BUTTONS))


def _echo_post(floor: Floor) -> None:
    post = floor.world.publish_post(MediaType.FEED, "Coleção")
    payload = {"url": post.url, "title": post.caption, "id": post.id}
    floor.attach(MessageKind.IG_POST, Attachment("ig_post", payload))


def _echo_reply(floor: Floor) -> None:
    floor.send(Outgoing(MessageKind.TEXT, "Esta?", reply_to=floor.first.mid))


def _echo_of_a_tool(floor: Floor) -> None:
    floor.world.write_as_company(floor.name, "Do celular", MessageKind.TEXT, Origin.INSTAGRAM)


def _echo_unsend(floor: Floor) -> None:
    sent = floor.world.write_as_company(floor.name, "Ops", MessageKind.TEXT, Origin.INSTAGRAM)
    floor.world.unsend_as_company(floor.name, sent.mid)


def _private_reply(floor: Floor) -> None:
    post = floor.world.publish_post(MediaType.FEED)
    comment, _ = floor.world.comment(floor.name, post.id, "Preço?")
    floor.world.send(Recipient(None, comment.id), Outgoing(MessageKind.TEXT, "Respondi aqui"))


def _react(floor: Floor) -> Mid:
    sent = floor.send(Outgoing(MessageKind.TEXT, "Pronto"))
    reaction = reaction_named(Sender.CUSTOMER, "love")
    assert reaction is not None
    floor.world.react(floor.name, sent.mid, reaction)
    return sent.mid


def _reaction(floor: Floor) -> None:
    _react(floor)


def _reaction_other(floor: Floor) -> None:
    reaction = reaction_named(Sender.CUSTOMER, "🎉")
    assert reaction is not None
    floor.world.react(floor.name, floor.first.mid, reaction)


def _unreaction(floor: Floor) -> None:
    floor.world.unreact(floor.name, _react(floor))


def _seen(floor: Floor) -> None:
    floor.send(Outgoing(MessageKind.TEXT, "Pronto"))
    floor.world.see(floor.name)


def _postback_button(floor: Floor) -> None:
    sent = floor.attach(MessageKind.TEMPLATE, Attachment("template", BUTTONS))
    floor.world.tap_button(floor.name, sent.mid, "HUMAN")


def _postback_ice_breaker(floor: Floor) -> None:
    action = {"question": "Qual o horário?", "payload": "HOURS"}
    greeting = {"locale": "default", "call_to_actions": [action]}
    floor.world.set_messenger_profile({"ice_breakers": [greeting]})
    floor.world.tap_greeting(floor.name, "Qual o horário?")


def _referral(floor: Floor) -> None:
    link = {"ref": "promo-1", "source": "https://ig.me/m/empresa.exemplo", "type": "OPEN_THREAD"}
    floor.world.open_link(floor.name, link)


def _edit(floor: Floor) -> None:
    floor.world.edit(floor.name, floor.first.mid, "Oi, corrigi")


def _ghost_edit(floor: Floor) -> None:
    floor.world.ghost_edit(floor.name, floor.first.mid)


def _comment(media: MediaType) -> Callable[[Floor], None]:
    def write(floor: Floor) -> None:
        post = floor.world.publish_post(media)
        floor.world.comment(floor.name, post.id, "Preço?")

    return write


def _comment_reply(floor: Floor) -> None:
    post = floor.world.publish_post(MediaType.REELS)
    parent, _ = floor.world.comment(floor.name, post.id, "Preço?")
    floor.world.comment(floor.name, post.id, "Alguém?", parent.id)


def _caption_mention(floor: Floor) -> None:
    floor.world.mention(floor.name, in_comment=False)


def _comment_mention(floor: Floor) -> None:
    floor.world.mention(floor.name, in_comment=True)


def _story_insights(floor: Floor) -> None:
    story = floor.world.publish_company_story("Promo")
    floor.world.story_insights(story.id, {"impressions": 120, "reach": 90, "replies": 4})


def _standby(floor: Floor) -> None:
    floor.default_elsewhere()
    floor.world.send_text(floor.name, "Alguém?")


def _standby_postback(floor: Floor) -> None:
    sent = floor.attach(MessageKind.TEMPLATE, Attachment("template", BUTTONS))
    floor.default_elsewhere()
    floor.world.tap_button(floor.name, sent.mid, "HUMAN")


def _pass(floor: Floor) -> None:
    floor.default_elsewhere()
    floor.world.control_by_second_app(floor.name, PASS, "para um humano")


def _take(floor: Floor) -> None:
    floor.world.control_by_second_app(floor.name, TAKE, None)


def _request(floor: Floor) -> None:
    floor.world.control_by_second_app(floor.name, REQUEST, "posso?")


def _roles(floor: Floor) -> None:
    floor.world.set_default_app(floor.world.app.id)


GALLERY: Mapping[str, Callable[[Floor], None]] = {
    "message_text": _text,
    "message_image": _attachment(MessageKind.IMAGE),
    "message_video": _attachment(MessageKind.VIDEO),
    "message_audio": _attachment(MessageKind.AUDIO),
    "message_file": _attachment(MessageKind.FILE),
    "message_sticker": _attachment(MessageKind.STICKER),
    "message_share": _attachment(MessageKind.SHARE),
    "message_ig_post": _attachment(MessageKind.IG_POST),
    "message_ig_reel": _attachment(MessageKind.IG_REEL),
    "message_reel": _attachment(MessageKind.REEL),
    "message_ig_story": _attachment(MessageKind.IG_STORY),
    "message_like_heart": _attachment(MessageKind.LIKE_HEART),
    "message_ephemeral": _attachment(MessageKind.EPHEMERAL),
    "message_unsupported": _attachment(MessageKind.UNSUPPORTED),
    "message_several_attachments": _several,
    "message_inline_reply": _reply,
    "message_quick_reply": _quick_reply,
    "message_ad_referral": _advertisement,
    "message_product_referral": _product,
    "message_self": _self_message,
    "message_unsent": _unsend,
    "story_reply": _story_reply,
    "story_mention": _mention(MentionVariant.PLAIN),
    "story_mention_without_url": _mention(MentionVariant.NO_URL),
    "story_mention_twice": _mention(MentionVariant.TWICE),
    "story_mention_unsupported": _mention(MentionVariant.UNSUPPORTED),
    "story_mention_echo": _mention_echo,
    "echo_text": _echo,
    "echo_image": _echo_media,
    "echo_several_images": _echo_images,
    "echo_like_heart": _echo_heart,
    "echo_generic_template": _echo_generic,
    "echo_button_template": _echo_buttons,
    "echo_media_share": _echo_post,
    "echo_inline_reply": _echo_reply,
    "echo_instagram_app": _echo_of_a_tool,
    "echo_private_reply": _private_reply,
    "echo_unsent": _echo_unsend,
    "reaction": _reaction,
    "reaction_other": _reaction_other,
    "unreaction": _unreaction,
    "seen": _seen,
    "postback_button": _postback_button,
    "postback_ice_breaker": _postback_ice_breaker,
    "referral": _referral,
    "message_edit": _edit,
    "message_edit_ghost": _ghost_edit,
    "comment": _comment(MediaType.FEED),
    "comment_reply": _comment_reply,
    "comment_on_ad": _comment(MediaType.AD),
    "comment_live": _comment(MediaType.LIVE),
    "mention_caption": _caption_mention,
    "mention_comment": _comment_mention,
    "story_insights": _story_insights,
    "standby_message": _standby,
    "standby_postback": _standby_postback,
    "pass_thread_control": _pass,
    "take_thread_control": _take,
    "request_thread_control": _request,
    "app_roles": _roles,
}


def delivered(name: str) -> bytes:
    """The body of the sample `name`, to the byte."""
    floor = Floor()
    GALLERY[name](floor)
    return floor.last()


def write_all() -> None:
    SAMPLES.mkdir(exist_ok=True)
    for name in GALLERY:
        (SAMPLES / f"{name}.json").write_bytes(delivered(name) + b"\n")


if __name__ == "__main__":
    write_all()
