"""Who lives in the villages: what a program of the association sends through the API, and how."""

from dataclasses import dataclass, field

FIRST = ("Saodat", "Nigora", "Fotima", "Mehri", "Parvina", "Dilbar", "Sabohat", "Zulfiya", "Oysha", "Hosiyat", "Munira")
FAMILIES = ("Boboeva", "Holova", "Odinaeva", "Latifova", "Sodiqova", "Davlatova", "Gafurova", "Azizova", "Hakimova")
ALWAYS = {"tajik-passport", "residence-registration", "police-clearance", "income-proof"}
ONCE = {"medical-certificate", "fee-receipt"}
NEW = {"two-witnesses", "biometric-portrait"}


@dataclass(frozen=True)
class Villager:
    """Someone without citizenship, with the papers they hold and those they cannot get."""

    name: str
    sex: str
    born: int
    holds: set[str]
    cannot_get: dict[str, str] = field(default_factory=dict)


def names(count):
    """Give so many names, no two the same."""
    return [f"{first} {family}" for family in FAMILIES for first in FIRST][:count]


def without_birth_certificate(count):
    """People stopped by one paper that burnt: women, and three men, too few to be shown."""
    lost = {"birth-certificate": "document", "court-decision": "fee"}
    return [
        Villager(name, "man" if number < 3 else "woman", 1950 + number % 12, ALWAYS | NEW, lost)
        for number, name in enumerate(names(count))
    ]


def far_from_the_portrait(count):
    """Women who have every paper of the first version, and cannot travel to have a portrait taken."""
    far = {"biometric-portrait": "distance"}
    return [
        Villager(f"Bibi {name}", "woman", 1955, ALWAYS | ONCE | {"birth-certificate"}, far) for name in names(count)
    ]


def children(count):
    """Children, of whom little is asked."""
    holds = {"tajik-passport", "residence-registration", "birth-certificate"}
    return [Villager(f"Little {name}", "woman", 2018, holds) for name in names(count)]


class Lists:
    """The association's lists of people, sent through the API by its program."""

    def __init__(self, program, today):
        """Look up what the lists refer to."""
        self.program, self.today = program, str(today)
        self.sairon = program.finds("organisations", slug="sairon")["id"]
        self.service = program.finds("organisations", slug="passport-service")["id"]
        self.programme = program.finds("programmes", slug="sairon")["id"]
        self.procedure = program.finds("procedures", key="citizenship")["id"]
        self.consent = program.finds(f"programmes/{self.programme}/consent-texts", purpose="share_dossier")

    def colleague(self, name):
        """Give the account of a colleague."""
        return self.program.finds(f"organisations/{self.sairon}/members", called=name)["user"]

    def register(self, villager):
        """Register someone, and give their id."""
        answers = {"sex": villager.sex, "birth_year": villager.born, "birth_known": "exact", "status": "stateless"}
        person = self.program.makes(
            "people",
            organisation=self.sairon,
            programme=self.programme,
            identity={"called": villager.name},
            answers=answers,
            sure=True,
        )
        return person["id"]

    def accompany(self, villager, companion):
        """Register someone, open their case beside a companion, and say what they hold; gives the case."""
        person = self.register(villager)
        said = {"person": person, "procedure": self.procedure, "opened_on": self.today, "companion": companion}
        case = self.program.makes("cases", **said)["id"]
        self.hold(case, villager.holds)
        for paper, why in villager.cannot_get.items():
            self.program.puts(f"cases/{case}/evidence/{paper}", state="cannot_get", why=why)
        self.agree(person)
        return case

    def hold(self, case, papers):
        """Say which papers someone holds."""
        for paper in sorted(papers):
            self.program.puts(f"cases/{case}/evidence/{paper}", state="held")

    def agree(self, person):
        """Write down that someone agreed, before a witness, that the passport service sees their file."""
        self.program.makes(
            f"people/{person}/consents",
            recipient=self.service,
            text=self.consent["id"],
            text_hash=self.consent["hashes"]["ru"],
            language="ru",
            way="oral",
        )

    def tell(self, headline, **about):
        """Report what stops someone."""
        where = {"organisation": self.sairon, "programme": self.programme, "procedure": self.procedure}
        return self.program.makes("barriers", kind="document", headline=headline, **where, **about)
