"""Records of posts and archives in the JSON report, as text. See `exposure.reports.json`."""

from __future__ import annotations

from json import JSONEncoder
from json.encoder import encode_basestring_ascii as quote

from exposure.model import Context, Examination, Secret
from exposure.post import TIERS, Inventory, Post, PostExamination
from exposure.reports._inventories import notes
from exposure.reports._json_records import finding_record, piles
from exposure.reports._posts import evidence, name
from exposure.text import length, masked

_encode = JSONEncoder(ensure_ascii=True, separators=(",", ":"), check_circular=False).encode


def post_record(examination: PostExamination, context: Context, reveal: bool) -> str:
    """One entry of ``posts``, on one line. Masked, it has no link and its id only where that is one plain word."""
    post = examination.post
    key = name(post)
    id = post.id if reveal else key.partition(":")[2]
    found = [finding_record(f, reveal, *post.photos) for f in examination.findings]
    is_masked = "" if reveal else ',"masked":true'
    return (
        f'{{"service":{quote(post.service)},"post":{quote(key)},"account":{quote(_account(post, reveal))},'
        f'"persona":{quote(post.persona or context.persona)},"status":{quote(post.status)},"id":{quote(id)},'
        f'"posted":{quote(post.posted) if post.posted else "null"},"caption":{_caption(post, reveal)},'
        f'"visibility":{{"value":{quote(post.visibility.value)},"evidence":{quote(evidence(post, reveal))}}},'
        f'"url":{_url(post, reveal)},"photos":{_encode(post.photos)},"own":{_encode(post.own)},'
        f'"facts":{_facts(post, reveal)},"findings":[{",".join(found)}],'
        f'"rules_of_photos":{_encode([f.rule for f in examination.shown])},"action":{quote(examination.action)},'
        f'"steps":{_encode(examination.steps)},"stays":{_encode(examination.stays)},'
        f'"done":{_encode(examination.is_done)}{is_masked}}}'
    )


def inventory_record(inventory: Inventory, reveal: bool) -> str:
    """One entry of ``archives``."""
    unknown = inventory.unknown if reveal else [each.rpartition("/")[2] for each in inventory.unknown]
    return _encode(
        {
            "service": inventory.service,
            "title": inventory.title,
            "path": inventory.path,
            "posts": inventory.posts,
            "photos": inventory.photos,
            "positions": inventory.positions,
            "people": inventory.people,
            "links": {tier: inventory.links.get(tier, 0) for tier in TIERS},
            "not_own": inventory.not_own,
            "not_understood": unknown,
            "notes": notes(inventory),
        }
    )


def list_record(examination: Examination) -> str:
    """One of an archive's own lists that could not be read."""
    problems = [{"where": p.where, "message": p.message} for p in examination.problems]
    return _encode({"path": examination.name, "problems": problems})


def _account(post: Post, reveal: bool) -> str:
    return post.account if reveal or not post.account else masked(post.account, Secret.NAME)


def _caption(post: Post, reveal: bool) -> str:
    if not post.caption:
        return "null"
    return quote(post.caption if reveal else length(post.caption))


def _url(post: Post, reveal: bool) -> str:
    tier = quote(post.link.tier)
    if not post.link.value:
        return f'{{"value":null,"tier":{tier}}}'
    return (
        f'{{"value":{quote(post.link.value)},"tier":{tier}}}'
        if reveal
        else f'{{"value":null,"masked":true,"tier":{tier}}}'
    )


def _facts(post: Post, reveal: bool) -> str:
    """Each fact with who sees it: whoever may see the post, or the service and its owner alone."""
    shown, stored = piles(post.facts, reveal), piles(post.stored, reveal)
    told = []
    for kind in shown:
        each = [f'{record[:-1]},"seen_by":{quote(post.seen_by)}}}' for record in shown[kind]]
        each += [f'{record[:-1]},"seen_by":"stored-by-service"}}' for record in stored[kind]]
        told.append(f"{quote(kind)}:[{','.join(each)}]")
    return f"{{{','.join(told)}}}"
