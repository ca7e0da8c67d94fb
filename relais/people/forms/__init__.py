"""What is typed about people and by them, made clean."""

from relais.people.forms.registering import CorrectForm, PersonForm, SearchForm
from relais.people.forms.sharing import ConsentForm, ContactForm, OwnConsentForm, PortraitForm, texts_for
from relais.people.forms.words import AnswerForm, CodeForm, ComplaintForm, EnterForm, MessageForm, ReceivedForm

__all__ = [
    "AnswerForm",
    "CodeForm",
    "ComplaintForm",
    "ConsentForm",
    "ContactForm",
    "CorrectForm",
    "EnterForm",
    "MessageForm",
    "OwnConsentForm",
    "PersonForm",
    "PortraitForm",
    "ReceivedForm",
    "SearchForm",
    "texts_for",
]
