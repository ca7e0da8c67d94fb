"""How it begins: a pack, a first account, invitations on paper, a course."""

from tests.browser.conftest import PHONE


def the_programme_is_installed(story):
    """One command, and the programme is there with its partners, its procedure and its courses."""
    assert "sairon" in story.relais("pack", "install", "sairon").lower()


def the_first_accounts_are_made_on_the_machine(story):
    """One for the association and one for the passport service; each chooses a password of their own."""
    story.gulnara = story.first("gulnara", "Gulnara Asanova", "sairon", "coordinator")
    story.nurlan = story.first("nurlan", "Nurlan Sydykov", "passport-service", "authority")


def everyone_else_is_invited(story):
    """By a square code: no e-mail, no phone number."""
    story.zarina = story.invited(story.gulnara, "zarina", "Zarina Safarova", "companion", PHONE)
    story.bakyt = story.invited(story.gulnara, "bakyt", "Bakyt Usenov", "companion", PHONE)
    story.farid = story.invited(story.gulnara, "farid", "Farid Mirzoev", "relay", PHONE)
    story.aibek = story.invited(story.nurlan, "aibek", "Aibek Toktogulov", "authority")


def programs_are_let_in(story):
    """The association's lists and the service's own register speak to Relais through the API."""
    story.let_in_the_lists(story.gulnara.lets_a_program_in("Village lists", "coordinator"))
    story.let_in_the_register(story.nurlan.lets_a_program_in("Passport register", "authority"))


def someone_learns(someone, course, answers):
    """Read the lesson, answer the short test, and pass it."""
    someone.opens("/training/")
    someone.sees(course)
    someone.follows("Take the course")
    for answer in answers:
        someone.ticks(someone.page.get_by_label(answer, exact=True))
    someone.presses("See how I did")
    someone.sees("You passed")


def the_companions_learn_the_full_procedure(story):
    """Only who took the course on the version in force advises on it."""
    for someone in (story.zarina, story.bakyt):
        answers = ["The village administration", "A court decision", "Last"]
        someone_learns(someone, "Advising on the full procedure", answers)
