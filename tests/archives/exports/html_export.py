"""Archives as web pages, of every service that hands them out."""

from __future__ import annotations

from collections.abc import Iterator

from tests.archives.exports import Export
from tests.archives.life import LIFE, picture

PHOTO = picture(LIFE[0])
META = b'<html><head><title>Posts</title></head><body class="_5vb_"><div class="pam _a6-g uiBoxWhite">At the pier</div>'

PAGES: dict[str, dict[str, bytes]] = {
    "Instagram 2022": {
        "index.html": META,
        "content/posts_1.html": META,
        "account_information/personal_information.html": META,
        "media/posts/202205/1.jpg": PHOTO,
    },
    "Instagram 2025": {
        "start_here.html": META,
        "your_instagram_activity/media/posts_1.html": META,
        "media/posts/202505/1.jpg": PHOTO,
    },
    "Threads": {
        "start_here.html": META,
        "your_instagram_activity/threads/threads_and_replies.html": META,
        "media/posts/202505/2.jpg": PHOTO,
    },
    "Facebook 2016": {
        "index.htm": b'<html><link rel="stylesheet" href="html/style.css"/>',
        "html/timeline.htm": b'<html><base href="../"/><link rel="stylesheet" href="html/style.css"/><div class="comment">At the pier</div>',
        "photos/1/1.jpg": PHOTO,
    },
    "Facebook 2022": {
        "index.html": META,
        "posts/your_posts_1.html": META,
        "profile_information/profile_information.html": META,
        "posts/media/your_posts/1.jpg": PHOTO,
    },
    "Facebook 2025": {
        "start_here.html": META,
        "your_facebook_activity/posts/your_posts__check_ins__photos_and_videos_1.html": META,
        "your_facebook_activity/posts/album/0.html": META,
        "your_facebook_activity/posts/media/your_posts/1.jpg": PHOTO,
    },
    "Snapchat": {
        "index.html": b"<html><title>Snapchat</title>My Data",
        "html/memories_history.html": b"<html><a onclick=\"downloadMemories('https://example.invalid/x')\">Download</a>",
        "memories/2024-05-03_0a1b-main.jpg": PHOTO,
    },
    "Telegram": {
        "messages.html": b'<html><title>Exported Data</title><body onload="CheckLocation();"><div class="page_wrap">',
        "css/style.css": b"",
        "photos/photo_1@04-05-2024_10-11-12.jpg": PHOTO,
    },
}


def exports() -> Iterator[Export]:
    for layout, files in PAGES.items():
        yield Export("html-export", layout, files, frozenset(), {})
