"""What a page says in the words of schema.org, for machines: only what readers see on it too.

Addresses must be whole there (a breadcrumb with a relative one is refused by search engines), and only the running site
knows its own: `HOME` stands for it. There is no property for side effects of a medicine, so none is made up.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial

from jinja2.utils import htmlsafe_json_dumps

from healthlib.content.pagetypes import PageType
from healthlib.content.published import (
    Byline,
    Card,
    Codes,
    ConditionPage,
    GroupPage,
    Link,
    MedicinePage,
    Page,
    PersonPage,
    ProductView,
    Reference,
    SideEffectPage,
)
from healthlib.content.trail import trail

Node = dict[str, object]

# Begins an address of the site; a control character, which no authored text can hold.
HOME = "\x02"
ORGANIZATION = f"{HOME}/#organization"
_HOME_IN_JSON = b'"\\u0002'
_ABOUT = "/about/"

dumps: Callable[[object], str] = partial(
    htmlsafe_json_dumps, dumps=partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
)


def linked_data(page: Page, members: Sequence[Card] = ()) -> bytes:
    """Return the nodes of a page as JSON that is safe inside HTML, parted by commas.

    Args:
        page: the page.
        members: the medicines of a class that its page shows.
    """
    nodes = [_web_page(page), _breadcrumb(page), *_subjects(page, members)]
    return ",".join(dumps(node) for node in nodes).encode()


def at_home(data: bytes, base_url: str) -> bytes:
    """Return the JSON of a page with the address of the site in it."""
    return data.replace(_HOME_IN_JSON, dumps(base_url)[:-1].encode())


def _node(kind: str, **values: object) -> Node:
    """Return a node without what is not known; `id` becomes `@id`."""
    known = {name: value for name, value in values.items() if value not in (None, "", [], ())}
    own = {"@id": known.pop("id")} if "id" in known else {}
    return {"@type": kind, **own, **known}


def _ref(page: Page, name: str) -> str:
    return f"{HOME}{page.url}#{name}"


def _web_page(page: Page) -> Node:
    by = page.byline
    medical = by is not None and page.type is not PageType.INFO
    subjects = [{"@id": node["@id"]} for node in _subjects(page, ())]
    return _node(
        "MedicalWebPage" if medical else "AboutPage" if page.url == _ABOUT else "WebPage",
        id=_ref(page, "page"),
        url=HOME + page.url,
        name=page.title,
        description=page.summary,
        inLanguage=page.lang,
        datePublished=page.published.isoformat(),
        dateModified=page.updated.isoformat(),
        author=_author(by) if by else None,
        publisher={"@id": ORGANIZATION},
        audience=_node("Patient") if medical else None,
        breadcrumb={"@id": _ref(page, "breadcrumb")},
        citation=[_citation(reference) for reference in page.references],
        about=subjects,
        mainEntity={"@id": ORGANIZATION} if page.url == _ABOUT else None,
        **(_review(by) if by else {}),
    )


def _author(by: Byline) -> Node:
    return _node("Organization" if by.by_team else "Person", name=by.author.text, url=HOME + by.author.url)


def _review(by: Byline) -> Node:
    """Return who reviewed a page and when; nothing where nobody did."""
    if by.reviewer is None or by.last_reviewed is None:
        return {}
    person = _node(
        "Person", name=by.reviewer.text, url=HOME + by.reviewer.url, hasCredential=_credential(by.credential)
    )
    return {"reviewedBy": person, "lastReviewed": by.last_reviewed.isoformat()}


def _credential(name: str | None) -> Node | None:
    return _node("EducationalOccupationalCredential", name=name) if name else None


def _citation(reference: Reference) -> Node:
    return _node(
        "CreativeWork",
        name=reference.title,
        url=reference.url,
        publisher=_node("Organization", name=reference.publisher),
        datePublished=reference.date.isoformat() if reference.date else None,
    )


def _breadcrumb(page: Page) -> Node:
    links = [Link(text="Home", url="/"), *trail(page.type), Link(text=page.title, url=page.url)]
    items = [
        _node("ListItem", position=place, name=link.text, item=HOME + link.url) for place, link in enumerate(links, 1)
    ]
    return _node("BreadcrumbList", id=_ref(page, "breadcrumb"), itemListElement=items)


def _subjects(page: Page, members: Sequence[Card]) -> list[Node]:
    """Return the things that a page is about."""
    if isinstance(page, MedicinePage):
        return [_drug(page, product) for product in page.products]
    if isinstance(page, ConditionPage):
        return [_condition(page)]
    if isinstance(page, SideEffectPage):
        names = [name for name in (page.medical_name, *page.aliases) if name]
        return [_node("MedicalEntity", id=_ref(page, "subject"), name=page.title, alternateName=names)]
    if isinstance(page, PersonPage):
        return [_person(page)]
    if isinstance(page, GroupPage) and page.type is PageType.CLASS:
        drugs = [_node("Drug", name=card.title, url=HOME + card.url) for card in members]
        return [_node("DrugClass", id=_ref(page, "subject"), name=page.title, drug=drugs)]
    return []


def _drug(page: MedicinePage, product: ProductView) -> Node:
    """Return one product: uses, form and route belong to it and not to the substance."""
    how_it_works = next((section.text for section in page.sections if section.id == "how-it-works"), None)
    return _node(
        "Drug",
        id=_ref(page, product.id),
        url=_ref(page, product.id),
        name=product.name,
        nonProprietaryName=page.name,
        proprietaryName=[name for name in (product.name, *product.other_brands) if name != page.title],
        drugClass=[_node("DrugClass", name=link.text, url=HOME + link.url) for link in page.classes],
        mechanismOfAction=how_it_works,
        administrationRoute=product.route,
        dosageForm=product.form,
        prescriptionStatus=f"https://schema.org/{'PrescriptionOnly' if product.prescription else 'OTC'}",
        manufacturer=_node("Organization", name=product.maker) if product.maker else None,
        code=_codes(page.codes),
    )


def _condition(page: ConditionPage) -> Node:
    medicines = {fact.label for group in page.treatments for fact in group.medicines}
    return _node(
        "MedicalCondition",
        id=_ref(page, "subject"),
        name=page.title,
        alternateName=list(page.aliases),
        code=_codes(page.codes),
        drug=[_node("Drug", name=name) for name in sorted(medicines)],
    )


def _codes(codes: Sequence[Codes]) -> list[Node]:
    return [_node("MedicalCode", codingSystem=one.system, codeValue=value) for one in codes for value in one.values]


def _person(page: PersonPage) -> Node:
    kind = "Organization" if page.team else "Person"
    own = {} if page.team else {"jobTitle": page.role}
    return _node(kind, id=_ref(page, "subject"), name=page.title, hasCredential=_credential(page.credential), **own)
