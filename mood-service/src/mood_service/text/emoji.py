"""What a smiley says, in classes.

Hundreds of smileys say a dozen things. Each is read as itself and as its class, so that a rare
one is understood by what the common ones of its class meant in the training data.
"""

from typing import Final

_CLASSES: Final = {
    "<laugh>": "😂 🤣 😆 😹 😄 😅 xd xdd :d =d 8d lol lmao rofl haha hahaha",
    "<smile>": "🙂 😊 😀 😃 😁 ☺ 😇 🤗 😌 :) :-) =) (: ^_^ :] 😺 😸",
    "<wink>": "😉 😏 😜 😝 😛 🤪 ;) ;-) :p ;p =p xp",
    "<love>": "❤ 💕 💖 💗 💓 💘 💞 💜 💙 💚 💛 🧡 🖤 🤍 ♥ 😍 🥰 😘 😻 😚 <3 <33 :*",
    "<cheer>": "🎉 🥳 🎊 🙌 👏 💪 🔥 💯 ✨ 🤩 🎈 🏆 🥂 🍾",
    "<thanks>": "🙏 👍 👌 🤝 🫶",
    "<cry>": "😭 😢 😿 😥 😪 🥺 🥹 :'( ;( 💧",
    "<sad>": "☹ 🙁 😞 😔 😟 😩 😫 😣 😖 💔 :( :-( =( ): :[ 🥀 😓 😕 :/ :\\ 🫤",
    "<angry>": "😡 😠 🤬 😤 👿 💢 🖕 >:(",
    "<afraid>": "😱 😨 😰 😧 😦 🫣 😬 🫨",
    "<sick>": "🤢 🤮 🤧 🤒 💩 🤕",
    "<amazed>": "😲 😮 😯 🤯 😳 🙀 🫢",
    "<puzzled>": "🤔 🤨 🧐 🤷 🤷‍♀ 🤷‍♂",
    "<unmoved>": "😐 😑 🙄 😒 🥱 😶 🫠",
    "<asleep>": "😴 💤 🛌",
}

_CLASS_OF: Final = {face: name for name, faces in _CLASSES.items() for face in faces.split()}


def smiley_class(token: str) -> str | None:
    """The class of a normalised token that is a smiley, else None."""
    return _CLASS_OF.get(token)
