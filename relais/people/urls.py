"""Where the pages about people are; no address holds a name or a code."""

from django.urls import path

from relais.people.views import consents, duplicates, finding, person, words

app_name = "people"
urlpatterns = [
    path("", finding.person_list, name="list"),
    path("search/", finding.person_search, name="search"),
    path("register/", finding.person_register, name="register"),
    path("duplicates/", duplicates.duplicate_list, name="duplicates"),
    path("duplicates/<uuid:pk>/merge/", duplicates.person_merge, name="merge"),
    path("duplicates/<uuid:pk>/dismiss/", duplicates.duplicate_dismiss, name="duplicate_dismiss"),
    path("inbox/", words.inbox, name="inbox"),
    path("inbox/receive/", words.message_receive, name="message_receive"),
    path("inbox/<uuid:pk>/assign/", words.message_assign, name="message_assign"),
    path("inbox/<uuid:pk>/pass-on/", words.message_pass_on, name="message_pass_on"),
    path("complaints/", words.complaint_list, name="complaints"),
    path("complaints/<uuid:pk>/", words.complaint_answer, name="complaint_answer"),
    path("contacts/<uuid:pk>/end/", person.contact_end, name="contact_end"),
    path("consents/", consents.consent_list, name="consents"),
    path("consents/<uuid:pk>/confirm/", consents.consent_confirm, name="consent_confirm"),
    path("consents/<uuid:pk>/proof/", consents.consent_proof, name="consent_proof"),
    path("consents/<uuid:pk>/withdraw/", consents.consent_withdraw, name="consent_withdraw"),
    path("<uuid:pk>/", person.person_detail, name="detail"),
    path("<uuid:pk>/correct/", person.person_correct, name="correct"),
    path("<uuid:pk>/contacts/", person.contact_add, name="contact_add"),
    path("<uuid:pk>/consents/", consents.consent_give, name="consent_give"),
    path("<uuid:pk>/messages/", words.message_list, name="messages"),
    path("<uuid:pk>/complaint/", words.complaint_file, name="complaint_file"),
    path("<uuid:pk>/card/", person.person_card, name="card"),
    path("<uuid:pk>/picture/", person.portrait, name="portrait"),
    path("<uuid:pk>/picture/drop/", person.portrait_drop, name="portrait_drop"),
    path("<uuid:pk>/pin/", person.pin_set, name="pin_set"),
    path("<uuid:pk>/pin/unlock/", person.pin_unlock, name="pin_unlock"),
    path("<uuid:pk>/unmerge/", duplicates.merge_undo, name="merge_undo"),
    path("<uuid:pk>/forget/", person.person_forget, name="forget"),
]
