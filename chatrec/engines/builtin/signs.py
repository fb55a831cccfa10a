"""Words of languages that are not written in Latin letters -> the English themes they name, found inside running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from chatrec.engines.builtin.wording import fold

_SIGNS: Mapping[str, str] = {
    "ホラー": "horror", "怖い": "scary", "コメディ": "comedy", "面白い": "funny", "笑える": "funny",
    "アニメ": "animated", "恋愛": "romance", "泣ける": "sad", "感動": "moving", "サスペンス": "thriller",
    "ミステリー": "mystery", "アクション": "action", "ドキュメンタリー": "documentary", "戦争": "war",
    "韓国": "korean", "日本": "japanese", "フランス": "french", "家族": "family film", "魔法": "magical",
    "宇宙": "space", "공포": "horror", "무서운": "scary", "코미디": "comedy", "웃긴": "funny",
    "로맨스": "romance", "멜로": "romance", "액션": "action", "스릴러": "thriller", "슬픈": "sad",
    "감동": "moving", "애니메이션": "animated", "다큐": "documentary", "전쟁": "war", "한국": "korean",
    "일본": "japanese", "우주": "space", "恐怖": "horror", "喜剧": "comedy", "喜劇": "comedy",
    "搞笑": "funny", "爱情": "romance", "愛情": "romance", "科幻": "sci fi", "动作": "action",
    "動作": "action", "悬疑": "mystery", "惊悚": "thriller", "动画": "animated", "纪录片": "documentary",
    "战争": "war", "感人": "moving", "中国": "chinese", "法国": "french", "комеди": "comedy",
    "смешн": "funny", "ужас": "horror", "страшн": "scary", "триллер": "thriller", "драм": "drama",
    "фантастик": "sci fi", "боевик": "action", "мелодрам": "romance", "романтич": "romantic",
    "мультфильм": "animated", "детектив": "mystery", "документальн": "documentary", "грустн": "sad",
    "военн": "war", "корейск": "korean", "французск": "french", "японск": "japanese", "космос": "space",
    "κωμωδ": "comedy", "تراجيدي": "sad", "كوميدي": "comedy", "رعب": "horror", "रोमांटिक": "romantic",
    "कॉमेडी": "comedy", "डरावनी": "scary",
}  # fmt: skip
_FOLDED = {fold(sign): phrase for sign, phrase in _SIGNS.items()}
_ANY = re.compile("|".join(sorted(_FOLDED, key=len, reverse=True)))


def signs(text: str) -> Iterator[tuple[int, int, str]]:
    """Every known sign in folded text: where it stands, and the English phrase for it."""
    if not text.isascii():
        for match in _ANY.finditer(text):
            yield *match.span(), _FOLDED[match.group()]
