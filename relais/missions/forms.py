"""The answers to a short test, and who took a course in a room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from relais.accounts.models import User
from relais.kernel import clock
from relais.kernel.ids import uuid7
from relais.kernel.text import pick
from relais.missions.models import Course


class TestForm(forms.Form):
    """One question after the other, each with its choices."""

    __test__ = False  # a form, not a test

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        """Ask the questions of a course."""
        super().__init__(*args, **kwargs)
        self.questions = list(course.questions.all())
        for question in self.questions:
            self.fields[f"q{question.position}"] = forms.TypedChoiceField(
                label=pick(question.asks),
                coerce=int,
                choices=[(number, pick(choice)) for number, choice in enumerate(question.choices)],
                widget=forms.RadioSelect,
            )

    def answers(self) -> dict[int, int]:
        """Give the choice made for each question."""
        return {question.position: self.cleaned_data[f"q{question.position}"] for question in self.questions}

    def explained(self) -> list[dict[str, Any]]:
        """Say of each question what was answered, what is right, and why."""
        given = self.answers()
        return [
            {
                "asks": question.asks,
                "given": question.choices[given[question.position]],
                "right": question.choices[question.right],
                "is_right": given[question.position] == question.right,
                "because": question.because,
            }
            for question in self.questions
        ]


class TrainingForm(forms.Form):
    """Who took which course, and when."""

    id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid7)
    user = forms.ModelChoiceField(User.objects.none(), label=_("Volunteer"))
    course = forms.ModelChoiceField(Course.objects.none(), label=_("Course"))
    taken_on = forms.DateField(
        label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, users: Any, courses: Any, **kwargs: Any) -> None:
        """Offer the volunteers and the courses within reach."""
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = users
        self.fields["course"].queryset = courses
        self.fields["taken_on"].initial = clock.today()
